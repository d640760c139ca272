//! Understanding where she lives from what the author types.
//!
//! Lives here: a postcode district, an authority, county, police area or town becomes
//! a [`Place`]; where the full postcode directory is loaded, a postcode too. Not here: the areas themselves (`geography`) or the shape of postcodes
//! (`postcode`). A new way of naming a place is one more step in [`resolve`].

use super::{
    geography::{Authority, Geography, Outcode, Point},
    place::{AuthorityHere, NamedArea, Place, PlaceError},
    postcode::{as_district, whole},
    words::{Words, say},
};
use crate::english::listed;

/// The place that `given` names.
pub(super) fn resolve(
    geography: &Geography,
    words: &Words,
    given: &str,
) -> Result<Place, PlaceError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(PlaceError::Nothing);
    }
    let find = Finder { geography, words };
    if let Some((outcode, trimmed)) = as_district(given) {
        return match whole(given).filter(|_| geography.postcodes().is_some()) {
            Some((outcode, inward)) => find.postcode(&outcode, inward),
            None => find.district(&outcode, trimmed),
        };
    }
    if let Some(place) = find.part_of_a_district(given) {
        return place;
    }
    find.authority(given)
        .or_else(|| find.county(given))
        .or_else(|| find.town(given))
        .or_else(|| find.police_area(given))
        .or_else(|| find.formerly(given))
        .map_or_else(|| find.part_of_a_name(given), Ok)
}

struct Finder<'g> {
    geography: &'g Geography,
    words: &'g Words,
}

