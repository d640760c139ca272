//! Which tables a database has, with their columns and in an order in which each comes
//! after those it refers to.

use std::collections::{BTreeMap, BTreeSet};

/// What a backup does not hold: what ends with the session or the attempt, what is
/// written on opening, and what the rows of another table set.
const LEFT_OUT: [&str; 7] = [
    "_sqlx_migrations",
    "store_key",
    "session",
    "sign_in_attempt",
    "held_sign_in",
    "setup_link",
    "audit_head",
];

/// What a backup does not hold so that it says nothing of a report that was erased since:
/// the keys of reports, which have a file of their own, and the words they are found by,
/// which are made again.
pub(super) const KEPT_APART: [&str; 2] = ["report_key", "report_word"];

/// A table: its columns with their types, as the engine spells them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<(String, String)>,
}

pub(super) const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type FROM sqlite_master t
     JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~'
     ORDER BY t.name, c.cid";
pub(super) const SQLITE_REFERENCES: &str = "SELECT t.name, f.\"table\" FROM sqlite_master t
     JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
pub(super) const POSTGRES_COLUMNS: &str =
    "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT
     FROM information_schema.columns WHERE table_schema = current_schema()
     ORDER BY table_name, ordinal_position";
pub(super) const POSTGRES_REFERENCES: &str = "SELECT here.relname::TEXT, there.relname::TEXT
     FROM pg_constraint c JOIN pg_class here ON here.oid = c.conrelid
     JOIN pg_class there ON there.oid = c.confrelid
     WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace";

/// The tables that a backup holds, each after those it refers to.
pub(super) fn in_order(
    columns: Vec<(String, String, String)>,
    references: &[(String, String)],
) -> Vec<Table> {
    let mut left: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (table, column, kind) in columns {
        if !LEFT_OUT.contains(&table.as_str()) {
            left.entry(table).or_default().push((column, kind));
        }
    }
    let mut tables = Vec::new();
    while !left.is_empty() {
        let waits = |name: &String| {
            let mut to = references.iter().filter(|(from, _)| from == name);
            to.any(|(from, to)| from != to && left.contains_key(to))
        };
        let mut ready: BTreeSet<String> = left.keys().filter(|n| !waits(n)).cloned().collect();
        if ready.is_empty() {
            // A ring of references, which no order serves.
            ready = left.keys().cloned().collect();
        }
        for name in ready {
            let columns = left.remove(&name).unwrap_or_default();
            tables.push(Table { name, columns });
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_after_those_it_refers_to() {
        let column = |table: &str| (table.to_owned(), "id".to_owned(), "TEXT".to_owned());
        let columns = ["a", "b", "c", "session"].map(column).to_vec();
        let references = [("a", "b"), ("b", "c"), ("c", "c")];
        let references = references.map(|(from, to)| (from.to_owned(), to.to_owned()));
        let names: Vec<String> = in_order(columns, &references)
            .into_iter()
            .map(|table| table.name)
            .collect();
        assert_eq!(names, ["c", "b", "a"]);
    }
}
