//! What every check says, whatever it checks: law, practicability, wording,
//! quality or safety. One type, so there is one way to show them.
//!
//! Lives here: the shape of a finding. Not here: any rule. To add a check, return
//! findings from the room that owns the rule.

use serde::Serialize;

/// How much a finding asks of the author. Only what is unlawful or unsafe to
/// export blocks; everything else is advice with a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Advise,
    /// Should be settled or explained before the report is signed.
    Warn,
    /// Unlawful as proposed, or unsafe to let leave.
    Block,
}

impl Severity {
    /// The word shown to a person.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Advise => "Advice",
            Self::Warn => "Warning",
            Self::Block => "Must be settled",
        }
    }
}

/// Where a rule comes from, and when somebody last looked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Source {
    /// A citation a person can follow, such as `Sentencing Act 2020, s.208(10)`.
    pub citation: String,
    /// Address of the source, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day the rule was last checked against its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<chrono::NaiveDate>,
    /// False where nobody has confirmed it; shown as *not verified*.
    pub verified: bool,
}

/// Something recorded in the case that a finding, or an account of what the court must
/// have before it, rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Basis {
    /// What is recorded, in words: `she lives with a partner`.
    pub words: String,
    /// Where: a path in the case file such as `answers.home` or `enquiries[0]`.
    pub at: String,
}

impl Basis {
    /// What is recorded, and where.
    #[must_use]
    pub fn new(words: impl Into<String>, at: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            at: at.into(),
        }
    }
}

/// One thing a check found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    /// Stable name of the rule, such as `law.co.no-punishment`.
    pub code: String,
    /// How much it asks.
    pub severity: Severity,
    /// What was found, in one sentence.
    pub what: String,
    /// Why it matters, in one or two sentences.
    pub why: String,
    /// Where the rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Ways to settle it, any one of which will do.
    pub resolve: Vec<String>,
    /// What in the case it rests on: the answers, enquiries and choices behind it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Basis>,
    /// Where in the case file: a path such as `proposal.requirements[0].amount`
    /// or `answers.alcohol`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

impl Finding {
    /// A finding with its three required parts; the rest is added by the
    /// `because`, `sourced`, `way_out` and `at` methods.
    #[must_use]
    pub fn new(severity: Severity, code: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            severity,
            what: what.into(),
            why: String::new(),
            source: None,
            resolve: Vec::new(),
            rests_on: Vec::new(),
            at: None,
        }
    }

    /// Says why it matters.
    #[must_use]
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = why.into();
        self
    }

    /// Names the source.
    #[must_use]
    pub fn sourced(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Adds one way to settle it.
    #[must_use]
    pub fn way_out(mut self, way: impl Into<String>) -> Self {
        self.resolve.push(way.into());
        self
    }

    /// Says what in the case it rests on.
    #[must_use]
    pub fn resting_on(mut self, basis: impl IntoIterator<Item = Basis>) -> Self {
        self.rests_on.extend(basis);
        self
    }

    /// Says where in the case file.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.at = Some(place.into());
        self
    }
}

/// Findings in the order a person should read them: blocking first, then by code.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| a.code.cmp(&b.code))
    });
}
