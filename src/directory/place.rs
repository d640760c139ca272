//! Where she lives, and why an area may not be understood.
//!
//! Lives here: the types that pages and matching share. Not here: how a text becomes
//! a place (`places`). A new reason for not understanding is one more [`PlaceError`]
//! that says what to give instead.

use serde::Serialize;

use super::geography::Point;

/// Where she lives, as closely as the author said.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// How to name it: `RG14 (West Berkshire)`.
    pub label: String,
    /// The postcode district, where one was given.
    pub outcode: Option<String>,
    /// Her authorities, the likeliest first.
    pub local_authorities: Vec<AuthorityHere>,
    /// The police (PCC) areas of those authorities.
    pub pcc: Vec<NamedArea>,
    /// The probation delivery units of those authorities.
    pub pdus: Vec<NamedArea>,
    /// The probation regions of those authorities.
    pub regions: Vec<String>,
    /// The point distances are measured from.
    pub point: Point,
    /// True where the point or the authority is not certain.
    pub approximate: bool,
    /// What was understood, and what it leaves open, in a sentence or two.
    pub note: String,
}

/// An authority she may live in.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuthorityHere {
    /// ONS code.
    pub gss: String,
    /// Name.
    pub name: String,
    /// False for an authority that the postcode district only reaches into.
    pub likely: bool,
}

/// An area by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedArea {
    /// Its id in the geography.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Why an area was not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Nothing was typed.
    #[error("Give a postcode district such as RG14, or the name of a local authority.")]
    Nothing,
    /// A postcode of another country.
    #[error(
        "{outcode} is in {nation}. This directory covers England and Wales only. If she will \
         live in England or Wales, give that postcode district or local authority."
    )]
    Outside {
        /// The district.
        outcode: String,
        /// Where it is.
        nation: String,
    },
    /// A postcode district that is not in the list.
    #[error(
        "There is no postcode district {outcode} in the directory's list for England and Wales. \
         Check it, or give the local authority instead."
    )]
    UnknownOutcode {
        /// The district.
        outcode: String,
    },
    /// An authority that the postcode district given with it does not reach.
    #[error("{outcode} is not in {authority}: it is in {}. Give one of those.", options.join(", "))]
    NotThere {
        /// The district.
        outcode: String,
        /// The authority given with it.
        authority: String,
        /// The authorities it reaches.
        options: Vec<String>,
    },
    /// A name that fits several places.
    #[error("“{given}” could be {}. Give one of those.", options.join(", or "))]
    Ambiguous {
        /// What was typed.
        given: String,
        /// What it could be.
        options: Vec<String>,
    },
    /// A name that fits none.
    #[error(
        "No local authority, county or town called “{given}” was found in England and Wales. \
         Give a postcode district such as RG14."
    )]
    Unknown {
        /// What was typed.
        given: String,
    },
}
