//! The full postcode directory, on a small one of the real form.
//!
//! `onspd_sample.csv` has the columns of the ONS Postcode Directory of February 2023.
//! Its districts, authorities and nations are real; the second halves of its postcodes,
//! their authorities and points are made up.

use std::{
    fmt::Write as _,
    io::{self, Read},
};

use super::*;

const SAMPLE: &str = include_str!("onspd_sample.csv");
const NAME: &str = "ONSPD_SAMPLE_UK.csv";

fn read(file: impl Read) -> Result<(Postcodes, PostcodesReport), OnspdError> {
    directory().geography().read_postcodes(NAME, file, |_| {})
}

fn refused(file: impl Read) -> String {
    read(file).unwrap_err().to_string()
}

/// The real directory on the sample.
fn exact() -> Directory {
    directory().with_postcodes(read(SAMPLE.as_bytes()).unwrap().0)
}

#[test]
fn live_postcodes_of_england_and_wales_are_kept_and_every_other_row_is_counted() {
    let (postcodes, report) = read(SAMPLE.as_bytes()).unwrap();
    assert_eq!(postcodes.len(), 9);
    assert_eq!(report.rows, 21);
    assert_eq!(report.kept, 10, "one of them twice");
    assert_eq!(report.twice, 1);
    assert_eq!(report.carried, 1);
    assert_eq!(report.ended, 1);
    assert_eq!(report.unplaced, 1);
    assert_eq!((report.scotland, report.northern_ireland), (2, 1));
    assert_eq!((report.channel_islands, report.isle_of_man), (1, 1));
    let told: Vec<(u64, &str)> = report
        .told
        .iter()
        .map(|b| (b.line, b.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (
                19,
                "the authority W06999999 is not in geography/local_authorities.csv"
            ),
            (20, "“QQQQ 0AA” is no postcode"),
            (
                21,
                "“soon” is no date of termination; one is written as 202311"
            ),
            (22, "4 values where the header has 53"),
        ]
    );
    assert_eq!(report.bad, 4);
    let said = report.to_string();
    assert!(said.contains("left out: 2 in Scotland"), "{said}");
    assert!(
        said.contains("line 20: “QQQQ 0AA” is no postcode"),
        "{said}"
    );
}

#[test]
fn a_district_is_counted_in_every_authority_its_live_postcodes_are_in() {
    let (postcodes, _) = read(SAMPLE.as_bytes()).unwrap();
    let newbury = postcodes.coverage("RG14").unwrap();
    assert_eq!(
        newbury.authorities,
        [("E06000037", 3), ("E07000084", 1)],
        "the ended postcode is not counted"
    );
    let middle = newbury.middle.unwrap();
    assert!(
        (middle.lat - 51.39).abs() < 1e-9 && (middle.long + 1.32).abs() < 1e-9,
        "of the three with a point: {middle:?}"
    );
    assert_eq!(postcodes.coverage("E8").unwrap().left_out, 1);
    assert_eq!(postcodes.coverage("EH1"), None);
}

#[test]
fn a_whole_postcode_gives_its_one_authority_and_the_rest_of_it_is_not_kept() {
    let directory = exact();
    for given in ["RG14 7ZZ", "rg147zz", " rg14  7zz "] {
        let place = directory.place(given).unwrap();
        assert_eq!(place.label, "RG14 (Basingstoke and Deane)", "{given}");
        assert_eq!(place.outcode.as_deref(), Some("RG14"));
        assert_eq!(place.local_authorities.len(), 1);
        assert_eq!(place.pcc[0].id, "hampshire");
        assert!(!place.approximate);
        assert!(
            place.note.contains("the rest of the postcode was not kept"),
            "{}",
            place.note
        );
        assert!(!format!("{place:?}").to_lowercase().contains("7zz"));
    }
    let label = &directory.place("RG14 0AA").unwrap().label;
    assert_eq!(label, "RG14 (West Berkshire)");
}

#[test]
fn a_postcode_that_has_ended_or_is_not_there_falls_back_to_its_district_and_says_so() {
    for given in ["RG14 9ZZ", "RG14 5PP"] {
        let place = exact().place(given).unwrap();
        assert_eq!(place.label, "RG14 (West Berkshire)");
        assert_eq!(place.local_authorities.len(), 2);
        assert!(place.note.contains("not among the live ones"));
        assert!(place.note.contains("the rest of the postcode was not kept"));
    }
    let elsewhere = exact().place("EH1 0AA").unwrap_err();
    assert!(matches!(elsewhere, PlaceError::Outside { .. }));
}

