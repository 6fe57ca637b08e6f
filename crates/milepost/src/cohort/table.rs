//! A table of candidates: the names of its columns and rows of cells in; records out, or what is wrong with them, by line and
//! column.
//!
//! Columns are named as the keys of a record are, with points between: `facts.years_teaching`, `evidence.kind`. Each row may
//! hold a piece of evidence, a credential, a post and a waiver of its candidate; facts stand in any of the candidate's rows.

use std::collections::{BTreeMap, BTreeSet};

use milepost_engine::plan::{Field, Parts, Type};
use milepost_engine::record::Record;

use crate::Pathway;
use crate::decode::{CREDENTIAL_KEYS, EVIDENCE_KEYS, POST_KEYS, WAIVER_KEYS, nearest};
use crate::report::text::{list, text, yes_no};
use crate::wire::{Problem, Refusal};

/// The columns of a table.
///
/// ```
/// # let programme = r#"
/// #     pathway coaching "Coaching" { version "2026.1" }
/// #     evidence session "Coaching session" { hours : number }
/// #     role coach "Coach" { eligible when at least 5 total hours of session }
/// # "#;
/// # let sources = std::collections::BTreeMap::from([("main.pathway", programme)]);
/// # let compiled = milepost::compile(&sources, "main.pathway");
/// use milepost::cohort::{Columns, Row};
///
/// let pathway = compiled.plan()?;
/// let names = ["id", "evidence.id", "evidence.kind", "evidence.date", "evidence.hours"];
/// let columns = Columns::new(pathway, &names)?;
/// let rows = [
///     Row { line: 2, cells: vec!["c-7", "s1", "session", "2026-09-01", "2.5"] },
///     Row { line: 3, cells: vec!["c-7", "s2", "session", "2026-10-01", "three"] },
/// ];
/// let refused = columns.decode(&rows).unwrap_err();
/// assert_eq!((refused.problems[0].line, refused.problems[0].column), (Some(3), Some(5)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Columns {
    pathway: Pathway,
    names: Vec<String>,
    columns: Vec<Column>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The line it begins on, from 1.
    pub line: u64,
    /// A cell for each column; an empty one says nothing.
    pub cells: Vec<&'a str>,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Id,
    Enrolled,
    Fact(Key),
    Entry(List, Key),
}

/// A key, and of a rubric the criterion.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    name: String,
    criterion: Option<String>,
}

/// The lists of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum List {
    Evidence,
    Credentials,
    Posts,
    Waivers,
}

const LISTS: [(List, &str); 4] = [
    (List::Evidence, "evidence"),
    (List::Credentials, "credentials"),
    (List::Posts, "posts"),
    (List::Waivers, "waivers"),
];

/// So many columns a table has at most.
const COLUMNS: usize = 1_000;

/// What columns may be called.
const COLUMN_NAMES: &str = "columns are `id`, `enrolled`, `facts.NAME`, `evidence.KEY`, `credentials.KEY`, `posts.KEY` and \
                            `waivers.KEY`, parted by commas";

/// What a cell holds.
#[derive(Clone, Copy)]
enum Cell<'t> {
    /// A text, or what is written as one: a name, a day.
    Text,
    /// A value of a type.
    Of(&'t Type),
    /// Items of text.
    Texts,
    /// Suspensions: from which day and, where they are over, to which.
    Days,
}

/// Where a value of the record stands in the table.
struct Place {
    line: u64,
    /// The column, from 0; nothing for a row.
    column: Option<usize>,
}

