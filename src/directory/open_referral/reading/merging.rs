//! What came in laid over what is here.
//!
//! Lives here: which of the two speaks for each part of the record, and which record
//! stays as it is. Not here: finding the record that is here (`judging`).

use serde_json::{Map, Value};

use super::{Reason, reason, words::ImportWords};
use crate::directory::{Record, as_at::Dated};

/// A record that is here already.
#[derive(Debug, Clone, PartialEq)]
pub struct Ours {
    /// The record.
    pub record: Record,
    /// Its revision in the database; 0 where it stands in the folder alone.
    pub revision: i64,
    /// Somebody changed it or checked it here since it last came in.
    pub edited: bool,
}

/// Why ours stays as it is, where it does.
pub(super) fn kept(words: &ImportWords, ours: &Ours, theirs: &Record) -> Option<Reason> {
    if ours.edited {
        return Some(reason!(words.kept, edited));
    }
    let dated = theirs.as_at.date.map(Dated::last_day);
    let checked = theirs.facts.verified.as_ref().map(|v| v.on);
    let date = checked.max(dated);
    if let (Some(verified), Some(date)) = (&ours.record.facts.verified, date)
        && verified.on > date
    {
        return Some(reason!(
            words.kept, checked_later, "ours" => verified.on, "theirs" => date
        ));
    }
    let same_feed = ours.record.facts.origin == theirs.facts.origin;
    let older = match (ours.record.as_at.date.map(Dated::last_day), dated) {
        (Some(ours), Some(theirs)) => theirs < ours,
        (Some(_), None) => !same_feed,
        (None, _) => false,
    };
    older.then(|| {
        reason!(
            words.kept, dated_later,
            "ours" => ours.record.as_at.text, "theirs" => theirs.as_at.text
        )
    })
}

/// Theirs over ours. A record whose every word came from the same feed is replaced;
/// another keeps what theirs does not say. What must not be known stays either way,
/// and so does a later check.
pub(super) fn merged(ours: &Record, theirs: &Record) -> Record {
    let mut merged = if ours.facts.origin == theirs.facts.origin {
        theirs.clone()
    } else {
        overlaid(ours, theirs).unwrap_or_else(|| theirs.clone())
    };
    merged.id.clone_from(&ours.id);
    let (was, is) = (&ours.facts, &mut merged.facts);
    is.internal_only |= was.internal_only;
    for hidden in was.locations.iter().filter(|l| l.internal) {
        if !is.locations.contains(hidden) {
            is.locations.push(hidden.clone());
        }
    }
    if was.verified.as_ref().map(|v| v.on) > is.verified.as_ref().map(|v| v.on) {
        is.verified.clone_from(&was.verified);
    }
    if is.owner.is_empty() {
        is.owner.clone_from(&was.owner);
    }
    if is.owner_mailbox.is_empty() {
        is.owner_mailbox.clone_from(&was.owner_mailbox);
    }
    is.next_check = is.next_check.or(was.next_check);
    if is.conflicts.is_empty() {
        is.conflicts.clone_from(&was.conflicts);
    }
    merged
}

/// Ours with every part that theirs fills.
fn overlaid(ours: &Record, theirs: &Record) -> Option<Record> {
    let (Ok(Value::Object(mut under)), Ok(Value::Object(mut over))) =
        (serde_json::to_value(ours), serde_json::to_value(theirs))
    else {
        return None;
    };
    let nowhere = theirs.area.local_authorities.is_empty()
        && theirs.area.police_areas.is_empty()
        && theirs.area.pdus.is_empty()
        && theirs.area.regions.is_empty()
        && !theirs.area.national;
    if nowhere {
        over.remove("area");
    }
    if let (Some(Value::Object(under)), Some(Value::Object(over))) =
        (under.get_mut("facts"), over.remove("facts"))
    {
        fill(under, over);
    }
    fill(&mut under, over);
    let mut merged: Record = serde_json::from_value(Value::Object(under)).ok()?;
    for stated in &ours.facts.terms {
        if !merged.facts.terms.iter().any(|t| t.term == stated.term) {
            merged.facts.terms.push(stated.clone());
        }
    }
    Some(merged)
}

fn fill(under: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        let says = match &value {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            Value::Array(all) => !all.is_empty(),
            _ => true,
        };
        if says {
            under.insert(key, value);
        }
    }
}
