//! Services found in documents whole, broken and endless.

use super::*;

type Got = (Vec<(At, Found)>, Result<Claims, Stopped<()>>);

fn read_as(form: Form, text: impl AsRef<[u8]>) -> Got {
    let mut found = Vec::new();
    let done = services(text.as_ref(), form, &mut |at, value| {
        found.push((at, value));
        Ok::<(), ()>(())
    });
    (found, done)
}

fn read(text: impl AsRef<[u8]>) -> Got {
    read_as(Form::Whole, text)
}

fn names(read: &Got) -> Vec<&str> {
    read.0
        .iter()
        .map(|(_, found)| found.as_ref().unwrap()["name"].as_str().unwrap())
        .collect()
}

#[test]
fn services_are_found_in_a_list_a_page_alone_and_one_a_line() {
    let a_page = r#"{"total_items": 9, "page_number": 1, "contents": [{"name":"A"},{"name":"B"}], "total_pages": 5, "more": {"x": [1]}, "last_page": false}"#;
    let old_page = r#"{"totalElements": 2, "number": 1, "content": [{"name":"A"},{"name":"B"}], "last": true}"#;
    for text in [
        r#"[{"name":"A"},{"name":"B"}]"#,
        a_page,
        old_page,
        "{\"name\":\"A\"}\n\n{\"name\":\"B\"}\n",
        "\u{feff}{\"name\":\"A\"}\r\n{\"name\":\"B\"}",
    ] {
        assert_eq!(names(&read(text)), ["A", "B"], "{text}");
    }
    assert_eq!(names(&read("\n{\n\"name\":\"A\",\n\"id\": 1}\n")), ["A"]);
    let claims = read(a_page).1.unwrap();
    assert_eq!((claims.total_items, claims.total_pages), (Some(9), Some(5)));
    assert_eq!(read(old_page).1.unwrap().last_page, Some(true));
    assert!(read(r#"{"contents": []}"#).1.unwrap().is_page);
}

#[test]
fn a_fault_names_its_line_and_what_came_before_was_given() {
    let (found, done) = read("[{\"name\":\"A\"},\n{\"name\":}]");
    assert_eq!(found.len(), 1);
    let Err(Stopped::Syntax { line, column, .. }) = done else {
        panic!("{done:?}");
    };
    assert_eq!((line, column), (2, 9));
    let (found, done) = read_as(
        Form::Lines,
        b"{\"name\":\"A\"}\n{broken\n{\"name\":\"\xe9\"}\n{}".as_slice(),
    );
    done.unwrap();
    assert!(matches!(
        found[1],
        (At { item: 2, line: 2 }, Err(Unread::Json(_)))
    ));
    assert!(matches!(
        found[2],
        (At { item: 3, line: 3 }, Err(Unread::Encoding))
    ));
    assert!(found[3].1.is_ok());
}

#[test]
fn what_is_no_list_of_services_is_told_from_it() {
    assert!(matches!(read("").1, Err(Stopped::Syntax { .. })));
    assert!(matches!(read("<html>").1, Err(Stopped::Syntax { .. })));
    assert!(matches!(read("{\"error\":\"no\"}").1, Err(Stopped::NoList)));
    assert!(matches!(
        read("{\"contents\":null}").1,
        Err(Stopped::Syntax { .. })
    ));
    assert!(matches!(
        read(b"\xff\xfe[\0]\0".as_slice()).1,
        Err(Stopped::NotText)
    ));
    assert!(matches!(
        read(b"[{\"name\":\"\xe9\"}]".as_slice()).1,
        Err(Stopped::Syntax { .. })
    ));
    assert!(matches!(
        read("[".repeat(100_000)).1,
        Err(Stopped::Syntax { .. })
    ));
}

#[test]
fn a_service_without_an_end_is_not_read_to_its_end() {
    let endless = || io::repeat(b'x');
    let start = b"[{\"name\":\"".as_slice();
    let done = services(start.chain(endless()), Form::Whole, &mut |_, _| {
        Ok::<(), ()>(())
    });
    assert!(matches!(done, Err(Stopped::TooLong(At { item: 1, .. }))));
    let line = b"{\"name\":\""
        .as_slice()
        .chain(endless().take(LONGEST * 2));
    let mut found = Vec::new();
    let all = line.chain(b"\n{}".as_slice());
    services(all, Form::Lines, &mut |at, value| {
        found.push((at.line, value));
        Ok::<(), ()>(())
    })
    .unwrap();
    assert_eq!(found[0], (1, Err(Unread::TooLong)));
    assert_eq!(found[1].0, 2);
}
