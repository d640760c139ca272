//! Made-up services over the real geography, for measuring at scale.
//!
//! Lives here: how many of what, so that the mix is near the real directory's with
//! council feeds imported: most name councils, some a delivery unit, a quarter work
//! across a police area, a few across a region or the nation, a few are contracts with
//! partners. Each has about fifteen terms and attributes; a third of everything is left
//! unknown. The same count gives the same services on every machine.

use chrono::{Days, NaiveDate, NaiveTime};
use foreword::{
    case::Day,
    directory::{
        Area, AsAt, Directory, Geography, Record,
        facts::{Capacity, Facts, Funding, Location, Opening, Stated, Verified},
    },
};

/// Numbers that look random and are the same each time (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % count.max(1) as u64).unwrap_or(0)
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.roll() % 100 < percent
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

const LANGUAGES: [&str; 12] = [
    "English",
    "Polish",
    "Urdu",
    "Punjabi",
    "Romanian",
    "Arabic",
    "Bengali",
    "Gujarati",
    "Somali",
    "Welsh",
    "Portuguese",
    "Lithuanian",
];
const KINDS: [&str; 5] = [
    "women's centre",
    "counselling",
    "advice",
    "housing support",
    "creative project",
];
const WORDS: [&str; 8] = [
    "accommodation",
    "debt",
    "substance misuse",
    "mental health",
    "employment",
    "domestic abuse",
    "parenting",
    "drop-in",
];

/// Records of that many services.
pub fn records(directory: &Directory, count: usize, today: NaiveDate) -> Vec<Record> {
    let geography = directory.geography();
    let mut outcodes: Vec<&str> = geography.outcodes().map(|o| o.outcode.as_str()).collect();
    outcodes.sort_unstable();
    let mut maker = Maker {
        directory,
        geography,
        outcodes,
        today,
        dice: Dice(2026),
    };
    (0..count).map(|at| maker.record(at, count)).collect()
}

struct Maker<'d> {
    directory: &'d Directory,
    geography: &'d Geography,
    outcodes: Vec<&'d str>,
    today: NaiveDate,
    dice: Dice,
}

impl Maker<'_> {
    fn record(&mut self, at: usize, count: usize) -> Record {
        // More districts where more people live, so that towns have more services.
        let outcode = *self.dice.pick(&self.outcodes);
        let (area, contract, partner) = self.area(outcode, at, count);
        let mut record = Record {
            id: format!("00000000-0000-4000-8000-{at:012}"),
            name: format!("{} {}", ["Open Door", "Lantern", "Juniper"][at % 3], at),
            organisation: format!("Organisation {}", at / 3),
            kind: (*self.dice.pick(&KINDS)).to_owned(),
            area,
            setting_words: Vec::new(),
            service_types: vec![(*self.dice.pick(&WORDS)).to_owned()],
            contract,
            partner_contracts: partner,
            referral_routes: "probation; self".into(),
            status: if self.dice.chance(4) {
                "historic mention"
            } else {
                "active at source date"
            }
            .into(),
            as_at: AsAt::read("2026-10-30"),
            confidence: "made up".into(),
            website: "https://example.org".into(),
            source: "made up for measuring".into(),
            ..Record::default()
        };
        record.facts = self.facts(outcode);
        record
    }

    fn area(
        &mut self,
        outcode: &str,
        at: usize,
        count: usize,
    ) -> (Area, Option<String>, Vec<String>) {
        let gss = self
            .geography
            .outcode(outcode)
            .map_or("", |o| &o.authorities[0]);
        let Some(authority) = self.geography.authority(gss) else {
            return (Area::default(), None, Vec::new());
        };
        let mut area = Area {
            text: authority.name.clone(),
            police_areas: vec![authority.police_area.clone()],
            regions: vec![authority.region.clone()],
            ..Area::default()
        };
        let contracts = count / 100;
        match self.dice.roll() % 100 {
            _ if at < contracts => return (area, Some(format!("C{at}")), Vec::new()),
            0..58 => {
                area.local_authorities = vec![authority.gss.clone()];
                let near = authority
                    .pdus
                    .first()
                    .and_then(|id| self.geography.unit(id));
                let next = near.and_then(|unit| unit.authorities.last());
                if let Some(next) = next.filter(|n| **n != authority.gss && at.is_multiple_of(3)) {
                    area.local_authorities.push(next.clone());
                }
            }
            58..64 => area.pdus.clone_from(&authority.pdus),
            64..86 => {}
            86..92 => area.police_areas = Vec::new(),
            92..95 => {
                area = Area {
                    text: "national".into(),
                    national: true,
                    ..Area::default()
                };
            }
            _ => {
                let contract = self.dice.below(contracts.max(1));
                return (area, None, vec![format!("C{contract}")]);
            }
        }
        (area, None, Vec::new())
    }

    fn terms(&mut self) -> Vec<Stated> {
        let mut terms = Vec::new();
        for (taxonomy, percent, most) in [
            ("gender-setting", 75, 1),
            ("crs-theme", 90, 4),
            ("complexity", 60, 3),
            ("referral-route", 80, 3),
            ("referral-state", 70, 1),
            ("order-fit", 70, 2),
            ("facility", 80, 3),
            ("access", 60, 2),
            ("specialist-for", 15, 1),
        ] {
            if !self.dice.chance(percent) {
                continue;
            }
            let of: Vec<String> = self
                .directory
                .vocabulary()
                .of(taxonomy)
                .map(foreword::directory::Term::key)
                .collect();
            for _ in 0..=self.dice.below(most) {
                let term = self.dice.pick(&of).clone();
                if terms.iter().all(|t: &Stated| t.term != term) {
                    let no = taxonomy == "facility" && self.dice.chance(20);
                    terms.push(Stated {
                        no,
                        ..Stated::yes(term)
                    });
                }
            }
        }
        terms
    }

    fn facts(&mut self, outcode: &str) -> Facts {
        let clock = |hour: usize| NaiveTime::from_hms_opt(u32::try_from(hour).unwrap_or(9), 0, 0);
        let mut facts = Facts {
            terms: self.terms(),
            minimum_age: self.dice.chance(60).then_some(18),
            languages: vec![
                LANGUAGES[0].to_owned(),
                (*self.dice.pick(&LANGUAGES)).to_owned(),
            ],
            court_assessment_days: self.dice.chance(30).then_some(5),
            waiting_days: self.dice.chance(20).then_some(14),
            locations: vec![Location {
                postcode: format!("{outcode} 1AA"),
                ..Location::default()
            }],
            owner: "an organisation".into(),
            ..Facts::default()
        };
        for _ in 0..self.dice.below(3) {
            let from = 9 + self.dice.below(4);
            facts.openings.push(Opening {
                days: vec![*self.dice.pick(&Day::ALL)],
                from: clock(from),
                to: clock(from + 3),
                ..Opening::default()
            });
        }
        if self.dice.chance(40) {
            facts.capacity.push(Capacity {
                unit: "place".into(),
                available: u32::try_from(self.dice.below(5)).ok(),
                maximum: Some(12),
                updated: Some(self.today),
                note: String::new(),
            });
        }
        if self.dice.chance(50) {
            facts.funding.push(Funding {
                funder: "a funder".into(),
                ends: self
                    .today
                    .checked_add_days(Days::new(self.dice.roll() % 700)),
                note: String::new(),
            });
        }
        if self.dice.chance(50) {
            let on = self
                .today
                .checked_sub_days(Days::new(self.dice.roll() % 120));
            facts.verified = on.map(|on| Verified {
                on,
                by: "centre manager".into(),
                how: "phone".into(),
            });
        }
        facts
    }
}
