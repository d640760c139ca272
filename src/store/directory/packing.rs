//! A record as it goes into its row: plain, or sealed where part of it must not be
//! known.

use crate::{
    directory::Record,
    store::{StoreError, keys::Keys, seal::Row},
};

/// One of the two is there.
pub(in crate::store) struct Packed {
    pub(in crate::store) plain: Option<String>,
    pub(in crate::store) sealed: Option<Vec<u8>>,
}

impl Packed {
    pub(in crate::store) fn of(record: &Record, keys: &Keys) -> Result<Self, StoreError> {
        if record.facts.has_internal() {
            let sealed = keys.seal(Row::DirectoryRecord(&record.id), record)?;
            return Ok(Self {
                plain: None,
                sealed: Some(sealed),
            });
        }
        let text = serde_json::to_string(record);
        Ok(Self {
            plain: Some(text.map_err(|_| StoreError::unreadable("a record"))?),
            sealed: None,
        })
    }

    pub(in crate::store) fn open(&self, id: &str, keys: &Keys) -> Result<Record, StoreError> {
        let fault = || StoreError::unreadable(format!("the directory record {id}"));
        match (&self.plain, &self.sealed) {
            (Some(text), _) => serde_json::from_str(text).map_err(|_| fault()),
            (None, Some(sealed)) => keys.open(Row::DirectoryRecord(id), sealed),
            (None, None) => Err(fault()),
        }
    }
}
