//! Which services may help this woman, in what order, and which are kept out.
//!
//! Lives here: going through the services, choosing those to tell, and telling them.
//! Not here: what each is judged by (`weighing`, `wanted`), where services work
//! (`index`), or any sentence (`reasons`, `against`, `questions`). Thousands are judged
//! in integers; only the few that a page shows are put into words.

use std::sync::Arc;

use super::{
    Directory,
    checking::Freshness,
    compact::{Themes, as_u32},
    distance::{Measure, Spot},
    found::{Ask, Candidate, Excluded, Found, Judged, Why},
    gaps::Tally,
    index::Near,
    reasons::{One, Teller},
    wanted::Wanted,
    weighing::{Offers, Verdict, Weigher},
};

/// The answer to an ask.
pub(super) fn find(directory: &Directory, ask: &Ask<'_>) -> Found {
    let wanted = Wanted::of(directory, ask);
    Matcher::new(directory, ask, &wanted).run()
}

/// The answer for one service.
pub(super) fn judge(directory: &Directory, ask: &Ask<'_>, id: &str) -> Judged {
    let Some(at) = directory.position(id).map(as_u32) else {
        return Judged::NotHere;
    };
    let wanted = Wanted::of(directory, ask);
    Matcher::new(directory, ask, &wanted).judge(at)
}

/// A service that may help, not yet put into words.
#[derive(Clone, Copy)]
struct Offered {
    order: u64,
    near: Near,
}

/// A service kept out, not yet put into words.
#[derive(Clone, Copy)]
pub(super) struct Out {
    /// Those that name a need of hers come first, then by reason, then by name.
    pub(super) order: u64,
    pub(super) service: u32,
    pub(super) why: Why,
    pub(super) names: Themes,
}

impl Out {
    fn of(directory: &Directory, service: u32, why: Why, names: Themes) -> Self {
        let by_name = u64::from(directory.rows.row(service).by_name);
        Self {
            order: u64::from(names == 0) << 40 | (why as u64) << 32 | by_name,
            service,
            why,
            names,
        }
    }
}

struct Matcher<'a> {
    directory: &'a Directory,
    ask: &'a Ask<'a>,
    wanted: &'a Wanted,
    weigher: Weigher<'a>,
    measure: Measure<'a>,
    /// Days a record may go unchecked where she lives.
    check_by: u32,
}

impl<'a> Matcher<'a> {
    fn new(directory: &'a Directory, ask: &'a Ask<'a>, wanted: &'a Wanted) -> Self {
        let here = ask.place.local_authorities.iter().map(|a| {
            let authority = directory.geography.authority(&a.gss);
            authority.map_or([None; 2], |a| directory.index.numbers_of(a))
        });
        Self {
            directory,
            ask,
            wanted,
            weigher: Weigher {
                directory,
                wanted,
                here: here.collect(),
            },
            measure: directory.spots.measure(ask.place),
            check_by: directory.check_by(ask.place),
        }
    }

    fn run(mut self) -> Found {
        let directory = self.directory;
        let (near, mut seen) = directory.index.near(self.ask.place, &directory.geography);
        let mut tally = Tally::new(self.wanted);
        let mut offered = Vec::with_capacity(near.len());
        let mut out = Vec::new();
        for near in near {
            match self.weigher.judge(near) {
                Verdict::Offer(order, offers) => {
                    tally.offered(&offers, directory.rows.row(near.service));
                    offered.push(Offered { order, near });
                }
                Verdict::KeepOut(why, names) => {
                    out.push(Out::of(directory, near.service, why, names));
                }
                Verdict::Silent => {}
            }
        }
        for (service, why) in self.elsewhere() {
            if let Some(names) = self.would_help(service)
                && seen.first_time(service)
            {
                out.push(Out::of(directory, service, why, names));
            }
        }
        let total = offered.len();
        let candidates = self.tell_best(offered);
        let gaps = tally.gaps(self.ask, &out);
        let needs = self.ask.needs.iter().map(|n| n.theme.clone());
        let teller = self.teller();
        Found {
            place: self.ask.place.clone(),
            needs: needs.collect(),
            candidates,
            total,
            skipped: self.ask.skip.min(total),
            excluded_total: out.len(),
            excluded_by: counted(&out),
            unmet: tally.unmet(self.ask),
            gaps: gaps.into_iter().map(|g| teller.gap(g)).collect(),
            excluded: self.tell_out(out),
            avoid_not_understood: self.wanted.avoided.not_understood,
        }
    }

    fn judge(mut self, at: u32) -> Judged {
        let directory = self.directory;
        let (near, _) = directory.index.near(self.ask.place, &directory.geography);
        if let Some(near) = near.into_iter().find(|n| n.service == at) {
            return match self.weigher.judge(near) {
                Verdict::Offer(_, offers) => {
                    let nearest = self.measure.nearest(at, near.how);
                    Judged::Offered(Box::new(self.tell(near, &offers, nearest)))
                }
                Verdict::KeepOut(why, _) => Judged::KeptOut(self.keep_out(at, why)),
                Verdict::Silent => Judged::KeptOut(self.keep_out(at, Why::OtherNeed)),
            };
        }
        let elsewhere = self.elsewhere().find(|(service, _)| *service == at);
        elsewhere.map_or(Judged::NotHere, |(_, why)| {
            Judged::KeptOut(self.keep_out(at, why))
        })
    }

