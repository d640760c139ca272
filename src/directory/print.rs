//! A match as plain text for the terminal, and as data for `--json`.
//!
//! Lives here: the layout. Not here: any judgement; every sentence comes with the
//! match. Another form of output is another function beside these.

use std::fmt::{self, Write as _};

use serde::Serialize;

use super::{AreaFit, Candidate, Directory, Excluded, Found, Gap, GapKind, Place, Service, Why};

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
    if found.total == 0 {
        writeln!(out, "No service was found.")?;
    } else if found.candidates.len() < found.total {
        let (shown, total) = (found.candidates.len(), found.total);
        writeln!(out, "{shown} of {total} services that may help:")?;
    }
    for (at, candidate) in found.candidates.iter().enumerate() {
        write_candidate(out, found.skipped + at + 1, candidate)?;
    }
    if !found.gaps.is_empty() {
        writeln!(out, "Needs with nothing suitable:")?;
    }
    for gap in &found.gaps {
        writeln!(out, "  {}", gap.says)?;
        for Excluded {
            service, reason, ..
        } in &gap.nearly
        {
            writeln!(
                out,
                "    {} ({}): {reason}",
                service.name, service.organisation
            )?;
        }
    }
    if !found.gaps.is_empty() {
        writeln!(out)?;
    }
    write_excluded(out, found)?;
    if found.avoid_not_understood > 0 {
        writeln!(
            out,
            "Places to avoid that were not understood, so nothing was left out for them: {}",
            found.avoid_not_understood
        )?;
    }
    writeln!(
        out,
        "Directory version {}. A listing is not proof that a service is open: confirm first.",
        directory.version()
    )
}

fn write_excluded(out: &mut String, found: &Found) -> fmt::Result {
    if found.excluded_total == 0 {
        return Ok(());
    }
    if found.excluded.len() < found.excluded_total {
        let (shown, total) = (found.excluded.len(), found.excluded_total);
        writeln!(out, "Not offered ({shown} of {total}):")?;
    } else {
        writeln!(out, "Not offered:")?;
    }
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
    writeln!(out)
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
    total: usize,
    excluded: Vec<ExcludedJson<'f>>,
    excluded_total: usize,
    excluded_by: Vec<CountJson>,
    unmet: &'f [String],
    gaps: Vec<GapJson<'f>>,
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

#[derive(Debug, Serialize)]
struct CountJson {
    why: Why,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GapJson<'f> {
    theme: &'f str,
    level: Option<&'f str>,
    kind: GapKind,
    worth_asking: usize,
    kept_out: Vec<CountJson>,
    nearly: Vec<ExcludedJson<'f>>,
    says: &'f str,
}

/// A match as data, for `serde_json`.
#[must_use]
pub fn json<'f>(directory: &'f Directory, found: &'f Found) -> FoundJson<'f> {
    FoundJson {
        place: &found.place,
        needs: &found.needs,
        candidates: found.candidates.iter().map(candidate_json).collect(),
        total: found.total,
        excluded: found.excluded.iter().map(excluded_json).collect(),
        excluded_total: found.excluded_total,
        excluded_by: counts(&found.excluded_by),
        unmet: &found.unmet,
        gaps: found.gaps.iter().map(gap_json).collect(),
        directory_version: directory.version(),
    }
}

fn counts(counts: &[(Why, usize)]) -> Vec<CountJson> {
    let counts = counts.iter();
    counts
        .map(|(why, count)| CountJson {
            why: *why,
            count: *count,
        })
        .collect()
}

fn excluded_json(excluded: &Excluded) -> ExcludedJson<'_> {
    ExcludedJson {
        id: &excluded.service.id,
        name: &excluded.service.name,
        organisation: &excluded.service.organisation,
        why: excluded.why,
        reason: &excluded.reason,
    }
}

fn gap_json(gap: &Gap) -> GapJson<'_> {
    GapJson {
        theme: &gap.theme,
        level: gap.level.as_deref(),
        kind: gap.kind,
        worth_asking: gap.worth_asking,
        kept_out: counts(&gap.kept_out),
        nearly: gap.nearly.iter().map(excluded_json).collect(),
        says: &gap.says,
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