impl Columns {
    /// The columns of these names, in their order.
    ///
    /// # Errors
    ///
    /// There are none or too many, there is no `id`, a name stands twice, or it names nothing; every problem is listed with
    /// its column.
    pub fn new(pathway: &Pathway, names: &[&str]) -> Result<Self, Refusal> {
        let parts = pathway.plan().parts();
        let refused = |message: String, help: &str| {
            let problems = vec![problem(1, None, message, Some(help.to_owned()))];
            Err(Refusal { problems, more: 0 })
        };
        if names.is_empty() {
            return refused("the table is empty".to_owned(), COLUMN_NAMES);
        }
        if names.len() > COLUMNS {
            let message = format!("the table has more than {COLUMNS} columns");
            return refused(message, "leave out those that say nothing");
        }
        let (mut columns, mut problems) = (Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for (place, name) in names.iter().enumerate() {
            let column = match column(parts, name) {
                Ok(column) => column,
                Err((message, help)) => {
                    problems.push(problem(1, Some(place), message, help));
                    continue;
                }
            };
            if !seen.insert(column.clone()) {
                let message = format!("the column `{name}` stands there twice");
                problems.push(problem(1, Some(place), message, None));
            }
            columns.push(column);
        }
        if problems.is_empty() && !columns.contains(&Column::Id) {
            let message = "there is no column `id`".to_owned();
            problems.push(problem(1, None, message, None));
        }
        if problems.is_empty() {
            Ok(Self {
                pathway: pathway.clone(),
                names: names.iter().map(|name| (*name).to_owned()).collect(),
                columns,
            })
        } else {
            Err(Refusal { problems, more: 0 })
        }
    }

    /// The place of the column that says whose row it is.
    #[must_use]
    pub fn id(&self) -> usize {
        let mut columns = self.columns.iter();
        columns.position(|it| *it == Column::Id).unwrap_or(0)
    }

    /// Decodes the rows of one candidate.
    ///
    /// # Errors
    ///
    /// The record that they make is refused; every problem is listed with its line and column.
    pub fn decode(&self, rows: &[Row<'_>]) -> Result<Record, Refusal> {
        let uneven = rows
            .iter()
            .filter(|row| row.cells.len() != self.columns.len());
        let problems: Vec<_> = uneven
            .map(|row| {
                let number = |of: usize, what| match of {
                    1 => format!("1 {what}"),
                    _ => format!("{of} {what}s"),
                };
                let cells = number(row.cells.len(), "cell");
                let columns = number(self.columns.len(), "column");
                let message = format!("the row has {cells}, and the first row names {columns}");
                problem(row.line, None, message, None)
            })
            .collect();
        if !problems.is_empty() {
            return Err(Refusal { problems, more: 0 });
        }
        let mut record = Written {
            columns: self,
            out: String::new(),
            places: BTreeMap::new(),
            problems: Vec::new(),
        };
        record.write(rows);
        if !record.problems.is_empty() {
            return Err(Refusal {
                problems: record.problems,
                more: 0,
            });
        }
        let decoded = self.pathway.decode_record(record.out.as_bytes());
        decoded.map_err(|mut refusal| {
            let first = rows.first().map_or(1, |row| row.line);
            for problem in &mut refusal.problems {
                self.place(problem, &record.places, first);
            }
            refusal
        })
    }

    /// Says of a problem where it stands in the table.
    fn place(&self, problem: &mut Problem, places: &BTreeMap<String, Place>, first: u64) {
        let pointer = std::mem::take(&mut problem.pointer);
        if let Some(also) = &problem.also {
            let other = places.get(also).map_or(first, |it| it.line);
            problem.message = problem.message.replace(also, &format!("line {other}"));
            problem.also = None;
        }
        let mut left = pointer.as_str();
        let known = loop {
            if let Some(known) = places.get(left) {
                break Some(known);
            }
            match left.rsplit_once('/') {
                Some((shorter, _)) if !shorter.is_empty() => left = shorter,
                _ => break None,
            }
        };
        let column = known.and_then(|it| it.column);
        if let Some(name) = column.and_then(|column| self.names.get(column)) {
            problem.message = format!("`{name}`: {}", problem.message);
        }
        problem.line = u32::try_from(known.map_or(first, |it| it.line)).ok();
        problem.column = column.and_then(|column| u32::try_from(column + 1).ok());
    }
}

/// What a name of a column means, or why it means nothing, and what to do.
fn column(parts: &Parts, name: &str) -> Result<Column, (String, Option<String>)> {
    let (section, path) = match name.split_once('.') {
        Some((section, path)) => (section, Some(path)),
        None => (name, None),
    };
    let unknown = |what: &str, written: &str, known: Vec<&str>| {
        let nearest = nearest(written, known.into_iter().map(|name| (name, None)));
        let help = nearest.map(|name| format!("did you mean `{name}`?"));
        (format!("column `{name}`: {what}"), help)
    };
    let key = |path: &str| {
        let (name, criterion) = match path.split_once('.') {
            Some((name, criterion)) => (name, Some(criterion.to_owned())),
            None => (path, None),
        };
        let name = name.to_owned();
        Key { name, criterion }
    };
    match (section, path) {
        ("id", None) => return Ok(Column::Id),
        ("enrolled", None) => return Ok(Column::Enrolled),
        ("facts", Some(path)) => {
            let key = key(path);
            let known: Vec<_> = parts
                .facts
                .iter()
                .map(|it| it.entry.name.as_str())
                .collect();
            if known.contains(&key.name.as_str()) {
                return Ok(Column::Fact(key));
            }
            let what = format!("there is no fact `{}`", key.name);
            return Err(unknown(&what, &key.name, known));
        }
        _ => {}
    }
    let list = LISTS.iter().find(|(_, name)| *name == section);
    let (Some((list, _)), Some(path)) = (list, path) else {
        let message = format!("a column cannot be called `{name}`");
        let fact = parts.facts.iter().any(|it| it.entry.name == section);
        let help = match fact {
            true => format!("the column of a fact begins with `facts.`: `facts.{name}`"),
            false => COLUMN_NAMES.to_owned(),
        };
        return Err((message, Some(help)));
    };
    let key = key(path);
    let mut known: Vec<&str> = match list {
        List::Evidence => EVIDENCE_KEYS.to_vec(),
        List::Credentials => CREDENTIAL_KEYS.to_vec(),
        List::Posts => POST_KEYS.to_vec(),
        List::Waivers => WAIVER_KEYS.to_vec(),
    };
    if *list == List::Evidence {
        let fields = parts.kinds.iter().flat_map(|kind| &kind.fields);
        known.extend(fields.map(|field| field.entry.name.as_str()));
    }
    if known.contains(&key.name.as_str()) {
        Ok(Column::Entry(*list, key))
    } else {
        let what = format!("nothing there has a key `{}`", key.name);
        Err(unknown(&what, &key.name, known))
    }
}

fn problem(line: u64, column: Option<usize>, message: String, help: Option<String>) -> Problem {
    Problem {
        pointer: String::new(),
        message,
        help,
        also: None,
        line: u32::try_from(line).ok(),
        column: column.and_then(|column| u32::try_from(column + 1).ok()),
    }
}

/// A record on its way to JSON.
struct Written<'c> {
    columns: &'c Columns,
    out: String,
    /// By JSON pointer.
    places: BTreeMap<String, Place>,
    problems: Vec<Problem>,
}

impl Written<'_> {
    fn write(&mut self, rows: &[Row<'_>]) {
        self.out.push('{');
        let columns = self.columns;
        let mut some = false;
        for (at, column) in columns.columns.iter().enumerate() {
            let key = match column {
                Column::Id => "id",
                Column::Enrolled => "enrolled",
                Column::Fact(_) | Column::Entry(..) => continue,
            };
            if let Some((line, cell)) = self.once(rows, at) {
                self.key(&mut some, key);
                self.note(format!("/{key}"), line, Some(at));
                text(&mut self.out, cell);
            }
        }
        self.key(&mut some, "facts");
        self.facts(rows);
        for (list, name) in LISTS {
            self.key(&mut some, name);
            self.entries(rows, list, name);
        }
        self.out.push('}');
    }

    fn key(&mut self, some: &mut bool, key: &str) {
        if std::mem::replace(some, true) {
            self.out.push(',');
        }
        text(&mut self.out, key);
        self.out.push(':');
    }

    fn note(&mut self, pointer: String, line: u64, column: Option<usize>) {
        self.places.insert(pointer, Place { line, column });
    }

    /// What a column says once for all rows of a candidate, and on which line.
    fn once<'r>(&mut self, rows: &[Row<'r>], at: usize) -> Option<(u64, &'r str)> {
        let cells = rows
            .iter()
            .filter_map(|row| Some((row.line, *row.cells.get(at)?)));
        let mut said = cells.filter(|(_, cell)| !cell.is_empty());
        let (line, first) = said.next()?;
        if let Some((other, cell)) = said.find(|(_, cell)| *cell != first) {
            let name = self.columns.names.get(at).map_or("", String::as_str);
            let message = format!("`{name}`: {cell} is said here, and {first} on line {line}");
            self.problems.push(problem(other, Some(at), message, None));
        }
        Some((line, first))
    }

    fn facts(&mut self, rows: &[Row<'_>]) {
        let columns = self.columns;
        let parts = columns.pathway.plan().parts();
        let mut cells = Vec::new();
        for (at, column) in columns.columns.iter().enumerate() {
            if let Column::Fact(key) = column
                && let Some((line, cell)) = self.once(rows, at)
            {
                cells.push((key, at, line, cell));
            }
        }
        self.object("/facts", &cells, |name| typed(&parts.facts, name));
    }

    fn entries(&mut self, rows: &[Row<'_>], wanted: List, name: &str) {
        let columns = self.columns;
        let parts = columns.pathway.plan().parts();
        self.out.push('[');
        let mut index = 0;
        for row in rows {
            let cells = columns.columns.iter().zip(&row.cells).enumerate();
            let cells: Vec<_> = cells
                .filter_map(|(at, (column, cell))| match column {
                    Column::Entry(list, key) if *list == wanted && !cell.is_empty() => {
                        Some((key, at, row.line, *cell))
                    }
                    _ => None,
                })
                .collect();
            if cells.is_empty() {
                continue;
            }
            if index > 0 {
                self.out.push(',');
            }
            let kind = cells.iter().find(|(key, ..)| key.name == "kind");
            let kind = kind
                .and_then(|(.., cell)| parts.kinds.iter().find(|kind| kind.entry.name == *cell));
            let pointer = format!("/{name}/{index}");
            self.note(pointer.clone(), row.line, None);
            self.object(&pointer, &cells, |key| match (wanted, key, kind) {
                (List::Evidence, "for", _) => Cell::Texts,
                (List::Evidence | List::Credentials, "suspended", _) => Cell::Days,
                (List::Evidence, key, Some(kind)) => typed(&kind.fields, key),
                _ => Cell::Text,
            });
            index += 1;
        }
        self.out.push(']');
    }

    /// An object of cells; those of the criteria of one rubric make an object of their own.
    fn object<'t>(
        &mut self,
        pointer: &str,
        cells: &[(&Key, usize, u64, &str)],
        holds: impl Fn(&str) -> Cell<'t>,
    ) {
        self.out.push('{');
        let mut some = false;
        for (place, (key, at, line, cell)) in cells.iter().enumerate() {
            let own = format!("{pointer}/{}", key.name);
            if key.criterion.is_none() {
                self.key(&mut some, &key.name);
                self.note(own, *line, Some(*at));
                match holds(&key.name) {
                    Cell::Text => text(&mut self.out, cell),
                    Cell::Of(ty) => value(&mut self.out, cell, ty),
                    Cell::Texts => list(&mut self.out, items(cell), text),
                    Cell::Days => list(&mut self.out, items(cell), suspension),
                }
                continue;
            }
            let of_one = |other: &Key| other.name == key.name && other.criterion.is_some();
            let before = cells.get(..place).unwrap_or_default();
            if before.iter().any(|(other, ..)| of_one(other)) {
                continue;
            }
            self.key(&mut some, &key.name);
            self.note(own.clone(), *line, Some(*at));
            self.out.push('{');
            let mut any = false;
            for (other, at, line, cell) in cells.iter().filter(|(other, ..)| of_one(other)) {
                let criterion = other.criterion.as_deref().unwrap_or_default();
                self.key(&mut any, criterion);
                self.note(format!("{own}/{criterion}"), *line, Some(*at));
                text(&mut self.out, cell);
            }
            self.out.push('}');
        }
        self.out.push('}');
    }
}

