//! Pages as typed contexts and embedded Tera templates.
//!
//! Lives here: loading and rendering. Not here: any page. Tera notices a misspelt
//! component argument only when it renders, so every page brings samples and a test
//! renders each of them.

use serde::Serialize;
use tera::{Context, Tera};

use super::{assets::AssetFolder, pages};
use crate::store::{ReportId, Role, Roles};

/// One page: a typed context with its template.
pub trait Page: Serialize + Sized {
    /// Name of the template, such as `sign_in.html`.
    const NAME: &'static str;
    /// Text of the template.
    const HTML: &'static str;

    /// Title of the page, unlike any other's in the same place.
    fn title(&self) -> String;

    /// Contexts that between them show every state of the page.
    fn samples() -> Vec<Self>;

    /// True where the page shows faults, so that the title says so first.
    fn has_errors(&self) -> bool {
        false
    }

    /// True where it is a document to be handed on, whose title names neither Foreword nor
    /// what it is about.
    fn handed_on(&self) -> bool {
        false
    }

    /// True where it shows a report that describes nobody.
    fn fictional(&self) -> bool {
        false
    }
}

/// An entry of the navigation bar.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationItem {
    href: &'static str,
    text: &'static str,
    here: bool,
    /// How many things wait there; 0 where they are not counted.
    count: usize,
}

/// Where what an author waits for is listed, which the navigation counts.
const REPLIES: &str = "/replies";

impl NavigationItem {
    fn new(href: &'static str, text: &'static str) -> Self {
        Self {
            href,
            text,
            here: false,
            count: 0,
        }
    }

    /// Where the work of a role is, beside what everybody can use.
    fn of(role: Role) -> &'static [(&'static str, &'static str)] {
        match role {
            Role::Author => &[
                ("/reports", "My reports"),
                ("/worklist", "Enquiries outstanding"),
                (REPLIES, "Replies and checks"),
            ],
            Role::Countersigner => &[("/checks", "Reports to check")],
            Role::DirectoryEditor => &[("/directory/mine", "My entries")],
            Role::AreaLead => &[("/area", "My area")],
            Role::Administrator => &[("/accounts", "Accounts"), ("/records", "Records")],
            Role::Auditor => &[("/audit", "Audit trail"), ("/openings", "Reports opened")],
            Role::Assessor => &[("/centre", "Referrals to my centre")],
        }
    }
}

/// What a kind of account can use, with the entry that an address lies under.
fn navigation(roles: Roles, waiting: usize, path: &str) -> Vec<NavigationItem> {
    let own = roles.iter().flat_map(NavigationItem::of);
    // An author finds what she is asked to check below her own reports.
    let own = own.filter(|(href, _)| *href != "/checks" || !roles.has(Role::Author));
    let mut items: Vec<NavigationItem> = own
        .map(|(href, text)| NavigationItem::new(href, text))
        .collect();
    items.extend([
        NavigationItem::new("/directory", "Find services"),
        NavigationItem::new("/law", "Law"),
        NavigationItem::new("/themes", "Themes"),
    ]);
    if let Some(item) = items.iter_mut().find(|item| item.href == REPLIES) {
        item.count = waiting;
    }
    // One address may lie under another: the longer one is where somebody is.
    let under = items.iter_mut().filter(|item| path.starts_with(item.href));
    if let Some(item) = under.max_by_key(|item| item.href.len()) {
        item.here = true;
    }
    items
}

/// Who is signed in, and for how long.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    /// The name the header shows.
    pub name: String,
    /// Id of the account, so that a page can tell when another one signs in.
    pub account: String,
    /// What the person is here to do: decides what the navigation offers.
    #[serde(skip)]
    pub roles: Roles,
    /// How many replies and checks an author waits for, or wait for her.
    #[serde(skip)]
    pub waiting: usize,
    /// Seconds without a request after which the session ends.
    pub idle: i64,
    /// Seconds after which it ends, whatever happens.
    pub ends_in: i64,
}

impl Who {
    /// Somebody, for samples and benches.
    #[must_use]
    pub fn sample(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            account: "1".into(),
            roles: Role::Author.into(),
            waiting: 2,
            idle: 3600,
            ends_in: 43200,
        }
    }
}

/// What surrounds a page: everything that depends on the visit.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    /// Title of the browser's tab.
    pub title: String,
    /// This answer's nonce for scripts.
    pub nonce: String,
    /// Token for forms.
    pub csrf: String,
    /// Where the assets are.
    pub assets: AssetFolder,
    /// Who is signed in.
    pub signed_in: Option<Who>,
    /// Where their work begins.
    pub home: NavigationItem,
    /// The report whose page this is; every form of the page names it, so that text
    /// of one can never be taken in by another.
    pub report: Option<ReportId>,
    /// The navigation bar.
    pub navigation: Vec<NavigationItem>,
    /// True where the report describes nobody.
    pub fictional: bool,
}

