//! A service as pages show it: what its record says, why it is here, what to ask. The
//! first points of each stand open; the rest is folded away, and the whole entry is a
//! link.
//!
//! Lives here: the views that `components/services.html` turns into HTML. Not here: a
//! page, or any judgement of a service (`directory`). To show one more fact, add a
//! field here and a line to the component.

use serde::Serialize;

use crate::{
    directory::{AreaFit, Candidate, Directory, Excluded, FileSource, Found, Setting, Why},
    interview::Interview,
    report::words,
};

/// How many candidates a page shows before the rest is folded away.
pub const SHOWN_FIRST: usize = 4;

/// How many points of each kind stand open.
const POINTS: usize = 2;

/// Points of one kind: the first stand open.
#[derive(Debug, Clone, Default, Serialize)]
struct Points {
    first: Vec<String>,
    rest: Vec<String>,
}

impl Points {
    fn of(lines: &[String]) -> Self {
        let (first, rest) = lines.split_at(lines.len().min(POINTS));
        Self {
            first: first.to_vec(),
            rest: rest.to_vec(),
        }
    }
}

/// One candidate.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CandidateView {
    id: String,
    /// The page of its whole entry.
    href: String,
    name: String,
    organisation: String,
    kind: String,
    /// Area, distance and setting, in a few words each.
    facts: Vec<String>,
    /// Names of the needs its own record mentions.
    mentions: Vec<String>,
    /// Names of the needs that only the contract it partners in mentions.
    through_contract: Vec<String>,
    /// Names of the needs it is worth asking about.
    worth_asking: Vec<String>,
    reasons: Points,
    ask_first: Points,
    against: Points,
    /// How many points are folded away.
    folded: usize,
    referral: String,
    website: String,
    as_at: String,
    confidence: String,
    source: String,
    chosen: bool,
    /// For authors only: it may be rung, and no report may name it.
    unnamed: bool,
}

impl CandidateView {
    fn of(candidate: &Candidate, interview: &Interview, chosen: &[&str]) -> Self {
        let service = &candidate.service;
        let own = |theme: &&String| !candidate.via_prime.contains(*theme);
        let named =
            |themes: Vec<&String>| themes.into_iter().map(|t| theme(t, interview)).collect();
        let mut facts = vec![fit(candidate.fit).to_owned()];
        facts.push(match &candidate.distance {
            Some(distance) => words::capital(distance),
            None => "Distance: no place recorded".into(),
        });
        facts.push(setting(service.setting).into());
        let points = [&candidate.reasons, &candidate.ask_first, &candidate.against];
        let [reasons, ask_first, against] = points.map(|lines| Points::of(lines));
        Self {
            id: service.id.clone(),
            href: entry(&service.id),
            name: service.name.clone(),
            organisation: if service.name.contains(&service.organisation) {
                String::new()
            } else {
                service.organisation.clone()
            },
            kind: words::capital(&service.kind),
            facts,
            mentions: named(candidate.for_needs.iter().filter(own).collect()),
            through_contract: named(candidate.via_prime.iter().collect()),
            worth_asking: named(candidate.may_help.iter().collect()),
            folded: reasons.rest.len() + ask_first.rest.len() + against.rest.len(),
            reasons,
            ask_first,
            against,
            referral: service.referral_routes.clone(),
            website: web_address(&service.website),
            as_at: service.as_at.text.clone(),
            confidence: service.confidence.clone(),
            source: service.source.clone(),
            chosen: chosen.contains(&service.id.as_str()),
            unnamed: service.public().is_none(),
        }
    }

    /// A candidate with hostile words in it.
    #[must_use]
    pub fn sample(id: &str, chosen: bool) -> Self {
        let words = |text: &str| vec![text.to_owned()];
        Self {
            id: id.into(),
            href: entry(id),
            name: "The <b>Centre</b>".into(),
            organisation: "Us & Co".into(),
            kind: "Women's centre".into(),
            facts: words("Names her council area"),
            mentions: words("Accommodation"),
            through_contract: words("Finance, benefits & debt"),
            worth_asking: words("Safety"),
            reasons: Points::of(&["One.", "Two.", "Three <b>more</b>."].map(str::to_owned)),
            ask_first: Points::of(&words("Ask whether it is <b>women-only</b>.")),
            against: Points::of(&words("Its record is dated 2024.")),
            folded: 1,
            referral: "court; self".into(),
            website: "https://example.org".into(),
            as_at: "2024-05".into(),
            confidence: "high".into(),
            source: "A <i>guide</i>".into(),
            chosen,
            unnamed: id == "c",
        }
    }
}

/// A service that is not offered.
#[derive(Debug, Clone, Serialize)]
pub struct ExcludedView {
    name: String,
    organisation: String,
    reason: String,
}

/// Services that are not offered for one kind of reason.
#[derive(Debug, Clone, Serialize)]
pub struct ExcludedGroup {
    title: &'static str,
    count: usize,
    /// True where the reason stays on the author's screen.
    on_screen: bool,
    services: Vec<ExcludedView>,
}