fn typed<'f>(fields: &'f [Field], name: &str) -> Cell<'f> {
    let field = fields.iter().find(|field| field.entry.name == name);
    field.map_or(Cell::Text, |field| Cell::Of(&field.ty))
}

/// A cell as JSON; what is not written as its type asks stays a text, and is refused as one.
fn value(out: &mut String, cell: &str, ty: &Type) {
    match (ty, cell) {
        (Type::Number(..) | Type::Whole(..), cell) if is_number(cell) => out.push_str(cell),
        (Type::YesNo, "yes" | "true") => yes_no(out, true),
        (Type::YesNo, "no" | "false") => yes_no(out, false),
        (Type::List(of), cell) => list(out, items(cell), |out, item| value(out, item, of)),
        _ => text(out, cell),
    }
}

/// The items of a cell that holds a list.
fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').map(str::trim).filter(|it| !it.is_empty())
}

/// A suspension as JSON: `2026-01-05 to 2026-02-13`, or only its first day while it goes on.
fn suspension(out: &mut String, days: &str) {
    let (from, until) = match days.split_once(" to ") {
        Some((from, until)) => (from.trim(), Some(until.trim())),
        None => (days, None),
    };
    out.push_str("{\"from\":");
    text(out, from);
    if let Some(until) = until {
        out.push_str(",\"until\":");
        text(out, until);
    }
    out.push('}');
}

