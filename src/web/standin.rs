//! Stands in for `crate::pack` until that module is merged; `state.rs` is the only
//! reader. Delete this file then.

use crate::interview::Interview;

/// The content packs that the pages need today.
#[derive(Debug)]
pub struct Pack {
    /// Prompts.
    pub interview: Interview,
}
