//! The whole content pack, loaded and checked once at start: prompts, report text,
//! law, services. And the three things everybody wants of it: the findings on a
//! case, its draft, its document.
//!
//! Not here: any rule or text. Each room loads and judges its own part; this only
//! puts them together, in one place for pages, commands, tests and benchmarks.

mod addendum;
mod asking;
mod documents;
mod leaving;
mod loading;
mod oral;
mod planning;
mod quality;
mod services;
mod signing;
mod wording;

use chrono::NaiveDate;

pub use self::{
    addendum::Adding,
    asking::Question,
    documents::{DocumentError, annex, document},
    leaving::{Looked, Stop},
    oral::{letter_document, oral_document},
    planning::{Paper, Type},
    signing::{Signer, ToSign, signed_document},
    wording::Wording,
};
use crate::{
    case::{CaseFile, Visibility},
    consultancy::{ConsultancyTexts, plan::PlanTexts},
    content::items::Items,
    directory::{Directory, LiveDirectory, Place, Postcodes},
    finding::{self, Finding},
    interview::{Held, Interview},
    needs::WantRules,
    records::RecordsTexts,
    report::{
        self, Draft, DraftError, FactsTexts, Materials, ReportTemplates, Signature,
        planned::PlanPapers,
        suggest::{Suggested, SuggestionTexts},
        withhold,
    },
    review::{
        self, AddendumTexts, EditTexts, EnquiryTexts, OutboundTexts, QualityTexts, SecondTexts,
        ServiceTexts, SigningTexts, WordingRules,
    },
    sentencing::{self, CourtFit, LawPack, LiveLaw, OrderFits, ProposalWords, RequirementNeeds},
};

/// Everything the program knows that is not about a case.
#[derive(Debug)]
pub struct Pack {
    /// What it is made of, part by part.
    pub parts: Items,
    /// The fingerprint of those parts, worked out once: every page of a report asks for it.
    parts_print: String,
    /// Prompts.
    pub interview: Interview,
    /// Report text.
    pub templates: ReportTemplates,
    /// Law, with the commencements that an administrator recorded.
    pub law: LiveLaw,
    /// Services and places, as they stand now: the one part that is replaced as records
    /// change.
    pub directory: LiveDirectory,
    /// What is said about sections that their author has edited.
    pub edits: EditTexts,
    /// Words of the annex of facts used.
    pub facts: FactsTexts,
    /// What is said about enquiries outside the report.
    pub enquiries: EnquiryTexts,
    /// What is said about the services of a report.
    pub services: ServiceTexts,
    /// What an author is told before she signs.
    pub signing: SigningTexts,
    /// What is said about a second person who checks a report.
    pub second: SecondTexts,
    /// What an addendum to a signed report says around what it adds.
    pub addenda: AddendumTexts,
    /// The questions of the quality check, and what is said where a report does not
    /// agree with itself.
    pub quality: QualityTexts,
    /// What a support and development plan goes by.
    pub plans: PlanTexts,
    /// Papers of a plan.
    pub plan_papers: PlanPapers,
    /// What the last look at what leaves goes by.
    pub outbound: OutboundTexts,
    /// What the wording check goes by.
    pub wording: WordingRules,
    /// Words of the rows suggested for a proposal.
    pub suggestions: SuggestionTexts,
    /// Which answers say what she needs of a service.
    pub wants: WantRules,
    /// What is said and asked when a women's centre is asked to assess her.
    pub consultancy: ConsultancyTexts,
    /// How long reports are kept, and how one is erased.
    pub records: RecordsTexts,
    /// What a service must fit, to be part of a requirement.
    pub order_fits: OrderFits,
}

/// A draft with everything that was found out about it on the way.
#[derive(Debug)]
pub struct Judged {
    /// The draft.
    pub draft: Draft,
    /// Every finding, blocking ones first.
    pub findings: Vec<Finding>,
    /// What must not leave, and what of it is in the draft.
    pub looked: Looked,
}

/// How a report ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending<'a> {
    /// With the list of what is still to be settled.
    ToSettle,
    /// Without it, with the signature.
    Finished(&'a Signature),
}

impl Pack {
    /// Lays the full postcode directory under the services.
    pub fn use_postcodes(&mut self, postcodes: Postcodes) {
        self.directory = self.directory.with_postcodes(postcodes);
    }

    /// What every report is stamped with: the versions of its content.
    #[must_use]
    pub fn version(&self) -> String {
        format!(
            "prompts {}, report text {}, law {}, services {}, content {}",
            self.interview.version,
            self.templates.version(),
            self.law.now().about.version,
            self.directory.now().version(),
            self.parts_print
        )
    }

    /// The rows that a case's proposal suggests for its first weeks and alternatives.
    #[must_use]
    pub fn suggested(&self, case: &CaseFile, today: NaiveDate) -> Vec<Suggested> {
        let dates = sentencing::CaseDates::of(case, today);
        self.suggestions.suggested(case, &self.law.now(), &dates)
    }

    /// Every finding on a case, blocking ones first.
    ///
    /// # Errors
    /// The draft, which safety is judged on, cannot be made.
    pub fn findings(&self, case: &CaseFile, today: NaiveDate) -> Result<Vec<Finding>, DraftError> {
        self.draft(case, today).map(|(_, findings)| findings)
    }