/// Whether a text is a number as JSON writes it, without an exponent.
fn is_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::canonical;

    const PROGRAMME: &str = r#"
        pathway coaching "Coaching" { version "2026.1" }
        scale level "Level" { low "Low"  high "High" }
        rubric lesson "Lesson" on level { plan "Plan"  teach "Teach" }
        candidate "Teacher" { tenured : yes/no  areas : list of text  shown : lesson  years : number from -5 to 50 }
        evidence visit "Visit" { rated : lesson  hours : number  ok : yes/no }
        competency listening "Listening" { requires at least 1 visit for this where ok and hours > 0 }
        role coach "Coach" {
          eligible when all of {
            competency listening
            first "First" waivable by board: tenured and areas contains "maths" and years > 0
            shown.plan >= high
            every visit where rated.teach >= high
          }
        }
    "#;

    fn pathway() -> Pathway {
        let sources = BTreeMap::from([("main.pathway", PROGRAMME)]);
        let compiled = crate::compile(&sources, "main.pathway");
        compiled.plan().expect("it compiles").clone()
    }

    #[test]
    fn every_type_and_every_list_has_its_cells() {
        let pathway = pathway();
        let names = [
            "id",
            "facts.tenured",
            "facts.areas",
            "facts.shown.plan",
            "facts.shown.teach",
            "facts.years",
            "evidence.id",
            "evidence.kind",
            "evidence.date",
            "evidence.for",
            "evidence.rated.teach",
            "evidence.hours",
            "evidence.ok",
            "credentials.id",
            "credentials.competency",
            "credentials.issued",
            "credentials.suspended",
            "evidence.suspended",
            "waivers.requirement",
            "waivers.by",
            "waivers.as",
            "waivers.reason",
            "waivers.granted",
        ];
        let columns = Columns::new(&pathway, &names).expect("they are columns");
        let cells = |row: &'static str| row.split(',').collect::<Vec<_>>();
        let rows = [
            Row {
                line: 2,
                cells: cells(
                    "c,yes,maths; art,high,low,-2.5,v1,visit,2026-01-02,listening,high,0.1,no,,,,,2026-02-01 to 2026-02-10; 2026-03-01,,,,,",
                ),
            },
            Row {
                line: 3,
                cells: cells(
                    "c,,,,,,v2,visit,2026-01-03,,,2,true,m1,listening,2025-01-01,2025-03-01 to 2025-03-31,,coach.first,p-1,board,late,2026-01-01",
                ),
            },
        ];
        let rows = rows.map(|mut row| {
            row.cells.resize(names.len(), "");
            row
        });
        let record = columns.decode(&rows).expect("it is a record");
        let written = pathway.decode_record(
            br#"{ "id": "c",
                  "facts": { "tenured": true, "areas": ["maths", "art"], "shown": { "plan": "high", "teach": "low" }, "years": -2.5 },
                  "evidence": [
                    { "id": "v1", "kind": "visit", "date": "2026-01-02", "for": ["listening"], "rated": { "teach": "high" },
                      "hours": 0.1, "ok": false,
                      "suspended": [{ "from": "2026-02-01", "until": "2026-02-10" }, { "from": "2026-03-01" }] },
                    { "id": "v2", "kind": "visit", "date": "2026-01-03", "hours": 2, "ok": true }],
                  "credentials": [{ "id": "m1", "competency": "listening", "issued": "2025-01-01",
                    "suspended": [{ "from": "2025-03-01", "until": "2025-03-31" }] }],
                  "waivers": [{ "requirement": "coach.first", "by": "p-1", "as": "board", "reason": "late", "granted": "2026-01-01" }] }"#,
        );
        let text = |record: &Record| canonical::record(record);
        assert_eq!(text(&record), text(&written.expect("it is a record")));
    }

    #[test]
    fn numbers_are_those_of_json() {
        let so = ["0", "-0", "7", "-12.50", "0.1"];
        assert!(so.iter().all(|text| is_number(text)));
        let not_so = [
            "", "-", "07", "1,5", "1e3", "1.", ".5", "+1", "1 000", "--1",
        ];
        assert!(!not_so.iter().any(|text| is_number(text)));
    }
}
