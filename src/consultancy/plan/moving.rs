//! The proposal moved on after the plan was made: what is different, and taking it or
//! leaving it.
//!
//! Lives here: finding and settling differences. Nothing is put into a plan by itself, and
//! what its keeper wrote stays where the proposal says the same as before.

use super::{Left, Made, Origin, Plan, Step, StepWords, making};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about.
    pub origin: Origin,
    /// What moved.
    pub moved: Moved,
}

/// What moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// The proposal has something that the plan has not.
    New(Box<Step>),
    /// The proposal says it differently from when it was last looked at.
    Changed {
        /// The step of the plan.
        number: u32,
        /// As it stands in the plan.
        stands: StepWords,
        /// What the proposal said before.
        before: StepWords,
        /// What it says now.
        now: StepWords,
    },
    /// The proposal no longer has what a step was made from.
    Gone {
        /// The step of the plan.
        number: u32,
        /// As it stands in the plan.
        stands: StepWords,
    },
}

impl Plan {
    /// What is different between the proposal that this plan was made from and what the
    /// case makes now; nothing that was settled before.
    #[must_use]
    pub fn differences(&self, made: &Made) -> Vec<Difference> {
        let mut found = Vec::new();
        for now in &made.steps {
            let mine = self.steps.iter().find(|s| s.origin.key == now.origin.key);
            let moved = match mine {
                None => Some(Moved::New(Box::new(now.clone()))),
                Some(step) if step.made == now.words => None,
                Some(step) => Some(Moved::Changed {
                    number: step.number,
                    stands: step.words.clone(),
                    before: step.made.clone(),
                    now: now.words.clone(),
                }),
            };
            let said = Some(&now.words);
            found.extend(moved.and_then(|moved| self.open(&now.origin, said, moved)));
        }
        for step in self.standing().filter(|s| !s.origin.key.is_empty()) {
            if made.steps.iter().any(|s| s.origin.key == step.origin.key) {
                continue;
            }
            let moved = Moved::Gone {
                number: step.number,
                stands: step.words.clone(),
            };
            found.extend(self.open(&step.origin, None, moved));
        }
        found
    }

    fn open(&self, origin: &Origin, said: Option<&StepWords>, moved: Moved) -> Option<Difference> {
        let settled = |left: &Left| left.origin.key == origin.key && left.said.as_ref() == said;
        (!self.left.iter().any(settled)).then(|| Difference {
            origin: origin.clone(),
            moved,
        })
    }

    /// Takes a difference in. Where the proposal says something else than before, that
    /// goes in; where it says the same, what stands in the plan stays. `gone` is the reason
    /// that a step is given which the proposal no longer has.
    pub fn take(&mut self, difference: &Difference, gone: &str) {
        self.left.retain(|l| l.origin.key != difference.origin.key);
        match &difference.moved {
            Moved::New(step) => {
                let number = self.next_number();
                self.steps.push(Step {
                    number,
                    ..(**step).clone()
                });
            }
            Moved::Changed { number, now, .. } => {
                if let Some(step) = self.steps.iter_mut().find(|s| s.number == *number) {
                    let before = std::mem::replace(&mut step.made, now.clone());
                    let words = step.words.each_mut().into_iter();
                    let moved = before.each().into_iter().zip(now.each());
                    let mut changed = false;
                    for (word, ((_, before), (_, now))) in words.zip(moved) {
                        if before != now && word != now {
                            word.clone_from(now);
                            changed = true;
                        }
                    }
                    // Her plain words said what was before.
                    if changed {
                        step.for_her.clear();
                    }
                    step.ended.clear();
                }
            }
            Moved::Gone { number, .. } => {
                if let Some(step) = self.steps.iter_mut().find(|s| s.number == *number) {
                    step.ended = making::line(gone);
                    // Should it come back, that is a difference again.
                    step.made = StepWords::default();
                }
            }
        }
    }

    /// Leaves a difference: the plan stays as it is, and it is not shown again while the
    /// proposal says the same.
    pub fn leave(&mut self, difference: &Difference) {
        let said = match &difference.moved {
            Moved::New(step) => Some(step.words.clone()),
            Moved::Changed { now, .. } => Some(now.clone()),
            Moved::Gone { .. } => None,
        };
        self.left.retain(|l| l.origin.key != difference.origin.key);
        self.left.push(Left {
            origin: difference.origin.clone(),
            said,
        });
    }
}
