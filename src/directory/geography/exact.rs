//! What the full postcode directory adds: districts counted rather than sampled, and
//! the one authority of a whole postcode.
//!
//! Lives here: laying the table of live postcodes over the sampled districts. Not here:
//! the table (`postcodes`) or understanding what an author typed (`places`).

use std::sync::Arc;

use super::{Authority, Counted, Coverage, Geography, Outcode, Postcodes};

impl Geography {
    /// The same with every district that has live postcodes counted from them. A
    /// district without any stays as the sample has it.
    #[must_use]
    pub fn with_postcodes(&self, postcodes: Arc<Postcodes>) -> Self {
        let mut exact = self.clone();
        for (name, coverage) in postcodes.districts() {
            if let Some(outcode) = self.counted(name, &coverage) {
                exact.outcodes.insert(name.to_owned(), outcode);
            }
        }
        exact.postcodes = Some(postcodes);
        exact
    }

    /// The table of live postcodes, where one has been laid.
    #[must_use]
    pub fn postcodes(&self) -> Option<&Postcodes> {
        self.postcodes.as_deref()
    }

    /// The authority a live postcode is in, where the table is there and knows it.
    pub(in crate::directory) fn authority_of(
        &self,
        outcode: &str,
        inward: u16,
    ) -> Option<&Authority> {
        let gss = self.postcodes.as_ref()?.authority(outcode, inward)?;
        self.authority(gss)
    }

    fn counted(&self, name: &str, coverage: &Coverage<'_>) -> Option<Outcode> {
        // A table made with other authorities says nothing safe of this district.
        let known = coverage.authorities.iter();
        let all_known = known
            .clone()
            .all(|(gss, _)| self.authorities.contains_key(*gss));
        let (main, most) = coverage.authorities.first().filter(|_| all_known)?;
        let postcodes: u32 = known.clone().map(|(_, count)| count).sum();
        let middle = coverage
            .middle
            .or_else(|| self.outcodes.get(name).map(|o| o.middle))
            .or_else(|| self.authority(main).map(|a| a.middle))?;
        Some(Outcode {
            outcode: name.to_owned(),
            middle,
            authorities: known.map(|(gss, _)| (*gss).to_owned()).collect(),
            main_share: Some(f64::from(*most) / f64::from(postcodes)),
            edge: Vec::new(),
            counted: Some(Counted {
                postcodes,
                left_out: coverage.left_out,
            }),
        })
    }
}