    /// Services that name another part of her police area, or no area at all.
    fn elsewhere(&self) -> impl Iterator<Item = (u32, Why)> + use<'a> {
        let index = &self.directory.index;
        let elsewhere = index.elsewhere_in_police_area(self.ask.place).iter();
        let nowhere = index.nowhere().iter();
        elsewhere
            .map(|at| (*at, Why::OtherArea))
            .chain(nowhere.map(|at| (*at, Why::NoArea)))
    }

    /// Her themes that a service from elsewhere would meet, if it worked here.
    fn would_help(&self, service: u32) -> Option<Themes> {
        let row = self.directory.rows.row(service);
        let names = row.themes & self.wanted.themes;
        (names != 0 && row.state.may_be_offered()).then_some(names)
    }

    /// The part of the candidates that is asked for, in words. Only those that can be in
    /// it are measured and sorted.
    fn tell_best(&mut self, mut offered: Vec<Offered>) -> Vec<Candidate> {
        let (skip, most) = (self.ask.skip, self.ask.most.unwrap_or(offered.len()));
        let last = skip.saturating_add(most).min(offered.len());
        if last <= skip {
            return Vec::new();
        }
        if last < offered.len() {
            let (_, cutoff, _) = offered.select_nth_unstable_by_key(last - 1, |o| o.order);
            let cutoff = cutoff.order;
            offered.retain(|o| o.order <= cutoff);
        }
        let mut ranked: Vec<_> = offered
            .into_iter()
            .map(|Offered { order, near }| {
                let nearest = self.measure.nearest(near.service, near.how);
                // Nothing recorded sorts last; positive floats sort as their bits do.
                let km = nearest.map_or(u64::MAX, |(km, _)| km.to_bits());
                let by_name = self.directory.rows.row(near.service).by_name;
                ((order, km, by_name), near, nearest)
            })
            .collect();
        ranked.sort_unstable_by_key(|(order, ..)| *order);
        ranked[skip..last]
            .iter()
            .map(|(_, near, nearest)| {
                let row = self.directory.rows.row(near.service);
                let offers = self.weigher.offers(*near, row);
                self.tell(*near, &offers, *nearest)
            })
            .collect()
    }

    fn tell(&self, near: Near, offers: &Offers, nearest: Option<(f64, &Spot)>) -> Candidate {
        let teller = self.teller();
        let one = self.one(near, offers);
        let owned = |themes: &[&str]| themes.iter().map(|t| (*t).to_owned()).collect();
        let via_prime: Vec<&str> = one.met.via_prime.iter().map(|(theme, _)| *theme).collect();
        Candidate {
            service: Arc::clone(one.service),
            fit: near.how.fit(),
            km: nearest.map(|(km, _)| km),
            distance: nearest.map(|(km, spot)| teller.distance(km, spot)),
            for_needs: owned(&[one.met.stated.as_slice(), &via_prime].concat()),
            via_prime: owned(&via_prime),
            may_help: owned(&one.met.may_help),
            reasons: teller.reasons(&one),
            ask_first: teller.ask_first(&one),
            against: teller.against(&one),
        }
    }

    fn one(&self, near: Near, offers: &Offers) -> One<'a> {
        let directory = self.directory;
        let rows = &directory.rows;
        let service = &directory.services[near.service as usize];
        One {
            service,
            row: rows.row(near.service),
            openings: rows.openings(near.service),
            languages: rows.languages(near.service),
            avoided: self.weigher.whether_avoided(near.service),
            near,
            met: self.weigher.met(near, offers, self.ask),
            specialist: offers.specialist,
            fresh: Freshness::of(service, self.check_by, self.ask.today),
        }
    }

    /// The part of those kept out that is asked for, in words.
    fn tell_out(&self, mut out: Vec<Out>) -> Vec<Excluded> {
        let most = self.ask.most.unwrap_or(out.len()).min(out.len());
        if most == 0 {
            return Vec::new();
        }
        if most < out.len() {
            out.select_nth_unstable_by_key(most - 1, |o| o.order);
            out.truncate(most);
        }
        out.sort_unstable_by_key(|o| o.order);
        out.iter()
            .map(|o| self.keep_out(o.service, o.why))
            .collect()
    }

    fn keep_out(&self, service: u32, why: Why) -> Excluded {
        let service = &self.directory.services[service as usize];
        Excluded {
            service: Arc::clone(service),
            why,
            reason: self.teller().kept_out(service, why),
        }
    }

    fn teller(&self) -> Teller<'a> {
        Teller {
            directory: self.directory,
            words: &self.directory.words,
            geography: &self.directory.geography,
            ask: self.ask,
            wanted: self.wanted,
        }
    }
}

/// How many there are for each reason.
fn counted(out: &[Out]) -> Vec<(Why, usize)> {
    let mut counts = [0; Why::ALL.len()];
    for one in out {
        counts[one.why as usize] += 1;
    }
    let all = Why::ALL.into_iter().zip(counts);
    all.filter(|(_, count)| *count > 0).collect()
}
