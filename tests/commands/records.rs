//! `foreword audit`, `foreword backup` and `foreword restore`, as whoever runs the program
//! types them.

use std::path::Path;

use super::{foreword, foreword_with, path};

#[test]
fn a_backup_is_made_restored_and_proved_and_a_damaged_one_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (data, key, file) = (at("data"), at("backup.key"), at("monday.age"));
    let add = ["user", "add", "--name", "Sam Author", "sam@example.org"];
    let said = foreword_with(
        &[&add[..], &["--data-dir", path(&data)]].concat(),
        "correct horse battery\n",
    );
    assert_eq!(said.code, 0, "{}", said.err);

    let public = foreword(&["backup", "key", path(&key)]);
    assert_eq!(public.code, 0, "{}", public.err);
    let public = public.out.trim().to_owned();
    assert!(public.starts_with("age1"), "{public}");
    foreword(&["backup", "key", path(&key)]).refused(&["backup.key"]);

    let to = ["--to", path(&file), "--data-dir", path(&data)];
    let backup = [&["backup", "--recipient", &public][..], &to].concat();
    let said = foreword(&backup);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("0 reports, 1 accounts"), "{}", said.out);
    let keys = said.out.split_whitespace().find(|w| w.contains(".keys"));
    let keys = at(keys.unwrap());
    assert!(keys.exists(), "{}", said.out);
    let before = std::fs::read(&keys).unwrap();
    let tuesday = at("tuesday.age");
    let again = ["--to", path(&tuesday), "--data-dir", path(&data)];
    let said = foreword(&[&["backup", "--recipient", &public][..], &again].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert_ne!(
        std::fs::read(&keys).unwrap(),
        before,
        "one file, written anew"
    );
    foreword(&backup).refused(&["monday.age", "not written over"]);
    foreword(&["backup", "--recipient", "age1nonsense", "--to", "x"]).refused(&["age1"]);
    foreword(&["backup", "--recipient", &public]).refused(&["--to"]);

    let restored = at("restored");
    let identity = ["--identity", path(&key)];
    let restore = |file: &Path, data: &Path| {
        foreword(
            &[
                &["restore", path(file)],
                &identity[..],
                &["--data-dir", path(data)],
            ]
            .concat(),
        )
    };
    let mut damaged = std::fs::read(&file).unwrap();
    let middle = damaged.len() * 2 / 3;
    damaged[middle] ^= 1;
    let broken = at("damaged.age");
    std::fs::write(&broken, damaged).unwrap();
    restore(&broken, &restored).refused(&["damaged", "nothing was restored"]);
    assert!(!restored.exists());
    restore(&broken, &data).refused(&["damaged"]);
    restore(&file, &data).refused(&["not empty"]);
    let put_away = at("put-away");
    std::fs::rename(&keys, &put_away).unwrap();
    let name = keys.file_name().unwrap().to_str().unwrap();
    restore(&file, &restored).refused(&[name, "--keys", "nothing was restored"]);
    let named = |keys: &Path| {
        let more = ["--keys", path(keys), "--data-dir", path(&restored)];
        foreword(&[&["restore", path(&file)], &identity[..], &more].concat())
    };
    named(&broken).refused(&["keys of reports", "damaged"]);
    assert!(!restored.exists());
    let said = named(&put_away);
    assert_eq!(said.code, 0, "{}", said.err);
    std::fs::rename(&put_away, &keys).unwrap();
    std::fs::remove_dir_all(&restored).unwrap();

    let said = restore(&file, &restored);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("1 accounts"), "{}", said.out);
    let list = foreword(&["user", "list", "--data-dir", path(&restored)]);
    assert!(list.out.contains("Sam Author"), "{}", list.out);

    let verify = ["audit", "verify", "--data-dir", path(&restored)];
    let said = foreword(&verify);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("whole: 3 acts"), "{}", said.out);
    let head = said.out.rsplit_once("Head ").unwrap().1.trim().to_owned();
    let export = ["audit", "export", "--data-dir", path(&restored)];
    let csv = foreword(&export).out;
    assert!(csv.starts_with("number,at,account,name,"), "{csv}");
    assert!(csv.contains(&head) && csv.contains("restored") && csv.contains("Sam Author"));
    let expecting = |head| foreword(&[&verify[..], &["--expect", head]].concat());
    assert_eq!(expecting(&head).code, 0);
    let said = expecting(&"0".repeat(64));
    assert_eq!(said.code, 1);
    assert!(said.out.contains("not whole"), "{}", said.out);
}

#[test]
fn looking_at_nothing_makes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere");
    let data = ["--data-dir", path(&nowhere)];
    for command in [["audit", "verify"], ["audit", "export"]] {
        foreword(&[&command[..], &data].concat()).refused(&["there is no folder"]);
    }
    assert!(!nowhere.exists());
}
