//! Referrals of one report to women's centres, for its author: which centre to ask, and
//! how each referral stands.
//!
//! Not here: what is shared (`new`), one referral with its reply (`one`), or the centre's
//! pages (`centre`).

mod asking;
mod deciding;
pub mod new;
pub mod one;
pub mod reply;

use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

use super::{
    centre::in_short,
    report::{ReportStrip, open},
};
use crate::{
    consultancy::{self, AsksCentre, Centre, Offers, Standing},
    finding::Finding,
    store::{KeptReferral, LoadedReport, ReferralId, ReferralState, ReportId},
    web::{
        error::Error, findings::FindingView, links, state::AppState, templates::Page,
        visit::SignedIn, words,
    },
};

/// A referral in the list.
#[derive(Debug, Serialize)]
struct Row {
    href: String,
    centre: String,
    state: &'static str,
    colour: &'static str,
    sent: String,
    reply_by: String,
    findings: Vec<FindingView>,
    questions: usize,
}

/// A centre that may be asked.
#[derive(Debug, Serialize)]
struct CentreView {
    href: String,
    name: String,
    organisation: String,
    area: String,
    known: bool,
    says: String,
    turnaround: String,
    near: bool,
    findings: Vec<FindingView>,
}

/// The referrals of a report.
#[derive(Debug, Serialize)]
pub struct ReferralsPage {
    report: ReportStrip,
    referrals: Vec<Row>,
    centres: Vec<CentreView>,
    lives_in: bool,
    signed: bool,
}

impl Page for ReferralsPage {
    const NAME: &'static str = "referrals.html";
    const HTML: &'static str = include_str!("list.html");

    fn title(&self) -> String {
        format!("Women's centres – {}", self.report.name)
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let centre = |known| CentreView {
            href: "/reports/1/referrals/new/a".into(),
            name: "Alana <House>".into(),
            organisation: "PACT & co".into(),
            area: "Reading".into(),
            known,
            says: "Its <record> says so.".into(),
            turnaround: "5 working days".into(),
            near: known,
            findings: if known {
                FindingView::samples()
            } else {
                Vec::new()
            },
        };
        let page = |signed: bool| Self {
            report: ReportStrip::sample(true),
            referrals: vec![Row {
                href: "/reports/1/referrals/1".into(),
                centre: "Alana <House>".into(),
                state: "New",
                colour: "blue",
                sent: "26 November 2026 at 9:00am".into(),
                reply_by: "1 December 2026".into(),
                findings: FindingView::samples(),
                questions: 2,
            }],
            centres: vec![centre(true), centre(false)],
            lives_in: !signed,
            signed,
        };
        let empty = Self {
            referrals: Vec::new(),
            centres: Vec::new(),
            ..page(false)
        };
        vec![page(true), page(false), empty]
    }
}

/// `GET /reports/{id}/referrals`.
///
/// # Errors
/// No such report of this author's, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    author: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let report = open(&state, &author, &id).await?;
    let kept = author.reports(&state).referrals_of(report.id).await?;
    let view = |f: &Finding| FindingView::new(f, report.id, state.interview());
    let rows = kept.iter().map(|one| {
        let (said, colour) = in_short(one.state);
        let referral = one.referral.as_ref();
        Row {
            href: address(report.id, one.id),
            centre: referral.map(|r| r.centre.clone()).unwrap_or_default(),
            state: said,
            colour,
            sent: words::moment(one.sent_at),
            reply_by: referral.map(|r| words::day(r.reply_by)).unwrap_or_default(),
            findings: findings(&state, &report, one).iter().map(view).collect(),
            questions: one.messages.len(),
        }
    });
    let (centres, lives_in) = asked(&state, &report).await?;
    let page = ReferralsPage {
        report: ReportStrip::of(&report),
        referrals: rows.collect(),
        centres: centres
            .into_iter()
            .map(|centre| {
                let slow = slow(&state, &report, &centre);
                centre_view(&report, centre, slow.iter().map(view).collect())
            })
            .collect(),
        lives_in,
        signed: report.signed.is_some(),
    };
    author.visit.page(&page)
}

/// Centres that may be asked about her, and whether it is known where she lives.
async fn asked(state: &AppState, report: &LoadedReport) -> Result<(Vec<Centre>, bool), Error> {
    let directory = state.directory().await?;
    let lives_in = report.case.woman.lives_in.as_deref().unwrap_or_default();
    let place = directory.place(lives_in).ok();
    let asks = AsksCentre {
        place: place.as_ref(),
    };
    Ok((consultancy::centres(&directory, asks), place.is_some()))
}

/// What is said where a centre needs longer than there is.
fn slow(state: &AppState, report: &LoadedReport, centre: &Centre) -> Option<Finding> {
    let hearing = report.case.hearing.date;
    let calendar = &state.interview().calendar;
    let left = hearing.and_then(|hearing| calendar.working_days(state.today(), hearing));
    let texts = &state.pack().consultancy;
    texts.too_slow(&centre.name, centre.days, left, hearing)
}

fn centre_view(report: &LoadedReport, centre: Centre, findings: Vec<FindingView>) -> CentreView {
    let (known, says) = match &centre.offers {
        Offers::Yes { source, as_at } => (true, format!("{source} ({as_at})")),
        Offers::NotKnown => (false, String::new()),
    };
    let mut turnaround = match centre.days {
        Some(1) => "About 1 working day, by its entry".to_owned(),
        Some(days) => format!("About {days} working days, by its entry"),
        None => "How long it takes is not recorded: ring and ask".to_owned(),
    };
    if let Some(from) = centre.not_before {
        turnaround.push_str("; it takes no referral before ");
        turnaround.push_str(&words::day(from));
    }
    CentreView {
        href: format!("{}/referrals/new/{}", links::report(report.id), centre.id),
        name: centre.name,
        organisation: centre.organisation,
        area: centre.area,
        known,
        says,
        turnaround,
        near: centre.near,
        findings,
    }
}

/// What does not fit in the days of a referral.
#[must_use]
pub fn findings(state: &AppState, report: &LoadedReport, kept: &KeptReferral) -> Vec<Finding> {
    let Some(referral) = &kept.referral else {
        return Vec::new();
    };
    let withdrawn = kept.state == ReferralState::ConsentWithdrawn;
    let standing = Standing {
        withdrawn: withdrawn.then(|| words::day_of(kept.changed_at)),
        answered: !kept.state.is_awaited(),
    };
    let texts = &state.pack().consultancy;
    texts.days(referral, standing, report.case.hearing.date, state.today())
}

/// Where a referral is, for its author.
#[must_use]
pub fn address(report: ReportId, referral: ReferralId) -> String {
    format!("{}/referrals/{referral}", links::report(report))
}