#[test]
fn a_straddling_district_is_said_with_its_count_and_what_could_not_be_placed() {
    let place = exact().place("E8").unwrap();
    let names: Vec<&str> = place
        .local_authorities
        .iter()
        .map(|a| a.name.as_str())
        .collect();
    assert_eq!(names, ["Hackney", "Islington"]);
    assert!(place.approximate);
    for says in [
        "mostly in Hackney (67% of its 3 postcodes) and partly in Islington",
        "1 E8 postcodes could not be placed",
    ] {
        assert!(place.note.contains(says), "{}", place.note);
    }
    let sampled = directory().place("E8").unwrap();
    assert!(sampled.note.contains("sample"), "{}", sampled.note);
}

#[test]
fn a_district_that_the_file_does_not_have_stays_as_the_sample_has_it() {
    assert_eq!(exact().place("DE23"), directory().place("DE23"));
}

#[test]
fn a_district_may_be_narrowed_to_one_of_its_authorities() {
    for given in ["E8 (Islington)", "e8, islington", "E8 (E09000019)"] {
        let place = directory().place(given).unwrap();
        assert_eq!(place.label, "E8 (Islington)", "{given}");
        assert_eq!(place.local_authorities.len(), 1);
        assert_eq!(directory().place(&place.label), Ok(place));
    }
    let elsewhere = directory().place("E8 (Derby)").unwrap_err().to_string();
    assert!(elsewhere.starts_with("E8 is not in Derby: it is in Hackney, "));
}

#[test]
fn a_superseded_authority_is_carried_to_todays() {
    let place = exact().place("CA14 0AA").unwrap();
    assert_eq!(place.label, "CA14 (Cumberland)");
    assert!(place.note.starts_with("This postcode is in Cumberland."));
}

#[test]
fn the_directory_on_other_postcodes_has_another_version() {
    assert_ne!(exact().version(), directory().version());
    assert_eq!(exact().version(), exact().version());
    assert_eq!(exact().services().len(), directory().services().len());
    let exact = exact();
    let loaded = exact.sources().last().unwrap();
    assert_eq!(loaded.as_at, NAME, "shown wherever sources are");
    assert!(loaded.licence.contains("Royal Mail"));
    assert_eq!(exact.sources().len(), directory().sources().len() + 1);
}

#[test]
fn newer_releases_name_their_columns_otherwise_and_may_begin_with_a_mark() {
    let newer = "\u{feff}pcd7,pcd8,pcds,dointr,doterm,usrtypind,lad25cd,ctry25cd,lat,long\r\n\
                 RG140AA,RG14 0AA,RG14 0AA,198001,,0,E06000037,E92000001,51.4,-1.3\r\n\
                 RG149ZZ,RG14 9ZZ,RG14 9ZZ,198001,202001,0,E06000037,E92000001,51.4,-1.3\r\n";
    let (postcodes, report) = read(newer.as_bytes()).unwrap();
    assert_eq!((postcodes.len(), report.ended), (1, 1));
    let smaller = "pcd,doterm,laua\nRG140AA,,E06000037\n";
    assert_eq!(read(smaller.as_bytes()).unwrap().0.len(), 1);
}

