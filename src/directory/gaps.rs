//! Needs with nothing suitable: a result, not an empty page.
//!
//! Lives here: counting, while services are judged, what there is for each need, and
//! saying what is lacking. Not here: judging (`weighing`). What must not leave
//! stays out: a service kept out for a place she must avoid is never counted here.

use std::sync::Arc;

use super::{
    compact::{Row, Themes},
    found::{Ask, Excluded, Gap, GapKind, NeedAsked, Why},
    matching::Out,
    reasons::Teller,
    wanted::{Has, Wanted},
    weighing::Offers,
    words::say,
};
use crate::english::listed;

/// How many services that would nearly do are named.
const NEARLY: usize = 3;

/// What there is for each need.
pub(super) struct Tally<'a> {
    wanted: &'a Wanted,
    /// Themes that a candidate's record names, or its contract.
    named: Themes,
    /// Those of them that one names without stating levels that do not reach hers.
    reached: Themes,
    /// For each need, how many candidates are broad enough to be asked.
    asking: Vec<usize>,
}

/// A gap, not yet put into words.
pub(super) struct Lacking<'a> {
    pub(super) need: &'a NeedAsked,
    pub(super) kind: GapKind,
    pub(super) worth_asking: usize,
    pub(super) kept_out: Vec<(Why, usize)>,
    pub(super) nearly: Vec<Out>,
}

impl<'a> Tally<'a> {
    pub(super) fn new(wanted: &'a Wanted) -> Self {
        Self {
            wanted,
            named: 0,
            reached: 0,
            asking: vec![0; wanted.needs.len()],
        }
    }

    /// Counts one candidate.
    pub(super) fn offered(&mut self, offers: &Offers, row: &Row) {
        let names = offers.names();
        self.named |= names;
        if row.levels | row.not_levels == 0 {
            self.reached |= names;
        } else {
            for need in &self.wanted.needs {
                if Wanted::level(row, need.level) != Has::No {
                    self.reached |= names & need.theme;
                }
            }
        }
        if offers.may_help != 0 {
            for (need, asking) in self.wanted.needs.iter().zip(&mut self.asking) {
                *asking += usize::from(offers.may_help & need.theme != 0);
            }
        }
    }

    /// Themes that no candidate names.
    pub(super) fn unmet(&self, ask: &Ask<'_>) -> Vec<String> {
        let needs = ask.needs.iter().zip(&self.wanted.needs);
        needs
            .filter(|(_, wanted)| self.named & wanted.theme == 0)
            .map(|(need, _)| need.theme.clone())
            .collect()
    }

    /// Needs with nothing suitable, in the order asked.
    pub(super) fn gaps<'n>(&self, ask: &'n Ask<'_>, out: &[Out]) -> Vec<Lacking<'n>> {
        let needs = ask.needs.iter().zip(&self.wanted.needs).zip(&self.asking);
        needs
            .filter_map(|((need, wanted), asking)| {
                let mut lacking = Lacking {
                    need,
                    kind: GapKind::LowerLevels,
                    worth_asking: *asking,
                    kept_out: Vec::new(),
                    nearly: Vec::new(),
                };
                if self.named & wanted.theme == 0 {
                    lacking.look_for(wanted.theme, out);
                } else if self.reached & wanted.theme != 0 {
                    return None;
                }
                Some(lacking)
            })
            .collect()
    }
}

impl Lacking<'_> {
    /// What names the theme and is kept out.
    fn look_for(&mut self, theme: Themes, out: &[Out]) {
        let mut counts = [0; Why::ALL.len()];
        let mut nearly: Vec<Out> = Vec::new();
        self.kind = GapKind::Nothing;
        for one in out.iter().filter(|o| o.names & theme != 0) {
            self.kind = GapKind::OnlyKeptOut;
            if one.why.may_leave() {
                counts[one.why as usize] += 1;
                nearly.push(*one);
            }
        }
        nearly.sort_unstable_by_key(|o| o.order);
        nearly.truncate(NEARLY);
        self.nearly = nearly;
        let all = Why::ALL.into_iter().zip(counts);
        self.kept_out = all.filter(|(_, count)| *count > 0).collect();
    }
}

impl Teller<'_> {
    /// A gap in words.
    pub(super) fn gap(&self, lacking: Lacking<'_>) -> Gap {
        let words = &self.words.gap;
        let needs = self.needs(&[&lacking.need.theme]);
        let level = lacking.need.level.as_deref().unwrap_or_default();
        let mut says = match lacking.kind {
            GapKind::Nothing => say(&words.nothing, &[("needs", &needs)]),
            GapKind::LowerLevels => {
                say(&words.lower_levels, &[("needs", &needs), ("level", level)])
            }
            GapKind::OnlyKeptOut if lacking.kept_out.is_empty() => {
                say(&words.only_kept_out, &[("needs", &needs)])
            }
            GapKind::OnlyKeptOut => {
                let why = lacking
                    .kept_out
                    .iter()
                    .map(|(why, n)| self.counted(*why, *n));
                let why: Vec<String> = why.collect();
                say(
                    &words.kept_out,
                    &[("needs", &needs), ("why", &listed(&why))],
                )
            }
        };
        if lacking.worth_asking > 0 {
            let count = lacking.worth_asking.to_string();
            says.push(' ');
            says.push_str(&say(&words.worth_asking, &[("count", &count)]));
        }
        let nearly = lacking.nearly.iter().map(|out| {
            let service = &self.directory.services[out.service as usize];
            Excluded {
                service: Arc::clone(service),
                why: out.why,
                reason: self.kept_out(service, out.why),
            }
        });
        Gap {
            theme: lacking.need.theme.clone(),
            level: lacking.need.level.clone(),
            kind: lacking.kind,
            worth_asking: lacking.worth_asking,
            nearly: nearly.collect(),
            kept_out: lacking.kept_out,
            says,
        }
    }

    fn counted(&self, why: Why, count: usize) -> String {
        let words = &self.words.gap_why;
        let sentence = match why {
            Why::Closed => &words.closed,
            Why::Mixed => &words.mixed,
            Why::Age => &words.age,
            Why::NotOpen => &words.not_open,
            Why::Historic => &words.historic,
            Why::OtherArea => &words.other_area,
            Why::NoArea => &words.no_area,
            Why::Avoid | Why::OtherNeed => &words.other,
        };
        say(sentence, &[("count", &count.to_string())])
    }
}
