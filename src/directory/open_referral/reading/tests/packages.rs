//! Packages of tables.

use std::{
    collections::HashMap,
    io::{self, Cursor},
};

use super::{
    super::tables::{Anywhere, Package, PackageNotes, StoppedIn},
    *,
};

#[derive(Default)]
struct Files(HashMap<String, Vec<u8>>);

impl Package for Files {
    fn open(&self, name: &str) -> io::Result<Option<Box<dyn Anywhere>>> {
        let file = self.0.get(name).cloned();
        Ok(file.map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Anywhere>))
    }
}

fn files<const N: usize>(all: [(&str, &str); N]) -> Files {
    let all = all.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    Files(all.into_iter().collect())
}

type Got = (Vec<(At, Found)>, Result<PackageNotes, StoppedIn<()>>);

fn read(files: &Files) -> Got {
    let mut found = Vec::new();
    let done = tables::services(files, &mut |at, value| {
        found.push((at, value));
        Ok(())
    });
    (found, done)
}

/// A package with everything, with the UK profile's names where `uk`.
fn whole(uk: bool) -> Files {
    let named = |uk_name: &'static str, name: &'static str| if uk { uk_name } else { name };
    files([
        (
            "services.csv",
            "id,organization_id,name,status,minimum_age\n1,o,First,active,18\n2,o,Second,active,\n",
        ),
        ("organizations.csv", "id,name,description\no,Us,x\n"),
        (
            named("attribute.csv", "attributes.csv"),
            "id,link_id,taxonomy_term_id,link_entity,value\na,1,65aa705d-d6d6-58ea-bae5-dc9ba9a78cff,service,\nb,1,t,service,\nc,f,ae0a570c-342e-598a-84b7-2cb446b869df,funding,2027-03-31\n",
        ),
        (
            "taxonomy_terms.csv",
            "id,code,name,description,parent_id,taxonomy,taxonomy_id\nt,h,Housing,x,,,y\nr,r,R,x,s,,\ns,s,S,x,r,,\n",
        ),
        ("taxonomies.csv", "id,name,description\ny,Their list,x\n"),
        (
            "service_at_location.csv",
            "id,service_id,location_id\nx,1,l\n",
        ),
        (
            "locations.csv",
            "id,name,latitude,longitude\nl,Hall,51.45,-0.97\n",
        ),
        (
            named("address.csv", "addresses.csv"),
            "id,location_id,address_1,city,postal_code\nd,l,\"1, High\nStreet\",Reading,RG1 1AA\n",
        ),
        (
            named("schedule.csv", "schedules.csv"),
            "id,service_id,service_at_location_id,freq,byday,opens_at,closes_at\ne,1,x,WEEKLY,\"MO,TU\",10:00,12:00\n",
        ),
        (
            "phones.csv",
            "id,service_id,location_id,contact_id,number\np,1,,,0118 1\nq,,l,,0118 2\nw,,,k,0118 3\n",
        ),
        ("contacts.csv", "id,service_id,name\nk,1,A Person\n"),
        ("funding.csv", "id,service_id,source\nf,1,A funder\n"),
        ("service_areas.csv", "id,service_id,name\ng,1,Reading\n"),
        ("languages.csv", "id,service_id,name\nh,2,Urdu\n"),
        (
            "cost_options.csv",
            "id,service_id,option,amount,currency\ni,1,Tea,2,gbp\n",
        ),
        (
            "service_capacity.csv",
            "id,service_id,unit_id,available\nj,1,u,4\n",
        ),
        ("units.csv", "id,name\nu,place\n"),
    ])
}