/// Every kind of reason that something was kept out for, in the order of telling.
fn excluded(found: &Found) -> Vec<ExcludedGroup> {
    let view = |e: &Excluded| ExcludedView {
        name: e.service.name.clone(),
        organisation: e.service.organisation.clone(),
        reason: e.reason.clone(),
    };
    let group = |(why, count): &(Why, usize)| ExcludedGroup {
        title: kept_out(*why),
        count: *count,
        on_screen: !why.may_leave(),
        services: found
            .excluded
            .iter()
            .filter(|e| e.why == *why)
            .map(view)
            .collect(),
    };
    found.excluded_by.iter().map(group).collect()
}

fn kept_out(why: Why) -> &'static str {
    match why {
        Why::Closed => "Take no referrals any more",
        Why::Mixed => "Not women-only, which she could not do without",
        Why::Avoid => "Only in places where she must not be sent",
        Why::Age => "For other ages",
        Why::NotOpen => "Not open yet",
        Why::Historic => "Ended",
        Why::OtherArea => "Work elsewhere in the police area",
        Why::NoArea => "Do not say where they work",
        Why::OtherNeed => "Do not mention what she needs",
    }
}

/// What the directory found, as pages show it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FoundView {
    /// How the place is named.
    pub place: String,
    note: String,
    first: Vec<CandidateView>,
    rest: Vec<CandidateView>,
    excluded: Vec<ExcludedGroup>,
    /// Names of the needs that nothing mentions.
    unmet: Vec<String>,
}

impl FoundView {
    /// A match, with those already chosen for a report marked.
    #[must_use]
    pub fn of(found: &Found, interview: &Interview, chosen: &[&str]) -> Self {
        let mut first: Vec<CandidateView> = found
            .candidates
            .iter()
            .map(|c| CandidateView::of(c, interview, chosen))
            .collect();
        let rest = first.split_off(first.len().min(SHOWN_FIRST));
        Self {
            place: found.place.label.clone(),
            note: found.place.note.clone(),
            first,
            rest,
            excluded: excluded(found),
            unmet: found.unmet.iter().map(|t| theme(t, interview)).collect(),
        }
    }

    /// A match with everything in it, and one with nothing.
    #[must_use]
    pub fn samples() -> [Self; 2] {
        let full = Self {
            place: "RG14 (West <Berkshire>)".into(),
            note: "A few RG14 postcodes may be elsewhere.".into(),
            first: vec![
                CandidateView::sample("a", true),
                CandidateView::sample("b", false),
            ],
            rest: vec![CandidateView::sample("c", false)],
            excluded: [Why::Historic, Why::Avoid]
                .map(|why| ExcludedGroup {
                    title: kept_out(why),
                    count: 2,
                    on_screen: !why.may_leave(),
                    services: vec![ExcludedView {
                        name: "Old <service>".into(),
                        organisation: String::new(),
                        reason: "It has ended.".into(),
                    }],
                })
                .into(),
            unmet: vec!["Sexual exploitation".into()],
        };
        let empty = Self {
            place: "Rutland".into(),
            ..Self::default()
        };
        [full, empty]
    }
}

/// Where the directory comes from.
#[must_use]
pub fn sources(directory: &Directory) -> Vec<FileSource> {
    directory.sources().to_vec()
}

/// A source for samples.
#[must_use]
pub fn sample_sources() -> Vec<FileSource> {
    vec![FileSource {
        file: "services.toml".into(),
        holds: "Services & <places>".into(),
        source: "Ministry of Justice".into(),
        licence: "MIT".into(),
        as_at: "2026-08-21".into(),
    }]
}

/// The page of a service's whole entry.
#[must_use]
pub fn entry(id: &str) -> String {
    format!("/directory/services/{id}")
}

/// A theme's name on pages; its id where the pack has no such theme.
#[must_use]
pub fn theme(id: &str, interview: &Interview) -> String {
    interview
        .theme(id)
        .map_or_else(|| id.to_owned(), |t| t.name.to_string())
}

/// How near a service's area is, in a few words.
#[must_use]
pub fn fit(fit: AreaFit) -> &'static str {
    match fit {
        AreaFit::LocalAuthority => "Names this council area",
        AreaFit::Pdu => "Same probation delivery unit",
        AreaFit::PccArea => "Covers this police area",
        AreaFit::Region => "Covers this probation region",
        AreaFit::National => "National",
    }
}

/// Who comes through the door, in a few words.
#[must_use]
pub fn setting(setting: Setting) -> &'static str {
    match setting {
        Setting::WomenOnly => "Women-only, as recorded",
        Setting::MixedWithWomensSession => "Mixed with a session for women, as recorded",
        Setting::Mixed => "Mixed, as recorded",
        Setting::Unknown => "Women-only or mixed: unknown",
    }
}

/// A website that may be made a link: never another scheme.
#[must_use]
pub fn web_address(website: &str) -> String {
    let website = website.trim();
    let safe = website.starts_with("https://") || website.starts_with("http://");
    if safe {
        website.to_owned()
    } else {
        String::new()
    }
}