    /// The draft of a case, with what is missing listed at its end, and the findings;
    /// services as the directory stands now.
    ///
    /// # Errors
    /// A passage fails, or the pack has no report of the case's format.
    pub fn draft(
        &self,
        case: &CaseFile,
        today: NaiveDate,
    ) -> Result<(Draft, Vec<Finding>), DraftError> {
        self.draft_with(case, &self.directory.now(), today)
    }

    /// As [`Pack::draft`], by this directory.
    ///
    /// # Errors
    /// As [`Pack::draft`].
    pub fn draft_with(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<(Draft, Vec<Finding>), DraftError> {
        let judged = self.judge(case, directory, today)?;
        Ok((judged.draft, judged.findings))
    }

    /// As [`Pack::draft_with`], with what was looked for in it, so that what leaves next
    /// need not be looked through again.
    ///
    /// # Errors
    /// As [`Pack::draft`].
    pub fn judge(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<Judged, DraftError> {
        self.judged_draft(case, directory, today, Ending::ToSettle)
    }

    /// A draft with its findings, by one reading of the law. They do not hang on how the
    /// report ends.
    fn judged_draft(
        &self,
        case: &CaseFile,
        directory: &Directory,
        today: NaiveDate,
        ending: Ending<'_>,
    ) -> Result<Judged, DraftError> {
        let law = self.law.now();
        let lives = lives(case, directory);
        let held = Held::of(case);
        let asked = self.interview.asked_part_of(&held);
        let mut findings = sentencing::check_at(&asked, &law, lives.as_ref(), today);
        findings.extend(self.enquiries.check(case, today));
        let services = self.service_findings(case, directory, today);
        findings.extend(services.may_print);
        let missing = match ending {
            Ending::ToSettle => {
                let missing = review::missing(&held, &self.interview, &findings);
                // What is to be settled is printed, and may name an agency or a service.
                withhold::texts(missing, case, &self.interview)
            }
            Ending::Finished(_) => Vec::new(),
        };
        let signed = match ending {
            Ending::ToSettle => None,
            Ending::Finished(signature) => Some(signature),
        };
        let draft = report::draft(&Materials {
            signed,
            held: Some(&held),
            ..self.materials(case, &law, directory, today, &missing)
        })?;
        findings.extend(services.on_screen);
        findings.extend(self.consultancy.in_report(case));
        findings.extend(self.edits.check(case, &draft, &self.templates));
        findings.extend(review::leaving(&draft));
        let looked = self.look(case, &draft, directory);
        findings.extend(self.outbound.findings(&looked.hits));
        finding::sort(&mut findings);
        Ok(Judged {
            draft,
            findings,
            looked,
        })
    }

    /// What the law and practice say of a case's proposal: the part of [`Pack::findings`]
    /// that needs no draft.
    #[must_use]
    pub fn judged(&self, case: &CaseFile, today: NaiveDate) -> Vec<Finding> {
        let lives = lives(case, &self.directory.now());
        let asked = self.interview.asked_part(case);
        let mut found = sentencing::check_at(&asked, &self.law.now(), lives.as_ref(), today);
        found.extend(self.consultancy.in_report(case));
        found
    }

    /// What the court must have before it for each proposed requirement, and whether it
    /// has it.
    #[must_use]
    pub fn needed(&self, case: &CaseFile, today: NaiveDate) -> Vec<RequirementNeeds> {
        let asked = self.interview.asked_part(case);
        sentencing::needed(&asked, &self.law.now(), today)
    }

    /// Whether she meets the published criteria of each specialist court.
    #[must_use]
    pub fn special_courts(&self, case: &CaseFile, today: NaiveDate) -> Vec<CourtFit> {
        let lives = lives(case, &self.directory.now());
        let asked = self.interview.asked_part(case);
        sentencing::special_courts(&asked, &self.law.now(), lives.as_ref(), today)
    }

    /// The proposal in words, for the box of the official tool: with what must not leave
    /// withheld.
    #[must_use]
    pub fn proposal_in_words(&self, case: &CaseFile, today: NaiveDate) -> ProposalWords {
        let theme = |id: &str| {
            let prints = case
                .answer(&format!("need-{id}"))
                .is_none_or(|a| a.visibility == Visibility::InReport);
            let theme = self.interview.theme(id).filter(|_| prints);
            theme
                .map(|theme| theme.prints.of(case.woman.name.pronouns).into_owned())
                .unwrap_or_default()
        };
        let words = sentencing::proposal_in_words(case, &self.law.now(), today, &theme);
        words.with_texts(|texts| withhold::texts(texts, case, &self.interview))
    }

    fn materials<'a>(
        &'a self,
        case: &'a CaseFile,
        law: &'a LawPack,
        directory: &'a Directory,
        today: NaiveDate,
        missing: &'a [String],
    ) -> Materials<'a> {
        Materials {
            case,
            interview: &self.interview,
            templates: &self.templates,
            law,
            directory,
            today,
            missing,
            held: None,
            signed: None,
            letter: None,
        }
    }
}

/// Where she will live, where it is recorded and understood.
fn lives(case: &CaseFile, directory: &Directory) -> Option<Place> {
    let given = case.woman.lives_in.as_deref()?;
    directory.place(given).ok()
}