#[test]
fn a_package_is_joined_whichever_way_its_files_are_called() {
    let directory = directory();
    for uk in [false, true] {
        let (found, done) = read(&whole(uk));
        let notes = done.unwrap();
        assert_eq!(notes.cycles.all(), [["R", "S"]]);
        assert_eq!(
            found.iter().map(|(at, _)| at.line).collect::<Vec<_>>(),
            [2, 3]
        );
        let reader = Reader::new(&directory, FEED, today());
        let first = reader.read(&found[0].1).unwrap().record;
        let facts = &first.facts;
        assert_eq!(
            (first.organisation.as_str(), facts.minimum_age),
            ("Us", Some(18))
        );
        assert_eq!(facts.terms[0].term, "gender-setting/women-only");
        assert_eq!(first.service_types, ["Housing"]);
        assert_eq!(facts.locations[0].address, "1, High Street");
        assert_eq!(facts.openings.len(), 1);
        assert_eq!(facts.phones.len(), 3);
        assert_eq!(facts.funded_until(), Some("2027-03-31".parse().unwrap()));
        assert_eq!(facts.capacity[0].unit, "place");
        assert_eq!(facts.cost, "Tea: £2");
        assert_eq!(first.area.local_authorities, ["E06000038"]);
        let second = reader.read(&found[1].1).unwrap().record;
        assert_eq!(
            (second.facts.languages.len(), second.facts.terms.len()),
            (1, 0)
        );
    }
}

#[test]
fn a_row_that_cannot_be_read_is_told_with_its_line_and_the_next_is_read() {
    let mut files = files([(
        "services.csv",
        "\u{feff}id,name\r\n1,A\r\n2,B,too many\r\n3\r\n4,D\r\n5,E",
    )]);
    let csv = files.0.get_mut("services.csv").unwrap();
    let at = csv.iter().position(|b| *b == b'D').unwrap();
    csv[at] = 0xe9; // é in Latin-1
    files.0.insert(
        "languages.csv".into(),
        b"id,service_id,name\n1,1,Urdu,x\n2,1,Fran\xe7ais\n3,1,Welsh\n".to_vec(),
    );
    let (found, done) = read(&files);
    let told: Vec<_> = found
        .iter()
        .map(|(at, found)| match found {
            Ok(_) => (at.line, "read"),
            Err(Unread::Csv(_)) => (at.line, "csv"),
            Err(Unread::Encoding) => (at.line, "encoding"),
            Err(_) => (at.line, "?"),
        })
        .collect();
    assert_eq!(
        told,
        [
            (2, "read"),
            (3, "csv"),
            (4, "csv"),
            (5, "encoding"),
            (6, "read")
        ]
    );
    assert_eq!(
        found[0].1.as_ref().unwrap()["languages"][0]["name"],
        "Welsh"
    );
    let notes = done.unwrap();
    assert_eq!(notes.faults_in_all, 2);
    assert_eq!(
        (notes.faults[0].table.as_str(), notes.faults[0].line),
        ("languages.csv", 2)
    );
}

#[test]
fn a_package_that_is_none_is_told_from_one() {
    let stopped = |files: Files| read(&files).1.unwrap_err();
    assert!(matches!(stopped(Files::default()).1, Stopped::NoList));
    let (file, why) = stopped(files([("services.csv", "name\nA\n")]));
    assert_eq!(file, "services.csv");
    assert!(matches!(why, Stopped::Syntax { line: 1, .. }));
    let utf_16: Vec<u8> = "\u{feff}id,name\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut files = Files::default();
    files.0.insert("services.csv".into(), utf_16);
    assert!(matches!(stopped(files).1, Stopped::NotText));
}

#[test]
fn a_quotation_mark_that_is_not_closed_does_not_swallow_the_file() {
    let long = format!("id,name\n1,A\n2,\"B\n{}", "x,y\n".repeat(2_000_000));
    let (found, done) = read(&files([("services.csv", &long)]));
    assert_eq!(found.len(), 1);
    let Err((_, Stopped::Source(e))) = done else {
        panic!("{done:?}");
    };
    assert!(
        e.to_string().contains("line 3") && e.to_string().contains("quotation"),
        "{e}"
    );
}
