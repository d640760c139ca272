//! Messages and reasons: each that the program gives is there, fills only what the
//! check offers, and blocks only on what somebody has read.

use std::collections::BTreeSet;

use crate::{
    content::ContentError,
    sentencing::{
        load::Read,
        messages::{Grade, Message, places},
        used::{REASONS, USED},
    },
};

/// Faults of every message.
pub(super) fn faults(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    let given: BTreeSet<&str> = read
        .messages
        .iter()
        .map(|at| at.row.code.as_str())
        .collect();
    for (code, _) in USED.iter().filter(|(code, _)| !given.contains(code)) {
        faults.push(ContentError::new(
            "report-templates/sentencing/rules.toml",
            None,
            format!(
                "the message `{code}` is missing from the sentencing files; the program gives it"
            ),
        ));
    }
    for at in &read.messages {
        let Some((_, offered)) = USED.iter().find(|(code, _)| *code == at.row.code) else {
            faults.push(at.fault(format!("no check gives the message `{}`", at.row.code)));
            continue;
        };
        faults.extend(strange_places(&at.row, offered).map(|why| at.fault(why)));
        if at.row.resolve.is_empty() {
            faults.push(at.fault(format!("`{}` gives no way to settle it", at.row.code)));
        }
        faults.extend(groundless_block(read, &at.row).map(|why| at.fault(why)));
    }
    faults
}

/// Nothing that nobody has read may stop an author.
fn groundless_block(read: &Read, message: &Message) -> Option<String> {
    let unread = match (&message.rule, &message.source) {
        (Some(rule), _) => read
            .rules
            .iter()
            .any(|r| r.row.code == *rule && !r.row.verified),
        (None, Some(source)) => !source.verified,
        (None, None) => false,
    };
    (message.severity == Grade::Block && unread).then(|| {
        format!(
            "`{}` blocks on a rule that is not verified; make it `warn` until somebody has read the source",
            message.code
        )
    })
}

fn strange_places(message: &Message, offered: &[&str]) -> Option<String> {
    let strange: BTreeSet<&str> = message
        .texts()
        .flat_map(places)
        .filter(|place| !offered.contains(place))
        .collect();
    (!strange.is_empty()).then(|| {
        format!(
            "`{}` uses {} which this check does not fill in; it offers: {}",
            message.code,
            listed(strange.iter()),
            listed(offered.iter())
        )
    })
}

fn listed<'a>(names: impl Iterator<Item = &'a &'a str>) -> String {
    let names: Vec<String> = names.map(|n| format!("{{{n}}}")).collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(", ")
    }
}

/// Faults of the reasons in the account of the presumption.
pub(super) fn reasons(read: &Read) -> Vec<ContentError> {
    let mut faults = Vec::new();
    for (code, offered) in REASONS {
        match read.reasons.iter().find(|at| at.row.code == *code) {
            None => faults.push(ContentError::new(
                "report-templates/sentencing/rules.toml",
                None,
                format!("the reason `{code}` is missing; the account of the presumption gives it"),
            )),
            Some(at) => {
                if let Some(place) = places(&at.row.says).find(|p| !offered.contains(p)) {
                    faults.push(
                        at.fault(format!("`{code}` uses {{{place}}}, which is not filled in")),
                    );
                }
            }
        }
    }
    faults
}
