//! The two folders of migrations say the same thing twice.

use std::{collections::BTreeSet, fs};

use super::bed::{Bed, Raw};

fn names(engine: &str) -> BTreeSet<String> {
    let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// Table, column, and whether it must be filled.
type Columns = BTreeSet<(String, String, bool)>;

async fn columns(bed: &Bed) -> Columns {
    let rows: Vec<(String, String, bool)> = match bed.raw().await {
        Raw::Sqlite(pool) => sqlx::query_as(
            "SELECT t.name, c.name, c.\"notnull\" FROM sqlite_master t
             JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
        )
        .fetch_all(&pool)
        .await
        .unwrap(),
        Raw::Postgres(pool) => sqlx::query_as(
            "SELECT table_name::text, column_name::text, is_nullable = 'NO'
             FROM information_schema.columns WHERE table_schema = 'public'",
        )
        .fetch_all(&pool)
        .await
        .unwrap(),
    };
    rows.into_iter()
        .filter(|(table, ..)| table != "_sqlx_migrations")
        .collect()
}

#[test]
fn both_engines_have_the_same_migrations() {
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (Bed::sqlite().await, Bed::postgres().await);
    let (sqlite_columns, postgres_columns) = (columns(&sqlite).await, columns(&postgres).await);
    assert!(sqlite_columns.len() > 30, "{sqlite_columns:?}");
    assert_eq!(sqlite_columns, postgres_columns);
}

#[tokio::test]
async fn every_migration_file_is_compiled_in() {
    let files = i64::try_from(names("sqlite").len()).unwrap();
    for bed in [Bed::sqlite().await, Bed::postgres().await] {
        assert_eq!(
            bed.count("_sqlx_migrations").await,
            files,
            "touch src/store/sqlite.rs and src/store/postgres.rs: a new file was not noticed"
        );
    }
}
