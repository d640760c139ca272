//! The fields of an account's page, and reading them.
//!
//! Not here: what is done with them (`account`).

use crate::{
    store::{Role, Roles, Team, TeamId},
    web::{
        error::Error,
        fields::{Control, FieldView},
        form::Form,
        state::AppState,
    },
};

pub(super) const ROLES: &str = "roles";
pub(super) const TEAM: &str = "team";
pub(super) const KEEPS: &str = "keeps";
pub(super) const CENTRES: &str = "centres";
pub(super) const WHY: &str = "why";
pub(super) const NO_TEAM: &str = "none";

pub(super) fn team_field(teams: &[Team]) -> FieldView {
    let named = teams.iter().map(|team| {
        let label = format!("{}, {}", team.name, team.area);
        (team.id.to_string(), label, String::new())
    });
    let none = (
        NO_TEAM.to_owned(),
        "No team".to_owned(),
        "She has no colleagues here".to_owned(),
    );
    FieldView::new(Control::Radios, TEAM, "Team")
        .hint("People of one team can read each other’s reports, but not those that are restricted, and take one over")
        .hinted_options(named.chain([none]))
}

/// Why an administrator takes the second step off an account.
pub(super) fn why_field() -> FieldView {
    FieldView::new(Control::Line, WHY, "Why you take it off")
        .hint("Such as: she lost her telephone, and showed me her pass. She reads this when she next signs in.")
}

pub(super) fn roles_field() -> FieldView {
    let options = Role::ALL.into_iter().map(|role| {
        let does = match role {
            Role::Author => "Writes reports",
            Role::Countersigner => "Can be asked to check a colleague’s report",
            Role::Assessor => "Answers for a women’s centre, and sees what is referred to it",
            Role::DirectoryEditor => "Keeps an organisation’s entries of the directory",
            Role::AreaLead => "Sees the people and numbers of her team’s area, and no report",
            Role::Administrator => "Looks after accounts and teams, and sees no report",
            Role::Auditor => "Reads who did what, and sees no report",
        };
        (
            role.to_string(),
            crate::english::capital(role.title()),
            does.to_owned(),
        )
    });
    FieldView::new(
        Control::Checkboxes,
        ROLES,
        "What is this person here to do?",
    )
    .hinted_options(options)
}

pub(super) fn new_fields(teams: &[Team]) -> Vec<FieldView> {
    vec![
        FieldView::new(Control::Line, "name", "Full name"),
        FieldView::new(Control::Email, "email", "Email address")
            .hint("To sign in with. Nothing is sent to it."),
        roles_field(),
        FieldView::new(
            Control::Text,
            KEEPS,
            "Organisations whose entries she keeps",
        )
        .hint("For a directory editor. One a line, spelt as the directory spells them")
        .rows(3),
        FieldView::new(Control::Text, CENTRES, "Women’s centres she answers for")
            .hint("For an assessor. One a line, spelt as the directory spells them")
            .rows(3),
        team_field(teams).value(NO_TEAM),
    ]
}

pub(super) fn roles_in(form: &Form) -> Option<Roles> {
    let words = form.all(ROLES);
    words.iter().map(|word| word.parse::<Role>().ok()).collect()
}

pub(super) fn lines_in(form: &Form, name: &str) -> Vec<String> {
    let lines = form.one(name).lines().map(str::trim);
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The team chosen, or that none is.
///
/// # Errors
/// There is no such team.
pub(super) fn team_in(form: &Form, teams: &[Team]) -> Result<Option<TeamId>, Error> {
    match form.one(TEAM) {
        "" | NO_TEAM => Ok(None),
        id => {
            let team = teams.iter().find(|t| t.id.to_string() == id);
            team.map(|t| Some(t.id)).ok_or_else(Error::not_understood)
        }
    }
}

/// What is wrong with a new account's form.
pub(super) async fn faults_of_new(
    state: &AppState,
    form: &Form,
    roles: Roles,
) -> Result<Vec<(String, String)>, Error> {
    let mut faults = Vec::new();
    let mut fault = |name: &str, what: String| faults.push((name.to_owned(), what));
    if form.one("name").is_empty() {
        fault("name", "Enter the full name".into());
    }
    if form.one("email").is_empty() {
        fault("email", "Enter the email address".into());
    }
    if roles.is_empty() {
        fault(ROLES, "Choose what this person is here to do".into());
    }
    let directory = state.directory().await?;
    for (name, role, whose) in [
        (
            KEEPS,
            Role::DirectoryEditor,
            "the organisations whose entries she keeps",
        ),
        (
            CENTRES,
            Role::Assessor,
            "the women’s centres she answers for",
        ),
    ] {
        let named = lines_in(form, name);
        if roles.has(role) && named.is_empty() {
            fault(name, format!("Enter {whose}"));
        } else if !roles.has(role) && !named.is_empty() {
            let what = format!("Choose “{}” above, or leave this empty", role.title());
            fault(name, what);
        }
        let services = directory.services();
        let unknown = |o: &&String| !services.iter().any(|s| s.organisation == **o);
        if let Some(other) = named.iter().find(unknown) {
            fault(
                name,
                format!("No entry of the directory is of “{other}”. Check the spelling"),
            );
        }
    }
    Ok(faults)
}
