//! How well one service suits her, in integers: what it is offered for, or why it is
//! not, and where it comes in the order.
//!
//! Lives here: the order. Not here: what a fact means for her (`wanted`), going through
//! the services (`matching`), or any sentence. Something that should count is a line of
//! [`Weigher::suits`]; something that keeps a service out is a line of
//! [`Weigher::kept_out`] and a [`Why`].

use super::{
    Directory,
    avoid::Whether,
    compact::{Row, Themes, as_u32},
    found::{Ask, Why},
    index::{How, Near, Tier},
    reasons::Met,
    service::{Partnership, Setting, State},
    vocabulary::TermSet,
    wanted::{Has, Wanted},
};
use crate::needs::Wish;

/// What a service would be offered for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Offers {
    /// Themes its own record names.
    pub(super) stated: Themes,
    /// Themes only the contract it partners in names.
    pub(super) via_prime: Themes,
    /// Themes it is broad enough to be asked about.
    pub(super) may_help: Themes,
    /// Groups of hers that it is a specialist for.
    pub(super) specialist: TermSet,
    /// It is a residential alternative, and one is looked for.
    pub(super) residential: bool,
}

impl Offers {
    fn nothing(&self) -> bool {
        self.stated | self.via_prime | self.may_help == 0
            && self.specialist.is_empty()
            && !self.residential
    }

    /// Themes that its record names, or its contract.
    pub(super) fn names(&self) -> Themes {
        self.stated | self.via_prime
    }
}

/// What becomes of a service.
#[derive(Debug, Clone, Copy)]
pub(super) enum Verdict {
    /// It is offered; the smaller the number, the earlier, but for distance and name.
    Offer(u64, Offers),
    /// It is not offered, and which of her themes its record names.
    KeepOut(Why, Themes),
    /// It is national and for something else: no news here.
    Silent,
}

/// Weighs services for one ask.
pub(super) struct Weigher<'a> {
    pub(super) directory: &'a Directory,
    pub(super) wanted: &'a Wanted,
    /// For each of the place's authorities, the numbers that cover it.
    pub(super) here: Vec<[Option<u32>; 2]>,
}

impl<'a> Weigher<'a> {
    pub(super) fn judge(&self, near: Near) -> Verdict {
        let row = self.directory.rows.row(near.service);
        let names = row.themes & self.wanted.themes;
        match row.state {
            State::Historic => return Verdict::KeepOut(Why::Historic, names),
            State::NotOpen => return Verdict::KeepOut(Why::NotOpen, names),
            State::Listed | State::Unknown => {}
        }
        let offers = self.offers(near, row);
        if !self.wanted.needs.is_empty() && offers.nothing() {
            return if near.how == How::National {
                Verdict::Silent
            } else {
                Verdict::KeepOut(Why::OtherNeed, 0)
            };
        }
        match self.kept_out(near.service, row) {
            Some(why) => Verdict::KeepOut(why, offers.names()),
            None => Verdict::Offer(self.order(near, row, &offers), offers),
        }
    }

    /// What speaks so strongly against a service for her that it is not offered.
    fn kept_out(&self, service: u32, row: &Row) -> Option<Why> {
        if self.wanted.closed(row) {
            Some(Why::Closed)
        } else if self.wanted.is_wrongly_mixed(row) {
            Some(Why::Mixed)
        } else if self.whether_avoided(service) == Whether::Wholly {
            Some(Why::Avoid)
        } else if !self.wanted.age_fits(row) {
            Some(Why::Age)
        } else {
            None
        }
    }

    pub(super) fn whether_avoided(&self, service: u32) -> Whether {
        let whereabouts = &self.directory.whereabouts;
        self.wanted.avoided.whether(service, whereabouts)
    }

    pub(super) fn offers(&self, near: Near, row: &Row) -> Offers {
        let asked = self.wanted.themes;
        let stated = row.themes & asked;
        let left = asked & !stated;
        let via_prime = if row.partner() && left != 0 {
            left & self.through_primes(near)
        } else {
            0
        };
        let may_help = if row.broad() && near.how <= How::Police {
            left & !via_prime
        } else {
            0
        };
        Offers {
            stated,
            via_prime,
            may_help,
            specialist: row.stated.and(self.wanted.specialist),
            residential: self.wanted.residential && row.residential(),
        }
    }

    /// The themes of the contracts that it partners in and that cover her.
    fn through_primes(&self, near: Near) -> Themes {
        self.primes_here(near)
            .fold(0, |all, prime| all | self.directory.rows.row(prime).themes)
    }

    /// The primes of contracts that it partners in and that cover her.
    pub(super) fn primes_here(&self, near: Near) -> impl Iterator<Item = u32> {
        let here = self.here.get(usize::from(near.authority)).copied();
        let primes = self.directory.rows.primes(near.service).iter().copied();
        primes.filter(move |p| here.is_some_and(|h| self.directory.index.covers(*p, h)))
    }

