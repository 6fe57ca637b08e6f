//! The edges between the crates. In: what Cargo says and the tables of `docs/contributing/architecture.md`. Out: a
//! difference between the two, if there is one.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a book without its tables is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{Metadata, MetadataCommand};

type Edges = BTreeMap<String, BTreeSet<String>>;

const BOOK: &str = include_str!("../../docs/contributing/architecture.md");
const SUITES: &str = "milepost-tests";

fn metadata() -> Metadata {
    MetadataCommand::new()
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .expect("cargo metadata")
}

/// What each crate of the workspace names in its manifest, for whatever purpose.
fn dependencies() -> Edges {
    let package = |package: &cargo_metadata::Package| {
        (
            package.name.to_string(),
            package
                .dependencies
                .iter()
                .map(|dependency| dependency.name.clone())
                .collect(),
        )
    };
    metadata().packages.iter().map(package).collect()
}

/// The rows of the table that has this header, as cells.
fn table<'a>(book: &'a str, header: &str) -> Vec<Vec<&'a str>> {
    let lines = book.lines().skip_while(|line| *line != header).skip(2);
    let rows: Vec<Vec<&str>> = lines
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(!rows.is_empty(), "the book has no table `{header}`");
    rows
}

fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Every edge within the workspace that one side has and the other has not.
fn differences(book: &str, cargo: &Edges) -> Vec<String> {
    let rows = table(book, "| crate | one sentence | depends on |");
    let book: Edges = rows
        .iter()
        .map(|row| {
            (
                names(row[0]).into_iter().next().unwrap_or_default(),
                names(row[2]),
            )
        })
        .collect();
    let mut found = Vec::new();
    for name in cargo.keys().filter(|name| !book.contains_key(*name)) {
        found.push(format!("`{name}` has no row in the book"));
    }
    for (name, written) in &book {
        let Some(all) = cargo.get(name) else {
            found.push(format!("`{name}` has a row in the book and is no crate"));
            continue;
        };
        let actual: BTreeSet<String> = all
            .iter()
            .filter(|other| cargo.contains_key(*other))
            .cloned()
            .collect();
        found.extend(
            actual
                .difference(written)
                .map(|other| format!("`{name}` uses `{other}`; the book does not say so")),
        );
        found.extend(
            written
                .difference(&actual)
                .map(|other| format!("`{name}` does not use `{other}`; the book says so")),
        );
    }
    found
}

/// Every crate that uses a library kept to another.
fn strays(book: &str, cargo: &Edges) -> Vec<String> {
    let mut found = Vec::new();
    for row in table(book, "| library | only in | because |") {
        let (library, homes) = (row[0].trim_matches('`'), names(row[1]));
        let users = cargo
            .iter()
            .filter(|(_, uses)| uses.contains(library))
            .map(|(name, _)| name.as_str());
        found.extend(
            users
                .filter(|user| !homes.contains(*user) && *user != SUITES)
                .map(|user| format!("`{user}` uses `{library}`")),
        );
        let idle = homes
            .iter()
            .filter(|home| !cargo.get(*home).is_some_and(|uses| uses.contains(library)));
        found.extend(idle.map(|home| format!("`{home}` does not use `{library}`")));
    }
    found
}

#[test]
fn the_crates_depend_on_each_other_as_the_book_says() {
    assert_eq!(differences(BOOK, &dependencies()), Vec::<String>::new());
}

#[test]
fn some_libraries_stay_in_one_crate() {
    assert_eq!(strays(BOOK, &dependencies()), Vec::<String>::new());
}

#[test]
fn an_edge_more_or_less_is_seen() {
    let mut cargo = dependencies();
    cargo
        .get_mut("milepost-engine")
        .unwrap()
        .insert("milepost-syntax".into());
    cargo.get_mut("milepost-cli").unwrap().remove("milepost");
    cargo
        .get_mut("milepost-engine")
        .unwrap()
        .insert("serde_json".into());
    cargo.insert("milepost-extra".into(), BTreeSet::new());
    assert_eq!(
        differences(BOOK, &cargo),
        [
            "`milepost-extra` has no row in the book",
            "`milepost-cli` does not use `milepost`; the book says so",
            "`milepost-engine` uses `milepost-syntax`; the book does not say so",
        ]
    );
    assert_eq!(
        strays(BOOK, &cargo),
        ["`milepost-engine` uses `serde_json`"]
    );
}
