//! Which services may help this woman, in what order, and why.
//!
//! Lives here: the asking, the sorting, and what is kept out. Not here: the sentences
//! (`reasons`) or the index (`index`). A new preference is a field of [`Ask`], weighed
//! in [`Matcher::candidate`] and told in `reasons`.

use std::{cmp::Reverse, collections::HashSet, sync::Arc};

use chrono::NaiveDate;

use super::{
    Directory,
    geography::Authority,
    index::{AreaFit, How, Measure, Near, Tier},
    place::Place,
    reasons::Teller,
    service::{Partnership, Service, State},
};

/// What is looked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask<'p> {
    /// Where she will live.
    pub place: &'p Place,
    /// What she needs help with. Empty asks for every service in the area.
    pub needs: Vec<NeedAsked>,
    /// The day it is asked; ages are counted to it.
    pub today: NaiveDate,
}

impl<'p> Ask<'p> {
    /// An ask for some themes, without levels.
    #[must_use]
    pub fn new(place: &'p Place, themes: &[&str], today: NaiveDate) -> Self {
        Self {
            place,
            needs: themes
                .iter()
                .map(|theme| NeedAsked {
                    theme: (*theme).to_owned(),
                    level: None,
                })
                .collect(),
            today,
        }
    }
}

/// One need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedAsked {
    /// Theme id.
    pub theme: String,
    /// `low`, `medium` or `high`, where she has a level.
    pub level: Option<String>,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// Theme ids asked for, in the order asked.
    pub needs: Vec<String>,
    /// Services that may help, the best first.
    pub candidates: Vec<Candidate>,
    /// Services in or near her area that are not offered, and why.
    pub excluded: Vec<Excluded>,
    /// Theme ids that no candidate's record, nor its contract, mentions.
    pub unmet: Vec<String>,
}

/// A service that may help.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The service.
    pub service: Arc<Service>,
    /// How near its area is to hers.
    pub fit: AreaFit,
    /// About how many kilometres away, rounded; absent where no place is recorded.
    pub km: Option<f64>,
    /// The distance in words, with what it was measured to.
    pub distance: Option<String>,
    /// Theme ids asked for that its record mentions, or the contract it partners in.
    pub for_needs: Vec<String>,
    /// Those of `for_needs` that only the prime provider's contract mentions.
    pub via_prime: Vec<String>,
    /// Theme ids asked for that its record does not mention and it is broad enough
    /// to be asked about.
    pub may_help: Vec<String>,
    /// Why it is here.
    pub reasons: Vec<String>,
    /// What is unknown and should be asked.
    pub ask_first: Vec<String>,
    /// What speaks against it.
    pub against: Vec<String>,
}

/// Why a service is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It has ended.
    Historic,
    /// It has not opened.
    NotOpen,
    /// It works elsewhere in the police area.
    OtherArea,
    /// Its record does not mention her needs.
    OtherNeed,
    /// Its record does not say where it works.
    NoArea,
}

/// A service that is not offered.
#[derive(Debug, Clone)]
pub struct Excluded {
    /// The service.
    pub service: Arc<Service>,
    /// The kind of reason.
    pub why: Why,
    /// The reason in words.
    pub reason: String,
}

/// The asked needs as one service meets them.
#[derive(Default)]
pub(super) struct Met<'a> {
    pub(super) stated: Vec<&'a str>,
    pub(super) via_prime: Vec<(&'a str, &'a Partnership)>,
    pub(super) may_help: Vec<&'a str>,
}

impl Met<'_> {
    fn nothing(&self) -> bool {
        self.stated.is_empty() && self.via_prime.is_empty() && self.may_help.is_empty()
    }
}

/// What candidates are sorted by; the last part makes the order total.
type Rank = (
    Tier,
    AreaFit,
    Reverse<usize>,
    Reverse<usize>,
    Option<u64>,
    String,
    String,
);

