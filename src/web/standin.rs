//! Stands in for `crate::pack` until that module is merged; `state.rs` is the only
//! reader. Delete this file then.

use crate::{
    content::{ContentError, ContentFiles},
    directory::Directory,
    interview::{Choice, Interview},
    sentencing::LawPack,
};

/// The content packs that the pages need today.
#[derive(Debug)]
pub struct Pack {
    /// Prompts.
    pub interview: Interview,
    /// Law.
    pub law: LawPack,
    /// Services and places.
    pub directory: Directory,
}

impl Pack {
    /// Loads every part.
    ///
    /// # Errors
    /// Every fault found.
    pub fn load(files: &ContentFiles) -> Result<Self, Vec<ContentError>> {
        let mut interview = Interview::load(files)?;
        let law = LawPack::load(files)?;
        let option = |o: &crate::sentencing::ListedOffence| Choice {
            id: o.id.clone(),
            label: o.title.clone(),
            hint: String::new(),
            prints: String::new(),
            alone: false,
        };
        let options: Vec<_> = law.offences().iter().map(option).collect();
        interview.fill_options("offences", &options);
        Ok(Self {
            interview,
            law,
            directory: Directory::load(files)?,
        })
    }
}
