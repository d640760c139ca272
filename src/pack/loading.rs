//! Loading the whole content pack: every part read and checked, every fault told.
//!
//! Lives here: in which order, and what rests on what. Not here: how any part is read.

use super::Pack;
use crate::{
    consultancy::{ConsultancyTexts, plan::PlanTexts},
    content::{ContentError, ContentFiles, items::Items},
    directory::{Directory, LiveDirectory},
    interview::{Choice, Interview},
    needs::{self, WantRules},
    records::RecordsTexts,
    report::{FactsTexts, ReportTemplates, planned::PlanPapers, suggest::SuggestionTexts},
    review::{
        AddendumTexts, EditTexts, EnquiryTexts, OutboundTexts, QualityTexts, SecondTexts,
        ServiceTexts, SigningTexts, WordingRules,
    },
    sentencing::{self, LawPack, LiveLaw, OrderFits},
};

impl Pack {
    /// Loads and checks every part.
    ///
    /// # Errors
    /// Every fault found, each with file and line. Parts that rest on a faulty part
    /// are not looked at.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut faults = Vec::new();
        let parts = Items::of(files);
        let mut interview = keep(Interview::load(files), &mut faults);
        let law = keep(LawPack::load(files), &mut faults);
        if let (Some(interview), Some(law)) = (&mut interview, &law) {
            interview.fill_options("offences", &offences(law));
        }
        let directory = keep(Directory::load(files), &mut faults);
        let enquiries = keep(EnquiryTexts::load(files), &mut faults);
        let services = keep(ServiceTexts::load(files), &mut faults);
        let signing = keep(SigningTexts::load(files), &mut faults);
        let outbound = keep(OutboundTexts::load(files), &mut faults);
        let suggestions = keep(SuggestionTexts::load(files), &mut faults);
        let templates = interview
            .as_ref()
            .and_then(|interview| keep(ReportTemplates::load(files, interview), &mut faults));
        let edits = keep(EditTexts::load(files), &mut faults);
        let facts = keep(FactsTexts::load(files), &mut faults);
        let consultancy = keep(ConsultancyTexts::load(files), &mut faults);
        let records = keep(RecordsTexts::load(files), &mut faults);
        let said = enquiries
            .zip(services)
            .zip(signing.zip(outbound))
            .zip(suggestions);
        let finishing = interview
            .as_ref()
            .and_then(|interview| finishing(files, interview, &mut faults));
        let plans = interview
            .as_ref()
            .zip(law.as_ref())
            .and_then(|(interview, law)| planning(files, interview, law, &mut faults));
        let said = said
            .zip(edits.zip(facts).zip(consultancy.zip(records)))
            .zip(finishing.zip(plans));
        let asked = match (&interview, &law, &directory) {
            (Some(interview), Some(law), Some(directory)) => {
                let wants = keep(wants(files, interview, directory), &mut faults);
                let fits = OrderFits::load(files, law, directory.vocabulary());
                let wording = keep(WordingRules::load(files, law), &mut faults);
                wants.zip(keep(fits, &mut faults)).zip(wording)
            }
            _ => None,
        };
        match (interview, templates, law, directory, said.zip(asked)) {
            (
                Some(interview),
                Some(templates),
                Some(law),
                Some(directory),
                Some((
                    (
                        (
                            (((enquiries, services), (signing, outbound)), suggestions),
                            ((edits, facts), (consultancy, records)),
                        ),
                        ((quality, second, addenda), (plans, plan_papers)),
                    ),
                    ((wants, order_fits), wording),
                )),
            ) if faults.is_empty() => Ok(Self {
                parts_print: parts.print(),
                parts,
                interview,
                templates,
                law: LiveLaw::new(law),
                directory: LiveDirectory::new(directory),
                edits,
                facts,
                enquiries,
                services,
                signing,
                quality,
                second,
                addenda,
                plans,
                plan_papers,
                outbound,
                wording,
                suggestions,
                wants,
                order_fits,
                consultancy,
                records,
            }),
            _ => Err(faults),
        }
    }
}

/// What is said and asked when a report is finished: by the quality check, of a second
/// person, and of what is added later.
fn finishing(
    files: &ContentFiles,
    interview: &Interview,
    faults: &mut Vec<ContentError>,
) -> Option<(QualityTexts, SecondTexts, AddendumTexts)> {
    let quality = keep(QualityTexts::load(files, interview), faults);
    let second = keep(SecondTexts::load(files, interview), faults);
    let addenda = keep(AddendumTexts::load(files), faults);
    Some((quality?, second?, addenda?))
}

/// What a plan goes by, and its papers.
fn planning(
    files: &ContentFiles,
    interview: &Interview,
    law: &LawPack,
    faults: &mut Vec<ContentError>,
) -> Option<(PlanTexts, PlanPapers)> {
    let themes: Vec<&str> = interview.themes.iter().map(|t| t.id.as_str()).collect();
    let requirements: Vec<&str> = law
        .all_requirements()
        .iter()
        .map(|r| r.id.as_str())
        .collect();
    let plans = keep(PlanTexts::load(files, &themes, &requirements), faults);
    let papers = keep(PlanPapers::load(files), faults);
    plans.zip(papers)
}

/// Which answers say what she needs of a service, every term one of the taxonomies.
fn wants(
    files: &ContentFiles,
    interview: &Interview,
    directory: &Directory,
) -> Result<WantRules, Vec<ContentError>> {
    let rules = WantRules::load(files, interview)?;
    let vocabulary = directory.vocabulary();
    let strange = rules.terms().filter(|(t, _)| vocabulary.term(t).is_none());
    let faults: Vec<ContentError> = strange
        .map(|(term, line)| {
            ContentError::new(needs::WANTS_FILE, Some(line), vocabulary.no_such(term))
        })
        .collect();
    if faults.is_empty() {
        Ok(rules)
    } else {
        Err(faults)
    }
}

/// The listed offences, as the options of the prompt that asks for them.
fn offences(law: &LawPack) -> Vec<Choice> {
    let option = |offence: &sentencing::ListedOffence| Choice {
        id: offence.id.clone(),
        label: offence.title.clone(),
        ..Choice::default()
    };
    law.offences().iter().map(option).collect()
}

fn keep<T>(result: Result<T, Vec<ContentError>>, faults: &mut Vec<ContentError>) -> Option<T> {
    match result {
        Ok(part) => Some(part),
        Err(found) => {
            faults.extend(found);
            None
        }
    }
}
