//! A match as plain text for the terminal, and as data for `--json`.
//!
//! Lives here: the layout. Not here: any judgement; every sentence comes with the
//! match. Another form of output is another function beside these.

use std::fmt::{self, Write as _};

use serde::Serialize;

use super::{AreaFit, Candidate, Directory, Excluded, Found, Place, Service, Why};

/// Candidates in full and everything else in a list, for a terminal.
#[must_use]
pub fn listing(directory: &Directory, found: &Found) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write_listing(&mut out, directory, found);
    out
}

fn write_listing(out: &mut String, directory: &Directory, found: &Found) -> fmt::Result {
    let words = |themes: &[String]| {
        let words: Vec<&str> = themes.iter().map(|t| directory.theme_words(t)).collect();
        words.join("; ")
    };
    writeln!(out, "{}", found.place.label)?;
    writeln!(out, "{}", found.place.note)?;
    if !found.needs.is_empty() {
        writeln!(out, "Needs: {}", words(&found.needs))?;
    }
    writeln!(out)?;
    if found.candidates.is_empty() {
        writeln!(out, "No service was found.")?;
    }
    for (at, candidate) in found.candidates.iter().enumerate() {
        write_candidate(out, at + 1, candidate)?;
    }
    if !found.unmet.is_empty() {
        writeln!(
            out,
            "No service's record here mentions: {}",
            words(&found.unmet)
        )?;
        writeln!(out)?;
    }
    if !found.excluded.is_empty() {
        writeln!(out, "Not offered:")?;
        for Excluded {
            service, reason, ..
        } in &found.excluded
        {
            writeln!(
                out,
                "  {} ({}): {reason}",
                service.name, service.organisation
            )?;
        }
        writeln!(out)?;
    }
    writeln!(
        out,
        "Directory version {}. A listing is not proof that a service is open: confirm first.",
        directory.version()
    )
}

fn write_candidate(out: &mut String, number: usize, candidate: &Candidate) -> fmt::Result {
    let service = &candidate.service;
    writeln!(out, "{number}. {}: {}", service.name, service.organisation)?;
    writeln!(out, "   {}", service.kind)?;
    if let Some(distance) = &candidate.distance {
        writeln!(out, "   Distance: {distance}")?;
    }
    for (sign, lines) in [
        ('+', &candidate.reasons),
        ('?', &candidate.ask_first),
        ('-', &candidate.against),
    ] {
        for line in lines {
            writeln!(out, "   {sign} {line}")?;
        }
    }
    if !service.referral_routes.is_empty() {
        writeln!(out, "   Referral, as recorded: {}", service.referral_routes)?;
    }
    if !service.website.is_empty() {
        writeln!(out, "   {}", service.website)?;
    }
    writeln!(
        out,
        "   As at {}. Confidence: {}. Source: {}",
        service.as_at.text, service.confidence, service.source
    )?;
    writeln!(out)
}

/// A match as data.
#[derive(Debug, Serialize)]
pub struct FoundJson<'f> {
    place: &'f Place,
    needs: &'f [String],
    candidates: Vec<CandidateJson<'f>>,
    excluded: Vec<ExcludedJson<'f>>,
    unmet: &'f [String],
    directory_version: &'f str,
}

#[derive(Debug, Serialize)]
struct CandidateJson<'f> {
    service: &'f Service,
    fit: AreaFit,
    km: Option<f64>,
    distance: Option<&'f str>,
    for_needs: &'f [String],
    via_prime: &'f [String],
    may_help: &'f [String],
    reasons: &'f [String],
    ask_first: &'f [String],
    against: &'f [String],
}

#[derive(Debug, Serialize)]
struct ExcludedJson<'f> {
    id: &'f str,
    name: &'f str,
    organisation: &'f str,
    why: Why,
    reason: &'f str,
}

/// A match as data, for `serde_json`.
#[must_use]
pub fn json<'f>(directory: &'f Directory, found: &'f Found) -> FoundJson<'f> {
    FoundJson {
        place: &found.place,
        needs: &found.needs,
        candidates: found.candidates.iter().map(candidate_json).collect(),
        excluded: found
            .excluded
            .iter()
            .map(|e| ExcludedJson {
                id: &e.service.id,
                name: &e.service.name,
                organisation: &e.service.organisation,
                why: e.why,
                reason: &e.reason,
            })
            .collect(),
        unmet: &found.unmet,
        directory_version: directory.version(),
    }
}

fn candidate_json(candidate: &Candidate) -> CandidateJson<'_> {
    CandidateJson {
        service: &candidate.service,
        fit: candidate.fit,
        km: candidate.km,
        distance: candidate.distance.as_deref(),
        for_needs: &candidate.for_needs,
        via_prime: &candidate.via_prime,
        may_help: &candidate.may_help,
        reasons: &candidate.reasons,
        ask_first: &candidate.ask_first,
        against: &candidate.against,
    }
}
