//! The signing page as a page: its template and samples.

use super::{
    ACCEPT, AddendumView, CONFIRM, LinkView, ReaderView, SaidView, SecondView, SignPage,
    SignedView, WordingView, tick,
};
use crate::web::{findings::FindingView, form::Form, pages::report::ReportStrip, templates::Page};

impl Page for SignPage {
    const NAME: &'static str = "sign.html";
    const HTML: &'static str = include_str!("../sign.html");

    fn title(&self) -> String {
        match self.signed {
            Some(_) => format!("Signed – {}", self.report.name),
            None => format!("Sign the report – {}", self.report.name),
        }
    }

    fn has_errors(&self) -> bool {
        !self.errors.is_empty()
    }

    fn fictional(&self) -> bool {
        self.report.fictional
    }

    fn samples() -> Vec<Self> {
        let tick = |name, says| tick(name, "Your <signature>", says);
        let page = || Self {
            report: ReportStrip::sample(true),
            signed: None,
            means: vec!["It is <finished>.".into()],
            readers: vec![ReaderView {
                who: "The woman & whoever represents her".into(),
                why: "She may take it home.".into(),
                source: "s.32 (not verified)".into(),
            }],
            blocking: Vec::new(),
            leaving: false,
            open: Vec::new(),
            unanswered: Vec::new(),
            wording: WordingView::samples(),
            fields: vec![tick(CONFIRM, "I have read it")],
            errors: Vec::new(),
            changed: false,
            seen: 7,
            second: SecondView::default(),
            said: Vec::new(),
        };
        let link = LinkView {
            text: "Her <name>".into(),
            href: "/reports/1/prompts/woman-name".into(),
        };
        let mut refused = Self {
            open: FindingView::samples()[1..].to_vec(),
            unanswered: vec![link],
            fields: vec![tick(ACCEPT, "I accept"), tick(CONFIRM, "I have read it")],
            changed: true,
            second: SecondView::sample(),
            said: SaidView::samples(),
            ..page()
        };
        refused.filled_in(&Form::default());
        let blocked = Self {
            blocking: FindingView::samples()[..1].to_vec(),
            leaving: true,
            ..page()
        };
        let signed = Self {
            signed: Some(SignedView {
                by: "Sam <Author>".into(),
                at: "25 November 2026, 9:00am".into(),
                hash: "ab".repeat(32),
                versions: "law 1".into(),
                left_open: vec!["Something <open>.".into()],
                checked: Some("Noor <Senior> on 25 November 2026".into()),
                addenda: vec![AddendumView {
                    number: 1,
                    by: "Sam <Author>".into(),
                    at: "27 November 2026 at 9:00am".into(),
                    reason: "A <reply> came.".into(),
                    hash: "cd".repeat(32),
                }],
            }),
            ..page()
        };
        vec![page(), refused, blocked, signed]
    }
}
