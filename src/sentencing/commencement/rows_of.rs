//! Laying one recorded commencement over the change it names and the rows that the
//! change brings in.

use chrono::NaiveDate;

use super::{Commencement, Recorded, awaits};
use crate::{
    content::ContentError,
    sentencing::{
        load::At,
        pack::LawPack,
        requirement::Requirement,
        rows::{DateTest, Rule, Status},
    },
};

/// Marks the change as in force. False where the pack already says the same.
pub(super) fn change(pack: &mut LawPack, at: &At<Commencement>) -> Result<bool, ContentError> {
    let record = &at.row;
    let (Some(on), Some(by)) = (record.on, stamp(record)) else {
        return Err(at.fault(format!("`{}` has no day", record.code)));
    };
    let named: Vec<String> = pack.awaiting().map(|c| format!("`{}`", c.id)).collect();
    let brings = brings(pack, &record.code);
    let Some(change) = pack.changes.iter_mut().find(|c| c.id == record.code) else {
        return Err(at.fault(format!(
            "`{}` is not the id of a change in changes.toml; a commencement can be recorded for {}",
            record.code,
            named.join(", ")
        )));
    };
    if !awaits(change.status) {
        return match change.from {
            Some(from) if from == on => Ok(false),
            from => Err(at.fault(format!(
                "`{}` is in force since {} as this pack has it, not since {on}; take the record out, or mend the pack",
                record.code,
                from.map_or_else(|| "an unknown day".to_owned(), |d| d.to_string()),
            ))),
        };
    }
    let test = match (change.date_test, record.date_test) {
        (Some(act), Some(said)) if act != said => {
            return Err(at.fault(format!(
                "`{}` is selected by the date of {} as the Act has it; take `date_test` out",
                record.code,
                test_words(act)
            )));
        }
        (None, None) if brings => {
            return Err(at.fault(format!(
                "the Act does not say which date of a case selects `{}`; give what the instrument says in `date_test`: conviction, offence or order",
                record.code
            )));
        }
        (act, said) => act.or(said),
    };
    change.status = Status::InForce;
    change.from = Some(on);
    change.date_test = test;
    change.commencement = by.words();
    change.recorded = Some(by);
    Ok(true)
}

fn stamp(record: &Commencement) -> Option<Recorded> {
    Some(Recorded {
        source: record.source.trim().to_owned(),
        by: record.recorded_by.trim().to_owned(),
        on: record.recorded_on?,
    })
}

fn test_words(test: DateTest) -> &'static str {
    match test {
        DateTest::Conviction => "conviction",
        DateTest::Offence => "the offence",
        DateTest::Order => "the order",
    }
}

fn brings(pack: &LawPack, code: &str) -> bool {
    let named = |by: &[String]| by.iter().any(|id| id == code);
    pack.requirements.iter().any(|r| named(&r.commenced_by))
        || pack.rules.iter().any(|r| named(&r.commenced_by))
}

/// What a row of a chain shows to whoever commences it.
trait Commenced {
    fn id(&self) -> &str;
    fn by(&self) -> &[String];
    fn status(&self) -> Status;
    fn test(&self) -> DateTest;
    fn from(&self) -> Option<NaiveDate>;
    fn to(&self) -> Option<NaiveDate>;
    fn commence(&mut self, from: NaiveDate, test: DateTest, record: Recorded);
    fn close(&mut self, to: NaiveDate);
}

macro_rules! commenced {
    ($($row:ty: $id:ident;)+) => {$(
        impl Commenced for $row {
            fn id(&self) -> &str { &self.$id }
            fn by(&self) -> &[String] { &self.commenced_by }
            fn status(&self) -> Status { self.status }
            fn test(&self) -> DateTest { self.date_test }
            fn from(&self) -> Option<NaiveDate> { self.from }
            fn to(&self) -> Option<NaiveDate> { self.to }
            fn commence(&mut self, from: NaiveDate, test: DateTest, record: Recorded) {
                self.status = Status::InForce;
                self.from = Some(from);
                self.date_test = test;
                self.recorded = Some(record);
            }
            fn close(&mut self, to: NaiveDate) {
                self.status = Status::OlderCases;
                self.to = Some(to);
            }
        }
    )+};
}

commenced! {
    Requirement: id;
    Rule: code;
}

/// Brings in the rows that waited for this change, where nothing else keeps them back.
pub(super) fn rows(pack: &mut LawPack, at: &At<Commencement>) -> Vec<ContentError> {
    let known: Vec<Known> = pack
        .changes
        .iter()
        .map(|c| Known {
            id: c.id.clone(),
            from: c.from.filter(|_| c.status == Status::InForce),
            test: c.date_test,
            record: c.recorded.clone(),
        })
        .collect();
    let mut faults = chain(&mut pack.requirements, &known, at);
    faults.extend(chain(&mut pack.rules, &known, at));
    faults
}

/// What is known of a change once every record is laid.
struct Known {
    id: String,
    from: Option<NaiveDate>,
    test: Option<DateTest>,
    record: Option<Recorded>,
}

fn chain<T: Commenced>(
    rows: &mut [T],
    known: &[Known],
    at: &At<Commencement>,
) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for index in 0..rows.len() {
        let Some(row) = rows.get(index) else { continue };
        let waits = row.status() == Status::NotCommenced && row.by().contains(&at.row.code);
        let Some((from, test, record)) = waits.then(|| due(row.by(), known)).flatten() else {
            continue;
        };
        let tests_differ = known
            .iter()
            .filter(|k| row.by().contains(&k.id))
            .any(|k| k.test != Some(test));
        let id = row.id().to_owned();
        if tests_differ {
            faults.push(at.fault(format!(
                "`{id}` waits for several sections, which are recorded with different date tests"
            )));
            continue;
        }
        match close_earlier(rows, &id, from, test) {
            Err(why) => faults.push(at.fault(why)),
            Ok(()) => {
                if let Some(row) = rows.get_mut(index) {
                    row.commence(from, test, record);
                }
            }
        }
    }
    faults
}

/// When all that a row waits for has commenced: the last day of them, its test, its
/// record.
fn due(by: &[String], known: &[Known]) -> Option<(NaiveDate, DateTest, Recorded)> {
    let mut last: Option<&Known> = None;
    for id in by {
        let change = known.iter().find(|k| k.id == *id)?;
        change.from?;
        if last.is_none_or(|l| l.from <= change.from) {
            last = Some(change);
        }
    }
    let last = last?;
    Some((last.from?, last.test?, last.record.clone()?))
}

fn close_earlier<T: Commenced>(
    rows: &mut [T],
    id: &str,
    from: NaiveDate,
    test: DateTest,
) -> Result<(), String> {
    let live = |row: &&mut T| {
        row.id() == id
            && row.status() != Status::NotCommenced
            && row.to().is_none_or(|to| to >= from)
    };
    for row in rows.iter_mut().filter(live) {
        if row.test() != test {
            return Err(format!(
                "`{id}` is so far selected by another date test; this needs a new pack, not a record"
            ));
        }
        let day_before = from
            .pred_opt()
            .filter(|to| row.from().is_some_and(|f| f <= *to));
        let Some(to) = day_before else {
            return Err(format!(
                "`{id}` already has a row that begins on or after {from}"
            ));
        };
        row.close(to);
    }
    Ok(())
}