impl Chrome {
    /// The surroundings of one page, at one address.
    #[must_use]
    pub fn around<P: Page>(
        page: &P,
        nonce: &str,
        csrf: String,
        signed_in: Option<Who>,
        path: &str,
    ) -> Self {
        let error = if page.has_errors() { "Error: " } else { "" };
        // The header's name leads an unknown visitor where an author begins: to sign in.
        let stranger = Roles::from(Role::Author);
        let roles = signed_in.as_ref().map_or(stranger, |who| who.roles);
        let waiting = signed_in.as_ref().map_or(0, |who| who.waiting);
        let navigation = navigation(roles, waiting, path);
        Self {
            title: if page.handed_on() {
                page.title()
            } else {
                format!("{error}{} – Foreword", page.title())
            },
            nonce: nonce.to_owned(),
            csrf,
            assets: AssetFolder::current(),
            home: NavigationItem {
                here: false,
                ..navigation[0].clone()
            },
            navigation,
            signed_in,
            report: report_in(path),
            fictional: page.fictional(),
        }
    }
}

/// The report that an address is about.
#[must_use]
pub fn report_in(path: &str) -> Option<ReportId> {
    let below = ["/reports/", "/checks/", "/colleagues/", "/records/"]
        .into_iter()
        .find_map(|start| path.strip_prefix(start))?;
    let id = below.split('/').next()?;
    id.parse().ok()
}

/// The templates, loaded and linked.
#[derive(Debug)]
pub struct Templates(Tera);

const SHARED: &[(&str, &str)] = &[
    ("layout.html", include_str!("components/layout.html")),
    (
        "consultancy_parts.html",
        include_str!("components/consultancy.html"),
    ),
    ("letters.html", include_str!("components/letters.html")),
    ("govuk.html", include_str!("components/govuk.html")),
    ("fields.html", include_str!("components/fields.html")),
    ("report.html", include_str!("components/report.html")),
    ("saving.html", include_str!("components/saving.html")),
    ("second_parts.html", include_str!("components/second.html")),
    ("weeks.html", include_str!("components/weeks.html")),
    (
        "wording_parts.html",
        include_str!("components/wording.html"),
    ),
    (
        "relied_on_parts.html",
        include_str!("components/relied_on.html"),
    ),
    (
        "services_parts.html",
        include_str!("components/services.html"),
    ),
    (
        "directory_parts.html",
        include_str!("components/directory.html"),
    ),
    (
        "enquiries_parts.html",
        include_str!("components/enquiries.html"),
    ),
    (
        "keeping_parts.html",
        include_str!("components/keeping.html"),
    ),
    (
        "section_parts.html",
        include_str!("components/section.html"),
    ),
    (
        "second_step_parts.html",
        include_str!("components/second_step.html"),
    ),
    ("people_parts.html", include_str!("components/people.html")),
    ("law_parts.html", include_str!("components/law.html")),
];

impl Templates {
    /// Loads every template.
    ///
    /// # Errors
    /// A template that does not parse or names what does not exist.
    pub fn load() -> Result<Self, tera::Error> {
        let mut tera = Tera::default();
        let pages = pages::all().into_iter().map(|p| (p.name, p.html));
        tera.add_raw_templates(SHARED.iter().copied().chain(pages))?;
        Ok(Self(tera))
    }

    /// Renders a page in its surroundings.
    ///
    /// # Errors
    /// A template that names what its context lacks.
    pub fn render<P: Page>(&self, page: &P, chrome: &Chrome) -> Result<String, tera::Error> {
        self.0.render(P::NAME, &Self::context(page, chrome))
    }

    fn context<P: Page>(page: &P, chrome: &Chrome) -> Context {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("chrome", chrome);
        context
    }

    /// The template of a page, rendered with what it is given ready made: the floor
    /// that benches hold a whole answer against.
    pub fn bare<P: Page>(
        &self,
        page: &P,
        chrome: &Chrome,
    ) -> impl Fn() -> Result<String, tera::Error> + use<'_, P> {
        let context = Self::context(page, chrome);
        move || self.0.render(P::NAME, &context)
    }
}

/// A page as the list in `pages` holds it: its template, and its samples rendered.
pub struct Registered {
    /// Name of the template.
    pub name: &'static str,
    /// Text of the template.
    pub html: &'static str,
    /// Renders every sample, as somebody signed in or not.
    #[cfg(test)]
    pub render_samples: fn(&Templates, Option<&str>) -> Result<Vec<String>, tera::Error>,
}

impl Registered {
    /// Enters a page in the list.
    #[must_use]
    pub fn page<P: Page>() -> Self {
        Self {
            name: P::NAME,
            html: P::HTML,
            #[cfg(test)]
            render_samples: |templates, who| {
                let render = |page: P| {
                    let who = who.map(Who::sample);
                    let chrome = Chrome::around(&page, "n0nce", "t0ken".into(), who, "/reports");
                    templates.render(&page, &chrome)
                };
                P::samples().into_iter().map(render).collect()
            },
        }
    }
}
