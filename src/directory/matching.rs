//! Which services may help this woman, in what order, and why.
//!
//! Lives here: the sorting, and what is kept out. Not here: the sentences (`reasons`)
//! or the index (`index`). A new preference is a field of [`Ask`], weighed in
//! [`Matcher::judge`] and told in `reasons`.

use std::{cmp::Reverse, collections::HashSet, sync::Arc};

use super::{
    Directory,
    distance::Measure,
    found::{Ask, Candidate, Excluded, Found, Why},
    geography::Authority,
    index::{AreaFit, How, Near, Tier},
    reasons::Teller,
    service::{Partnership, Service, State},
};

/// The asked needs as one service meets them.
#[derive(Default)]
pub(super) struct Met<'a> {
    pub(super) stated: Vec<&'a str>,
    pub(super) via_prime: Vec<(&'a str, &'a Partnership)>,
    pub(super) may_help: Vec<&'a str>,
    /// The contracts covering her authority that a partner delivers part of.
    pub(super) partner_in: Vec<&'a Partnership>,
}

impl Met<'_> {
    fn nothing(&self) -> bool {
        self.stated.is_empty() && self.via_prime.is_empty() && self.may_help.is_empty()
    }
}

/// What candidates are sorted by; the last part makes the order total.
type Rank<'a> = (
    Tier,
    AreaFit,
    Reverse<usize>,
    Reverse<usize>,
    bool,
    u64,
    &'a str,
    &'a str,
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
                check_by: directory.check_by(ask.place),
            },
            measure: directory.spots.measure(ask.place),
        }
    }

    pub(super) fn run(mut self) -> Found {
        let directory = self.directory;
        let near = directory.index.near(self.ask.place, &directory.geography);
        let mut ranked: Vec<(Rank<'_>, Candidate)> = Vec::new();
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
        excluded.sort_by(|a: &Excluded, b| {
            let (a, b) = (&a.service, &b.service);
            a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id))
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

    fn judge(&mut self, near: Near) -> Verdict<'a> {
        let directory = self.directory;
        let service = &directory.services[near.service];
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
            // A contract surely covers the whole area; another record may not.
            near.how == How::Police && service.contract.is_none(),
            // Nothing recorded sorts last; positive floats sort as their bits do.
            candidate.km.map_or(u64::MAX, f64::to_bits),
            service.name.as_str(),
            service.id.as_str(),
        );
        Verdict::Offer(rank, Box::new(candidate))
    }

    fn met(&self, service: &'a Service, near: Near) -> Met<'a> {
        let mut met = Met {
            partner_in: self.partner_in(service, near),
            ..Met::default()
        };
        for need in &self.ask.needs {
            let theme = need.theme.as_str();
            let prime = || met.partner_in.iter().find(|p| self.prime_names(p, theme));
            if service.names(theme) {
                met.stated.push(theme);
            } else if let Some(prime) = prime() {
                met.via_prime.push((theme, *prime));
            } else if service.broad && near.how <= How::Police {
                met.may_help.push(theme);
            }
        }
        met
    }

    fn partner_in(&self, service: &'a Service, near: Near) -> Vec<&'a Partnership> {
        let here = self.ask.place.local_authorities.get(near.authority);
        let authority = here.and_then(|a| self.directory.geography.authority(&a.gss));
        service
            .partner_in
            .iter()
            .filter(|p| authority.is_some_and(|a| self.prime_covers(p, a)))
            .collect()
    }

    fn prime_covers(&self, partnership: &Partnership, authority: &Authority) -> bool {
        self.directory
            .position(&partnership.prime)
            .is_some_and(|at| {
                let prime = &self.directory.services[at];
                self.directory.index.covers(at, prime, authority)
            })
    }

    fn prime_names(&self, partnership: &Partnership, theme: &str) -> bool {
        self.directory
            .service(&partnership.prime)
            .is_some_and(|prime| prime.names(theme))
    }

    fn candidate(&mut self, service: &Arc<Service>, near: Near, met: &Met<'_>) -> Candidate {
        let nearest = self.measure.nearest(near.service, near.how);
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
            against: self.teller.against(service, met),
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

enum Verdict<'a> {
    Offer(Rank<'a>, Box<Candidate>),
    KeepOut(Excluded),
    Silent,
}