#[test]
fn a_file_of_another_kind_is_told_apart_and_named() {
    let missing = refused("postcode,latitude\nRG14 0AA,51\n".as_bytes());
    for says in [
        "the date of termination (doterm)",
        "the local authority (oslaua",
        "Its columns are: postcode, latitude",
    ] {
        assert!(missing.contains(says), "{missing}");
    }
    for (start, says) in [
        (&b"PK\x03\x04rest"[..], "ZIP"),
        (b"\x1f\x8b\x08rest", "gzip"),
        (b"\xff\xfep\0c\0", "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"pcds,\0\0", "no text"),
        (b"", "empty"),
    ] {
        let said = refused(start);
        assert!(said.contains(says), "{said}");
    }
    let scottish = "pcds,doterm,oslaua\nEH1 0AA,,S12000036\n";
    assert!(refused(scottish.as_bytes()).contains("none of its 1 rows"));
}

#[test]
fn letters_of_another_encoding_are_a_bad_row_and_not_the_end() {
    let mut file = b"pcds,doterm,oslaua\nRG14 0AA,,E06000037\nRG14 0A\xc9,,E06000037\n".to_vec();
    let (postcodes, report) = read(file.as_slice()).unwrap();
    assert_eq!((postcodes.len(), report.bad), (1, 1));
    assert!(report.told[0].reason.contains("another encoding"));
    file.extend_from_slice(b"RG14 0AB,,E06000037\n");
    assert_eq!(read(file.as_slice()).unwrap().0.len(), 2);
}

#[test]
fn a_quotation_mark_that_is_never_closed_stops_the_reading_with_its_line() {
    let start = "pcds,doterm,oslaua\nRG14 0AA,,E06000037\n\"RG14 0AB,,";
    let endless = start.as_bytes().chain(io::repeat(b'x'));
    let said = refused(endless);
    assert!(said.contains("from line 3"), "{said}");
    assert!(said.contains("quotation mark"), "{said}");
}

#[test]
fn many_rows_are_read_as_they_come_and_progress_is_told() {
    /// Makes rows only as they are asked for, so that nothing can hold the file whole.
    struct Generated {
        row: u32,
        left: Vec<u8>,
        handed: u64,
    }
    impl Read for Generated {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            if self.left.is_empty() && self.row < 200_000 {
                let mut line = String::new();
                let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap());
                let (n, district) = (self.row % 6760, 1 + self.row / 6760);
                writeln!(
                    line,
                    "RG{district} {}{}{},,E0600003{}",
                    n / 676,
                    letter(n / 26),
                    letter(n),
                    7 + self.row % 2
                )
                .unwrap();
                self.left = line.into_bytes();
                self.row += 1;
            }
            let n = self.left.len().min(into.len());
            into[..n].copy_from_slice(&self.left[..n]);
            self.left.drain(..n);
            self.handed += u64::try_from(n).unwrap();
            Ok(n)
        }
    }
    let rows = Generated {
        row: 0,
        left: Vec::new(),
        handed: 0,
    };
    let file = "pcds,doterm,oslaua\n".as_bytes().chain(rows);
    let mut told = Vec::new();
    let geography = directory().geography();
    let (postcodes, report) = geography
        .read_postcodes(NAME, file, |bytes| told.push(bytes))
        .unwrap();
    assert_eq!((report.rows, report.bad), (200_000, 0));
    assert_eq!(postcodes.len(), 200_000);
    let first = postcodes.coverage("RG1").unwrap().authorities;
    assert_eq!(first, [("E06000037", 3380), ("E06000038", 3380)]);
    assert!(told.len() > 10 && told.is_sorted(), "{told:?}");
    let size = postcodes.to_bytes().len();
    assert!(size < 5 * 200_000, "{size} bytes");
}

#[test]
fn the_file_that_is_written_is_read_back_whole_or_refused() {
    let (postcodes, _) = read(SAMPLE.as_bytes()).unwrap();
    let bytes = postcodes.to_bytes();
    assert_eq!(Postcodes::from_bytes(&bytes), Ok(postcodes));
    let cut = &bytes[..bytes.len() - 1];
    assert_eq!(Postcodes::from_bytes(cut), Err(PostcodesError::Damaged));
    let mut changed = bytes.clone();
    changed[bytes.len() - 2] ^= 1;
    assert_eq!(
        Postcodes::from_bytes(&changed),
        Err(PostcodesError::Damaged)
    );
    let other = Postcodes::from_bytes(b"PK\x03\x04");
    assert_eq!(other, Err(PostcodesError::Kind));
}

#[test]
fn probation_offices_are_found_near_a_place_and_in_a_region() {
    let geography = directory().geography();
    let derby = directory().place("DE1").unwrap();
    let near = geography.offices_near(derby.point, 3);
    assert_eq!(near.len(), 3);
    assert_eq!(near[0].0.name, "Derby: Derwent Centre");
    assert!(near[0].1 < 1.0 && near.is_sorted_by(|a, b| a.1 <= b.1));
    let region = |name: &'static str| geography.offices_of(name).count();
    assert!(region("East Midlands") > 0);
    let all: usize = geography
        .regions()
        .iter()
        .map(|r| geography.offices_of(r).count())
        .sum();
    assert_eq!(all, geography.offices().len());
}
