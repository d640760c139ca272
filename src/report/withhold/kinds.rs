//! What must not leave, as shapes: what kind of thing, the words themselves, and where
//! they stood.

/// What kind of thing must not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guarded {
    /// Somebody's name.
    Name,
    /// An address that is withheld, or so much of one that it can be found by it.
    Address,
    /// A place: a part of an address, a school.
    Place,
    /// A day of birth.
    Birthday,
    /// A number that leads to her or to somebody.
    Number,
    /// A refuge or another address that must not be known.
    Refuge,
    /// Words of a text that is kept off the report.
    Words,
    /// Anything else that the author protects.
    Other,
}

impl Guarded {
    /// True where a reason may let it stay: what looks like a name may be another
    /// woman's; an address that left cannot be taken back.
    #[must_use]
    pub fn may_be_allowed(self) -> bool {
        !matches!(self, Self::Address | Self::Refuge)
    }
}

/// A word or words that must not leave, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub text: String,
    /// What kind of thing it is.
    pub kind: Guarded,
    /// Why, for the author.
    pub why: String,
    /// True for one word of a longer name: taken only where it is written as a name.
    pub as_a_name: bool,
    /// True for a single word that is also a month or so common that replacing it
    /// would spoil other sentences: it is reported and left.
    pub report_only: bool,
}

/// A place where a term stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Path in the case file.
    pub at: String,
    /// What kind of thing stood there.
    pub kind: Guarded,
    /// The words that were sought, for [`allowed`] and nothing that is shown.
    pub words: String,
    /// Why the term must not leave. The term itself is never repeated.
    pub why: String,
    /// False where it was only reported.
    pub replaced: bool,
}
