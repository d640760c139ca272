//! `foreword user`: authors, directory editors, and whose entries an editor keeps.

use tempfile::TempDir;

use super::{Said, foreword_with, path};

const WORD: &str = "a long enough password\n";

fn user(data: &TempDir, args: &[&str]) -> Said {
    let folder = data.path().join("data");
    let args = [&["user"], args, &["--data-dir", path(&folder)]].concat();
    foreword_with(&args, WORD)
}

const EVE: [&str; 4] = ["add", "eve@example.org", "--name", "Eve Example"];

#[test]
fn a_directory_editor_is_added_with_her_organisations_and_listed_with_them() {
    let data = TempDir::new().unwrap();
    let keeps = [
        "--editor-of",
        "The Nelson Trust",
        "--editor-of",
        "Women's Work (Derbyshire)",
    ];
    let said = user(&data, &[&EVE[..], &keeps].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.err
            .contains("The Nelson Trust and Women's Work (Derbyshire)"),
        "{}",
        said.err
    );
    let author = ["add", "ada@example.org", "--name", "Ada Example"];
    assert_eq!(user(&data, &author).code, 0);

    let list = user(&data, &["list"]).out;
    let line = |of: &str| list.lines().find(|l| l.starts_with(of)).unwrap().to_owned();
    assert_eq!(
        line("eve@"),
        "eve@example.org\tdirectory-editor\tEve Example\tThe Nelson Trust; Women's Work (Derbyshire)"
    );
    assert_eq!(line("ada@"), "ada@example.org\tauthor\tAda Example");
}

#[test]
fn an_organisation_that_is_not_in_the_directory_is_refused_with_the_nearest_names() {
    let data = TempDir::new().unwrap();
    let slip = [&EVE[..], &["--editor-of", "Womens Work"]].concat();
    user(&data, &slip).refused(&[
        "“Womens Work”",
        "“Women's Work (Derbyshire)”",
        "--not-listed-yet",
    ]);
    assert_eq!(user(&data, &["list"]).out, "", "an account was made");

    let new = [
        &EVE[..],
        &["--editor-of", "A New Centre", "--not-listed-yet"],
    ]
    .concat();
    assert_eq!(user(&data, &new).code, 0);
    assert!(user(&data, &["list"]).out.contains("A New Centre"));
}

#[test]
fn what_an_editor_keeps_is_shown_and_changed() {
    let data = TempDir::new().unwrap();
    user(
        &data,
        &[&EVE[..], &["--editor-of", "The Nelson Trust"]].concat(),
    );
    let keeps = |more: &[&str]| user(&data, &[&["keeps", "eve@example.org"], more].concat());
    assert_eq!(keeps(&[]).out, "The Nelson Trust\n");
    let swapped = keeps(&[
        "--add",
        "Women's Work (Derbyshire)",
        "--remove",
        "The Nelson Trust",
    ]);
    assert_eq!(
        swapped.out, "Women's Work (Derbyshire)\n",
        "{}",
        swapped.err
    );

    keeps(&["--add", "The Nelson Trust", "--remove", "The Nelson Turst"])
        .refused(&["“The Nelson Turst”", "Women's Work (Derbyshire)"]);
    keeps(&["--add", "Nelson Trust"]).refused(&["“The Nelson Trust”"]);
    assert_eq!(
        keeps(&[]).out,
        "Women's Work (Derbyshire)\n",
        "a slip changed something"
    );
}

#[test]
fn an_author_keeps_no_entries() {
    let data = TempDir::new().unwrap();
    user(&data, &["add", "ada@example.org", "--name", "Ada Example"]);
    let keeps = ["keeps", "ada@example.org", "--add", "The Nelson Trust"];
    user(&data, &keeps).refused(&["no directory editor", "foreword user roles"]);
    user(&data, &["keeps", "nobody@example.org"]).refused(&["no account", "user list"]);
}

#[test]
fn a_second_step_that_is_not_there_is_not_taken_off() {
    let data = TempDir::new().unwrap();
    let ada = ["add", "ada@example.org", "--name", "Ada Example"];
    assert_eq!(user(&data, &ada).code, 0);
    let off = [
        "second-step-off",
        "ada@example.org",
        "--reason",
        "Lost her telephone",
    ];
    user(&data, &off).refused(&["no second step", "ada@example.org"]);
}