pub(super) struct Matcher<'a> {
    directory: &'a Directory,
    ask: &'a Ask<'a>,
    teller: Teller<'a>,
    measure: Measure<'a>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(directory: &'a Directory, ask: &'a Ask<'a>) -> Self {
        Self {
            directory,
            ask,
            teller: Teller {
                words: &directory.words,
                readings: &directory.readings,
                geography: &directory.geography,
                ask,
            },
            measure: directory.index.measure(ask.place.point),
        }
    }

    pub(super) fn run(mut self) -> Found {
        let directory = self.directory;
        let near = directory.index.near(self.ask.place, &directory.geography);
        let mut ranked: Vec<(Rank, Candidate)> = Vec::new();
        let mut excluded = Vec::new();
        for one in &near {
            match self.judge(*one) {
                Verdict::Offer(rank, candidate) => ranked.push((rank, *candidate)),
                Verdict::KeepOut(out) => excluded.push(out),
                Verdict::Silent => {}
            }
        }
        self.add_elsewhere(&near, &mut excluded);
        ranked.sort_by(|a, b| a.0.cmp(&b.0));
        let candidates: Vec<Candidate> = ranked.into_iter().map(|(_, c)| c).collect();
        excluded.sort_by(|a, b| {
            let key = |e: &Excluded| (e.service.name.clone(), e.service.id.clone());
            key(a).cmp(&key(b))
        });
        let needs: Vec<String> = self.ask.needs.iter().map(|n| n.theme.clone()).collect();
        let unmet = needs
            .iter()
            .filter(|theme| !candidates.iter().any(|c| c.for_needs.contains(theme)))
            .cloned()
            .collect();
        Found {
            place: self.ask.place.clone(),
            needs,
            candidates,
            excluded,
            unmet,
        }
    }

    fn judge(&mut self, near: Near) -> Verdict {
        let service = &self.directory.services[near.service];
        let why = match service.state {
            State::Historic => Some(Why::Historic),
            State::NotOpen => Some(Why::NotOpen),
            State::Listed | State::Unknown => None,
        };
        if let Some(why) = why {
            return Verdict::KeepOut(self.keep_out(service, why));
        }
        let met = self.met(service, near);
        if !self.ask.needs.is_empty() && met.nothing() {
            return if near.how == How::National {
                Verdict::Silent // a national service for something else is no news here
            } else {
                Verdict::KeepOut(self.keep_out(service, Why::OtherNeed))
            };
        }
        let candidate = self.candidate(service, near, &met);
        let rank = (
            near.tier,
            candidate.fit,
            Reverse(met.stated.len()),
            Reverse(met.via_prime.len()),
            // Nothing recorded sorts last.
            Some(candidate.km.map_or(u64::MAX, f64::to_bits)),
            service.name.clone(),
            service.id.clone(),
        );
        Verdict::Offer(rank, Box::new(candidate))
    }

    fn met(&self, service: &'a Service, near: Near) -> Met<'a> {
        let mut met = Met::default();
        let authority = self
            .ask
            .place
            .local_authorities
            .get(near.authority)
            .and_then(|here| self.directory.geography.authority(&here.gss));
        for need in &self.ask.needs {
            let theme = need.theme.as_str();
            if service.names(theme) {
                met.stated.push(theme);
            } else if let Some(prime) = authority.and_then(|a| self.prime(service, theme, a)) {
                met.via_prime.push((theme, prime));
            } else if service.broad && near.how <= How::Police {
                met.may_help.push(theme);
            }
        }
        met
    }

    /// The contract, covering her authority, through which a partner meets a need.
    fn prime(
        &self,
        service: &'a Service,
        theme: &str,
        authority: &Authority,
    ) -> Option<&'a Partnership> {
        service.partner_in.iter().find(|partnership| {
            self.directory
                .position(&partnership.prime)
                .is_some_and(|at| {
                    let prime = &self.directory.services[at];
                    prime.names(theme) && self.directory.index.covers(at, prime, authority)
                })
        })
    }

    fn candidate(&mut self, service: &Arc<Service>, near: Near, met: &Met<'_>) -> Candidate {
        let nearest = self.measure.nearest(near.service);
        let km = nearest.map(|(km, _)| km.round().max(1.0));
        let owned = |themes: &[&str]| themes.iter().map(|t| (*t).to_owned()).collect();
        let via_prime: Vec<&str> = met.via_prime.iter().map(|(theme, _)| *theme).collect();
        Candidate {
            service: Arc::clone(service),
            fit: near.how.fit(),
            km,
            distance: nearest.map(|(_, spot)| self.teller.distance(km.unwrap_or(1.0), spot)),
            for_needs: owned(&[met.stated.as_slice(), &via_prime].concat()),
            via_prime: owned(&via_prime),
            may_help: owned(&met.may_help),
            reasons: self.teller.reasons(service, near, met),
            ask_first: self.teller.ask_first(service, near, met),
            against: self.teller.against(service),
        }
    }

    fn keep_out(&self, service: &Arc<Service>, why: Why) -> Excluded {
        Excluded {
            service: Arc::clone(service),
            why,
            reason: self.teller.kept_out(service, why),
        }
    }

    /// Services that would meet a need and name another part of her police area, or
    /// no area at all.
    fn add_elsewhere(&self, near: &[Near], excluded: &mut Vec<Excluded>) {
        let here: HashSet<usize> = near.iter().map(|n| n.service).collect();
        let index = &self.directory.index;
        let elsewhere = index.elsewhere_in_police_area(self.ask.place);
        let elsewhere = elsewhere.into_iter().map(|at| (at, Why::OtherArea));
        let nowhere = index.nowhere().iter().map(|at| (*at, Why::NoArea));
        for (at, why) in elsewhere.chain(nowhere) {
            let service = &self.directory.services[at];
            let wanted = self.ask.needs.iter().any(|n| service.names(&n.theme));
            if wanted && service.state.may_be_offered() && !here.contains(&at) {
                excluded.push(self.keep_out(service, why));
            }
        }
    }
}

enum Verdict {
    Offer(Rank, Box<Candidate>),
    KeepOut(Excluded),
    Silent,
}