impl Finder<'_> {
    fn district(&self, given: &str, trimmed: bool) -> Result<Place, PlaceError> {
        let Some(outcode) = self.geography.outcode(given) else {
            let letters: String = given
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            let outcode = given.to_owned();
            return Err(match self.geography.outside(&letters) {
                Some(nation) => PlaceError::Outside {
                    outcode,
                    nation: nation.to_owned(),
                },
                None => PlaceError::UnknownOutcode { outcode },
            });
        };
        let mut note = self.district_note(outcode);
        if trimmed {
            note.push(' ');
            note.push_str(&say(
                &self.words.place.postcode_trimmed,
                &[("outcode", given)],
            ));
        }
        let authorities = self.authorities(&outcode.authorities);
        let main = authorities.first().map_or("", |a| a.name.as_str());
        let label = format!("{given} ({main})");
        let mut place = self.place(label, &authorities, outcode.middle, note);
        place.outcode = Some(outcode.outcode.clone());
        place.approximate = authorities.len() > 1 || outcode.main_share.is_none();
        for minor in place.local_authorities.iter_mut().skip(1) {
            minor.likely = false;
        }
        Ok(place)
    }

    /// A whole postcode, of which the district and the authority are kept.
    fn postcode(&self, outcode: &str, inward: u16) -> Result<Place, PlaceError> {
        let words = &self.words.place;
        let Some(authority) = self.geography.authority_of(outcode, inward) else {
            let mut place = self.district(outcode, true)?;
            let unknown = say(&words.postcode_unknown, &[("outcode", outcode)]);
            place.note = format!("{unknown} {}", place.note);
            return Ok(place);
        };
        let values = [("outcode", outcode), ("main", authority.name.as_str())];
        let note = say(&words.postcode, &values);
        Ok(self.narrowed(outcode, authority, note))
    }

    /// A district with the authority in it, as a place's label gives it: `E8 (Hackney)`.
    fn part_of_a_district(&self, given: &str) -> Option<Result<Place, PlaceError>> {
        let (outcode, name) = given.split_once(['(', ','])?;
        let (outcode, false) = as_district(outcode)? else {
            return None;
        };
        let authority = self.geography.authority_named(name.trim_end_matches(')'))?;
        let district = self.geography.outcode(&outcode)?;
        let reached: Vec<String> = [district.authorities.as_slice(), &district.edge].concat();
        if !reached.contains(&authority.gss) {
            let options = self.names(&reached);
            return Some(Err(PlaceError::NotThere {
                outcode,
                authority: authority.name.clone(),
                options: options.into_iter().map(str::to_owned).collect(),
            }));
        }
        let values = [("outcode", outcode.as_str()), ("main", &authority.name)];
        let note = say(&self.words.place.outcode_narrowed, &values);
        Some(Ok(self.narrowed(&outcode, authority, note)))
    }

    fn narrowed(&self, outcode: &str, authority: &Authority, note: String) -> Place {
        let label = format!("{outcode} ({})", authority.name);
        let district = self.geography.outcode(outcode);
        let middle = district.map_or(authority.middle, |o| o.middle);
        Place {
            outcode: Some(outcode.to_owned()),
            approximate: false,
            ..self.place(label, &[authority], middle, note)
        }
    }

    fn district_note(&self, outcode: &Outcode) -> String {
        let words = &self.words.place;
        let name = outcode.outcode.as_str();
        let names = self.names(&outcode.authorities);
        let Some((main, others)) = names.split_first() else {
            return String::new();
        };
        let mut note = match outcode.main_share {
            None => say(
                &words.outcode_unsampled,
                &[("outcode", name), ("main", main)],
            ),
            Some(_) if others.is_empty() => {
                say(&words.outcode_one, &[("outcode", name), ("main", main)])
            }
            Some(share) => {
                let count = outcode.counted.map(|c| c.postcodes.to_string());
                let said = match count {
                    Some(_) => &words.outcode_counted,
                    None => &words.outcode_many,
                };
                let values = [
                    ("outcode", name),
                    ("main", main),
                    ("count", count.as_deref().unwrap_or_default()),
                    ("share", &percent(share)),
                    ("others", &listed(others)),
                ];
                say(said, &values)
            }
        };
        if let Some(left_out) = outcode.counted.map(|c| c.left_out).filter(|n| *n > 0) {
            let values = [("outcode", name), ("count", &left_out.to_string())];
            note.push(' ');
            note.push_str(&say(&words.outcode_left_out, &values));
        }
        if !outcode.edge.is_empty() {
            let others = listed(&self.names(&outcode.edge));
            note.push(' ');
            note.push_str(&say(
                &words.outcode_edge,
                &[("outcode", name), ("others", &others)],
            ));
        }
        note
    }

    fn authority(&self, given: &str) -> Option<Place> {
        let authority = self.geography.authority_named(given)?;
        let main = [("given", given), ("main", authority.name.as_str())];
        let former = authority
            .former
            .iter()
            .any(|f| f.eq_ignore_ascii_case(given));
        let mut note = say(&self.words.place.authority, &main);
        if former {
            note = format!("{} {note}", say(&self.words.place.authority_former, &main));
        }
        let label = authority.name.clone();
        Some(self.place(label, &[authority], authority.middle, note))
    }

    /// An authority under the name of one it replaced: `Allerdale`.
    fn formerly(&self, given: &str) -> Option<Place> {
        let (name, authority) = self.geography.formerly(given)?;
        let main = [("given", name), ("main", authority.name.as_str())];
        let words = &self.words.place;
        let note = format!(
            "{} {}",
            say(&words.authority_former, &main),
            say(&words.authority, &main)
        );
        let label = authority.name.clone();
        Some(self.place(label, &[authority], authority.middle, note))
    }

    fn county(&self, given: &str) -> Option<Place> {
        let county = self
            .geography
            .counties()
            .iter()
            .find(|c| c.eq_ignore_ascii_case(given))?;
        let districts: Vec<&Authority> = self
            .geography
            .authorities()
            .filter(|a| a.county.as_ref() == Some(county))
            .collect();
        let count = districts.len().to_string();
        let values = [("main", county.as_str()), ("count", &count)];
        let note = say(&self.words.place.county, &values);
        self.wide(county.clone(), &districts, note)
    }

    fn police_area(&self, given: &str) -> Option<Place> {
        let area = self
            .geography
            .police_areas()
            .find(|p| p.name.eq_ignore_ascii_case(given) || p.slug.eq_ignore_ascii_case(given))?;
        let within: Vec<&Authority> = self
            .geography
            .authorities()
            .filter(|a| a.police_area == area.slug)
            .collect();
        let note = say(&self.words.place.police_area, &[("main", &area.name)]);
        self.wide(area.name.clone(), &within, note)
    }

    fn town(&self, given: &str) -> Option<Place> {
        let (town, outcode) = self.geography.town(given)?;
        let mut place = self.district(&outcode.outcode, false).ok()?;
        let values = [("main", town), ("outcode", outcode.outcode.as_str())];
        place.note = format!("{} {}", say(&self.words.place.town, &values), place.note);
        place.approximate = true;
        Some(place)
    }

    /// A name of which the author typed part: `Newcastle`.
    fn part_of_a_name(&self, given: &str) -> Result<Place, PlaceError> {
        let wanted = given.to_lowercase();
        let fits = |name: &str| {
            let name = name.to_lowercase();
            name.match_indices(&wanted).any(|(at, _)| {
                !name[..at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphanumeric)
            })
        };
        let mut options: Vec<String> = self
            .geography
            .authorities()
            .filter(|a| fits(&a.name) || fits(&a.official_name))
            .map(|a| a.name.clone())
            .chain(
                self.geography
                    .counties()
                    .iter()
                    .filter(|c| fits(c))
                    .cloned(),
            )
            .collect();
        options.sort_unstable();
        options.dedup();
        let given = given.to_owned();
        match options.as_slice() {
            [] => Err(PlaceError::Unknown { given }),
            [one] => self
                .authority(one)
                .or_else(|| self.county(one))
                .ok_or(PlaceError::Unknown { given }),
            _ => Err(PlaceError::Ambiguous { given, options }),
        }
    }

    fn wide(&self, label: String, within: &[&Authority], note: String) -> Option<Place> {
        let count = u32::try_from(within.len()).ok().filter(|n| *n > 0)?;
        let sum = |part: fn(&Authority) -> f64| within.iter().map(|a| part(a)).sum::<f64>();
        let middle = Point {
            lat: sum(|a| a.middle.lat) / f64::from(count),
            long: sum(|a| a.middle.long) / f64::from(count),
        };
        Some(self.place(label, within, middle, note))
    }

    fn place(&self, label: String, within: &[&Authority], point: Point, note: String) -> Place {
        let mut place = Place {
            label,
            outcode: None,
            local_authorities: Vec::new(),
            pcc: Vec::new(),
            pdus: Vec::new(),
            regions: Vec::new(),
            point,
            approximate: true,
            note,
        };
        for authority in within {
            place.local_authorities.push(AuthorityHere {
                gss: authority.gss.clone(),
                name: authority.name.clone(),
                likely: true,
            });
            let police = self.geography.police_area(&authority.police_area);
            add(&mut place.pcc, police.map(|p| (&p.slug, &p.name)));
            for id in &authority.pdus {
                let unit = self.geography.unit(id);
                add(&mut place.pdus, unit.map(|u| (&u.id, &u.name)));
            }
            if !place.regions.contains(&authority.region) {
                place.regions.push(authority.region.clone());
            }
        }
        place
    }

    fn authorities(&self, codes: &[String]) -> Vec<&Authority> {
        codes
            .iter()
            .filter_map(|gss| self.geography.authority(gss))
            .collect()
    }

    fn names(&self, codes: &[String]) -> Vec<&str> {
        self.authorities(codes)
            .into_iter()
            .map(|a| a.name.as_str())
            .collect()
    }
}

/// A share in whole per cent; all but a few is never called all.
fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let most = if share < 1.0 { 99.0 } else { 100.0 };
    format!("{:.0}", rounded.min(most))
}

fn add(areas: &mut Vec<NamedArea>, area: Option<(&String, &String)>) {
    if let Some((id, name)) = area
        && !areas.iter().any(|a| a.id == *id)
    {
        areas.push(NamedArea {
            id: id.clone(),
            name: name.clone(),
        });
    }
}
