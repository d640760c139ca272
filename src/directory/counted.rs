//! The directory with the full postcode directory laid under it.
//!
//! Lives here: making it. Not here: what it then knows of a district or a postcode
//! (`geography`).

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::{Directory, LiveDirectory, Postcodes, Service, short};

impl Directory {
    /// The same with districts counted from every live postcode, and whole postcodes
    /// understood. Its version is another one: who is near may be.
    #[must_use]
    pub fn with_postcodes(&self, postcodes: Postcodes) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.version.as_bytes());
        hash.update(postcodes.digest());
        let exact = Self {
            sources: Arc::new(self.sources.with_postcodes(&postcodes.made_from)),
            geography: Arc::new(self.geography.with_postcodes(Arc::new(postcodes))),
            version: short(hash),
            ..self.with_services(Vec::new())
        };
        exact.with_services(self.services.iter().map(|s| Service::clone(s)).collect())
    }
}

impl LiveDirectory {
    /// The same on the full postcode directory. Records kept elsewhere are laid over it
    /// again when they are next read.
    #[must_use]
    pub fn with_postcodes(&self, postcodes: Postcodes) -> Self {
        Self::new(self.folder().with_postcodes(postcodes))
    }
}
