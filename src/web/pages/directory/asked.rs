//! What a search asks, read from its address and written back into one.
//!
//! Lives here: the names in the address. Not here: what is found, or how it looks. Only a
//! place and what a service offers may stand in an address, which are nobody's. A new
//! filter is a field of `Filters`, a pair in [`Asked::pairs`] and its reading in
//! [`Asked::of`].

use crate::{
    directory::{
        Setting,
        search::{Filters, Sort},
    },
    web::form::Form,
};

/// How many services stand on a page.
pub const ON_A_PAGE: usize = 20;
/// The longest text of a box that is taken.
const LONGEST: usize = 100;

/// Names of the settings in an address.
pub const SETTINGS: [(&str, Setting); 4] = [
    ("women-only", Setting::WomenOnly),
    ("session", Setting::MixedWithWomensSession),
    ("mixed", Setting::Mixed),
    ("unknown", Setting::Unknown),
];

/// Names of the orders in an address, with their words.
pub const SORTS: [(&str, Sort, &str); 4] = [
    ("best", Sort::Best, "Best fit first"),
    ("nearest", Sort::Nearest, "Nearest first"),
    ("name", Sort::Name, "Name"),
    ("checked", Sort::Checked, "Last checked first"),
];

/// One search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words typed.
    pub words: String,
    /// Place typed.
    pub area: String,
    /// What a service must offer.
    pub filters: Filters,
    /// In what order.
    pub sort: Sort,
    /// With a map.
    pub map: bool,
    /// Which page, from 1.
    pub page: usize,
}

impl Asked {
    /// Reads an address.
    #[must_use]
    pub fn of(form: &Form) -> Self {
        let text = |name: &str| form.one(name).chars().take(LONGEST).collect();
        let settings = form.all("setting");
        let settings = SETTINGS
            .into_iter()
            .filter(|(n, _)| settings.iter().any(|s| s == n));
        let sort = SORTS
            .into_iter()
            .find(|(name, ..)| *name == form.one("sort"));
        Self {
            words: text("words"),
            area: text("area"),
            filters: Filters {
                themes: form.all("need"),
                settings: settings.map(|(_, setting)| setting).collect(),
                terms: form.all("has"),
                languages: form.all("language"),
                accepting: form.one("accepting") == "yes",
                checked: form.one("checked") == "yes",
                ended: form.one("ended") == "yes",
            },
            sort: sort.map(|(_, sort, _)| sort).unwrap_or_default(),
            map: form.one("view") == "map",
            page: form.one("page").parse().unwrap_or(1).max(1),
        }
    }

    /// The address of the search.
    #[must_use]
    pub fn address(&self) -> String {
        address_with(self.pairs())
    }

    /// The address of the search at another page.
    #[must_use]
    pub fn at_page(&self, page: usize) -> String {
        Self {
            page,
            ..self.clone()
        }
        .address()
    }

    /// The address of the search with or without a map.
    #[must_use]
    pub fn with_map(&self, map: bool) -> String {
        Self {
            map,
            ..self.clone()
        }
        .address()
    }

    /// The address of the search without one pair, from its first page.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> String {
        let first = Self {
            page: 1,
            ..self.clone()
        };
        let mut pairs = first.pairs();
        pairs.retain(|(n, v)| !(*n == name && v == value));
        address_with(pairs)
    }

    /// The address of the search without any filter.
    #[must_use]
    pub fn without_filters(&self) -> String {
        Self {
            filters: Filters::default(),
            page: 1,
            ..self.clone()
        }
        .address()
    }

    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut add = |name, value: &str| {
            if !value.is_empty() {
                pairs.push((name, value.to_owned()));
            }
        };
        add("words", &self.words);
        add("area", &self.area);
        let filters = &self.filters;
        filters.themes.iter().for_each(|v| add("need", v));
        for (name, setting) in SETTINGS {
            if filters.settings.contains(&setting) {
                add("setting", name);
            }
        }
        filters.terms.iter().for_each(|v| add("has", v));
        filters.languages.iter().for_each(|v| add("language", v));
        let yes = |is: bool| if is { "yes" } else { "" };
        add("accepting", yes(filters.accepting));
        add("checked", yes(filters.checked));
        add("ended", yes(filters.ended));
        if self.sort != Sort::default() {
            let named = SORTS.iter().find(|(_, sort, _)| *sort == self.sort);
            add("sort", named.map_or("", |(name, ..)| name));
        }
        add("view", if self.map { "map" } else { "" });
        if self.page > 1 {
            add("page", &self.page.to_string());
        }
        pairs
    }
}

fn address_with(pairs: Vec<(&'static str, String)>) -> String {
    if pairs.is_empty() {
        return "/directory".into();
    }
    let mut written = form_urlencoded::Serializer::new(String::new());
    format!("/directory?{}", written.extend_pairs(pairs).finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str) -> Asked {
        let query = address.split_once('?').map_or("", |(_, query)| query);
        let pairs = form_urlencoded::parse(query.as_bytes()).into_owned();
        Asked::of(&Form::new(pairs.collect()))
    }

    #[test]
    fn an_address_says_exactly_what_was_asked() {
        let address = "/directory?words=cr%C3%A8che+%26+more&area=RG14&need=safety&need=finance&setting=women-only&has=facility%2Fcreche&language=Polish&accepting=yes&checked=yes&ended=yes&sort=name&view=map&page=3";
        let asked = read(address);
        assert_eq!(asked.words, "crèche & more");
        assert_eq!(asked.address(), address);
        assert_eq!(
            read(&asked.without("need", "safety")).filters.themes,
            ["finance"]
        );
        assert_eq!(read(&asked.without("need", "safety")).page, 1);
        assert_eq!(read(&asked.without_filters()).filters, Filters::default());
        assert_eq!(Asked::of(&Form::default()).address(), "/directory");
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let asked = read("/directory?setting=x&sort=y&page=-1&accepting=1");
        assert_eq!(asked.address(), "/directory");
        let long = format!("/directory?words={}", "a".repeat(5000));
        assert_eq!(read(&long).words.len(), LONGEST);
    }
}