    /// What a service is offered for, in the words of the ask.
    pub(super) fn met(&self, near: Near, offers: &Offers, ask: &'a Ask<'_>) -> Met<'a> {
        let directory = self.directory;
        let service = &directory.services[near.service as usize];
        let primes: Vec<u32> = self.primes_here(near).collect();
        let partner_in: Vec<&Partnership> = service
            .partner_in
            .iter()
            .filter(|p| {
                let at = directory.position(&p.prime).map(as_u32);
                at.is_some_and(|at| primes.contains(&at))
            })
            .collect();
        let themes = |bits: Themes| {
            let needs = ask.needs.iter().zip(&self.wanted.needs);
            needs
                .filter(move |(_, wanted)| bits & wanted.theme != 0)
                .map(|(need, _)| need.theme.as_str())
        };
        let names = |p: &Partnership, theme: &str| {
            let prime = directory.service(&p.prime);
            prime.is_some_and(|prime| prime.names(theme))
        };
        Met {
            stated: themes(offers.stated).collect(),
            via_prime: themes(offers.via_prime)
                .filter_map(|theme| {
                    let prime = partner_in.iter().find(|p| names(p, theme))?;
                    Some((theme, *prime))
                })
                .collect(),
            may_help: themes(offers.may_help).collect(),
            partner_in,
        }
    }

    /// The order, all but distance and name: tier, area, referrals paused, needs, what
    /// else suits her, and a contract before a record that only gives the area.
    fn order(&self, near: Near, row: &Row, offers: &Offers) -> u64 {
        let sum = |themes, level| self.weight_of(themes, row, level);
        let stated = sum(offers.stated, true);
        let via_prime = sum(offers.via_prime, true);
        let may_help = sum(offers.may_help, false);
        let suits = u64::from(i8::MAX.abs_diff(self.suits(near.service, row, offers)));
        let tier = match near.tier {
            Tier::Likely => 0,
            Tier::Unlikely => 1,
            Tier::National => 2,
        };
        let uncertain = near.how == How::Police && !row.contract();
        let mut order = Packed::default();
        order.add(2, tier);
        order.add(3, near.how.fit() as u64);
        order.add(1, u64::from(self.wanted.paused(row)));
        order.add(16, best_first(stated));
        order.add(16, best_first(via_prime));
        order.add(16, best_first(may_help));
        order.add(8, suits);
        order.add(1, u64::from(uncertain));
        order.0
    }

    /// The weights of some needs; a level that covers hers counts more than one not
    /// stated, which counts more than one that does not reach hers.
    fn weight_of(&self, themes: Themes, row: &Row, levels: bool) -> u32 {
        let mut sum = 0;
        for need in &self.wanted.needs {
            if themes & need.theme == 0 {
                continue;
            }
            let grade = match Wanted::level(row, need.level) {
                Has::Yes => 4,
                Has::Unknown => 3,
                Has::No => 2,
            };
            sum += need.weight * if levels { grade } else { 1 };
        }
        sum
    }

    /// What else speaks for it (positive) or against it (negative). Unknown is nought.
    fn suits(&self, service: u32, row: &Row, offers: &Offers) -> i8 {
        let wanted = self.wanted;
        let mut suits = match (wanted.women_only, row.setting) {
            (Wish::Open, _) | (_, Setting::Unknown) => 0,
            (Wish::Prefers, Setting::WomenOnly) => 2,
            (Wish::Prefers, Setting::MixedWithWomensSession) => 1,
            (Wish::Needs, Setting::WomenOnly) => 4,
            (Wish::Prefers, Setting::Mixed)
            | (Wish::Needs, Setting::MixedWithWomensSession | Setting::Mixed) => -2,
        };
        suits += wish(wanted.childcare, || wanted.childcare(row));
        suits += wish(wanted.children_with_her, || wanted.children_with_her(row));
        suits += small(offers.specialist.len()) * 2;
        suits += small(row.stated.and(wanted.access).len()) * 2;
        suits -= small(row.denied.and(wanted.access).len()) * 2;
        if !wanted.languages.is_empty() {
            let spoken = self.directory.rows.languages(service);
            let hers = wanted.languages.iter().flatten();
            suits += small(hers.filter(|l| spoken.contains(l)).count()) * 2;
        }
        if wanted.travel_hard && !wanted.travel(row).is_empty() {
            suits += 1;
        }
        if wanted.is_busy() {
            suits += points(wanted.openings(self.directory.rows.openings(service)));
        }
        suits += points(wanted.order(row)) * 2;
        for against in [
            row.full(),
            wanted.has_waiting_list(row),
            wanted.funding_unconfirmed(row),
            wanted.outlives_funding(row),
            wanted.starts_too_late(row),
            wanted.assesses_too_slowly(row),
        ] {
            suits -= i8::from(against);
        }
        suits
    }
}

/// Numbers put behind one another, the first the most significant.
#[derive(Default)]
struct Packed(u64);

impl Packed {
    fn add(&mut self, bits: u32, number: u64) {
        self.0 = (self.0 << bits) | number.min((1 << bits) - 1);
    }
}

/// The greater, the smaller.
fn best_first(sum: u32) -> u64 {
    u64::from(u16::MAX - u16::try_from(sum).unwrap_or(u16::MAX))
}

fn small<N: TryInto<i8>>(count: N) -> i8 {
    // More than ten of anything she needs count as ten.
    count.try_into().unwrap_or(10).min(10)
}

fn points(has: Has) -> i8 {
    match has {
        Has::Yes => 1,
        Has::Unknown => 0,
        Has::No => -1,
    }
}

fn wish(wish: Wish, has: impl Fn() -> Has) -> i8 {
    match wish {
        Wish::Open => 0,
        Wish::Prefers => points(has()),
        Wish::Needs => points(has()) * 2,
    }
}
