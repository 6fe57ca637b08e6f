//! The arguments. In: the words of the command line. Out: what was asked for, or clap's own help and errors.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::screen::Colour;

/// Programmes of competencies and roles: check them, test them, evaluate candidates.
#[derive(Debug, Parser)]
#[command(
    name = "milepost",
    version,
    max_term_width = 100,
    propagate_version = true
)]
pub struct Arguments {
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub color: Colour,
    /// Leaves out what is neither a result nor an error
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes a first programme to go on from
    ///
    /// On a terminal it asks for what is not given with an option. Nothing is ever written over.
    New(New),
    /// Finds what is wrong in programmes
    ///
    /// Takes files, and folders for every .pathway file below them. Ends with 1 if it finds an error.
    Check(Check),
    /// Lays programmes out in the one shape of the language
    ///
    /// Takes files, and folders for every .pathway file below them, and names those that it changes. Meaning and comments stay; what is
    /// around a mistake is left as it is.
    Fmt(Fmt),
    /// Compiles a programme into a plan file
    ///
    /// Every command that evaluates takes a plan file in place of a .pathway file, and so do the other hosts of Milepost.
    Compile(Compile),
    /// Says where a candidate stands in a programme
    ///
    /// Every role and competency: its status, how far it is, what counted, what is missing and why.
    Evaluate(Evaluate),
    /// Replays a receipt, or checks who is given what in an outcome, and says whether it holds
    ///
    /// With --plan a receipt: ends with 0 if definition, record and outcome are all as the receipt says, with 1 if they are not.
    /// With FILE an outcome: ends with 0 if all it says of groups without reuse holds, with 1 if it does not.
    Verify(Verify),
    /// Prints the measures of a programme over a cohort
    ///
    /// Ends with 2 if a record was refused; refused records are counted and are part of no figure.
    Report(Report),
    /// Says what a change of a programme means: what became stricter, what looser, and by which clauses
    ///
    /// Compares meaning and not text. Ends with 1 if something is found that --deny names.
    Diff(Diff),
    /// Runs the scenarios written in programmes
    ///
    /// Ends with 1 if one of them does not come out as expected.
    Test(Test),
    /// Prints the JSON Schema of a programme's records or outcomes
    Schema(Schema),
    /// Prints TypeScript of a programme's records and outcomes
    ///
    /// A module of types for frontends that use the npm package `milepost`: a misspelt fact is an error there.
    Types(Types),
    /// Prints the handbook of a programme: every rule in plain language
    ///
    /// For candidates, principals and unions. Made of the rules themselves, as one page of HTML or as Markdown.
    Doc(Doc),
    /// Draws what leads to what in a programme: competencies, roles and stages
    ///
    /// As a picture, or as a graph for Graphviz or Mermaid.
    Graph(Graph),
    /// Explains the code of a diagnostic
    Explain(Explain),
    /// Serves an editor: problems as you type, hover, completion, renaming
    ///
    /// Speaks the Language Server Protocol on standard input and output. Editors start it; docs/guides/editors.md
    /// shows how to set them up.
    Lsp(Lsp),
    /// Prints a script that completes this command in a shell
    Completions(Completions),
}

/// The form of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
    /// For spreadsheets: a row for each measure
    Csv,
}

/// The form of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
    /// For GitHub Actions: commands that annotate the files
    Github,
    /// For GitLab: a Code Quality report
    Gitlab,
    /// For most services: a report as JUnit writes it
    Junit,
    /// For code scanning: a log of SARIF 2.1.0
    Sarif,
}

/// The form of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// For programs: one JSON document
    Json,
    /// For a comment on a pull request
    Markdown,
}

/// What a change of a programme may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Whoever met it may no longer, also where others may now
    Stricter,
    /// Others may meet it now, also where whoever met it may no longer
    Looser,
    /// Both of these at once
    Both,
    /// It has another name
    Renamed,
    /// It was not there
    Added,
    /// It is no longer there
    Removed,
}

/// The form of a cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CohortFormat {
    /// A record as JSON on each line
    Ndjson,
    /// A table, with the names of its columns in the first row
    Csv,
}

/// A cohort, and how to go through it.
#[derive(Clone, Copy, Debug)]
pub struct Cohort<'a> {
    /// The file; `-` is standard input.
    pub path: &'a Path,
    /// Its form, if that was said.
    pub format: Option<CohortFormat>,
    /// How many candidates at once, if that was said.
    pub jobs: Option<u16>,
}

impl Cohort<'_> {
    /// Whether it is a table.
    pub fn is_table(&self) -> bool {
        let named = || {
            let ending = self.path.extension();
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
        };
        self.format.map_or_else(named, |it| it == CohortFormat::Csv)
    }
}

/// The arguments of `new`.
#[derive(Debug, Default, Args)]
pub struct New {
    /// What the programme is called, as people will see it
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Whom it is about; `Teacher` if nobody says otherwise
    #[arg(long, value_name = "TITLE")]
    pub candidate: Option<String>,
    /// What they hand in, one kind of evidence; may be given several times
    #[arg(long, value_name = "TITLE")]
    pub evidence: Vec<String>,
    /// What they may become: the first role
    #[arg(long, value_name = "TITLE")]
    pub role: Option<String>,
    /// The file to write; named after the programme if left out; `-` writes to standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    pub format: FindingsFormat,
    /// Mends in the files what can be mended with certainty, and says what it mended
    #[arg(long)]
    pub fix: bool,
}

/// The arguments of `fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// Files and folders; `-` lays standard input out to standard output
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// Writes nothing, names what is not laid out, and ends with 1 if anything is not
    #[arg(long)]
    pub check: bool,
    /// Writes nothing, prints what would change as a patch, and ends with 1 if anything would
    #[arg(long)]
    pub diff: bool,
}

impl Fmt {
    /// Whether nothing is to be written.
    pub const fn looks_only(&self) -> bool {
        self.check || self.diff
    }
}

/// The arguments of `compile`.
#[derive(Debug, Args)]
pub struct Compile {
    /// The programme: a .pathway file
    pub file: PathBuf,
    /// The plan file to write; `-` writes it to standard output
    #[arg(long, short, value_name = "PLAN")]
    pub output: PathBuf,
}

/// The arguments of `evaluate`.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
    /// The candidate's record, a JSON file; `-` reads it from standard input
    #[arg(long, value_name = "FILE", required_unless_present = "cohort")]
    pub record: Option<PathBuf>,
    /// Many candidates: a file with a record on each line, or a CSV table; `-` reads standard input
    ///
    /// Gives an outcome as JSON on a line for each of them, in their order; a record that is refused has its problems in
    /// its place. Ends with 2 if any was refused.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["record", "receipt", "what_if", "next", "timeline", "pretty", "require"])]
    pub cohort: Option<PathBuf>,
    /// The form of the cohort; told from the ending of its name if left out
    #[arg(long, value_enum, value_name = "FORM", requires = "cohort")]
    pub cohort_format: Option<CohortFormat>,
    /// How many candidates to evaluate at once, at most 256; as many as there are processors if left out
    #[arg(long, value_name = "N", requires = "cohort", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// The day to evaluate for, as 2026-11-22; today if the result goes to a terminal
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The form of the result; text if left out, for a cohort always JSON
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Prints a receipt instead of the outcome: JSON that `verify` can replay
    #[arg(long)]
    pub receipt: bool,
    /// Says what changes would do: a JSON list of them; `-` reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with = "receipt")]
    pub what_if: Option<PathBuf>,
    /// Says what would make each role met that is not, or reach its next stage; or only this role or stage
    #[arg(long, value_name = "ROLE[.STAGE]", num_args = 0..=1, require_equals = true, conflicts_with_all = ["receipt", "what_if"])]
    pub next: Option<Option<String>>,
    /// Says how every role and competency stood and will stand, if nothing but time passes
    #[arg(long, conflicts_with_all = ["receipt", "what_if", "next"])]
    pub timeline: bool,
    /// Lays JSON out over lines
    #[arg(long)]
    pub pretty: bool,
    /// Ends with 1 unless the candidate meets this role, or is in this stage of it
    #[arg(long, value_name = "ROLE[.STAGE]")]
    pub require: Vec<String>,
}

/// The arguments of `report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
    /// The candidates: a file with a record on each line, or a CSV table; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub cohort: PathBuf,
    /// The form of the cohort; told from the ending of its name if left out
    #[arg(long, value_enum, value_name = "FORM")]
    pub cohort_format: Option<CohortFormat>,
    /// How many candidates to evaluate at once, at most 256; as many as there are processors if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// The day to evaluate for, as 2026-11-22; today if the result goes to a terminal
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Holds back figures that fewer candidates stand behind, or are left out of
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub suppress_below: Option<u64>,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    pub format: ReportFormat,
    /// Lays JSON out over lines
    #[arg(long)]
    pub pretty: bool,
}

/// The arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The receipt or the outcome, a JSON file; `-` reads it from standard input
    #[arg(value_name = "DOCUMENT")]
    pub document: PathBuf,
    /// Of an outcome: the programme, a .pathway file or a compiled plan
    #[arg(
        value_name = "FILE",
        required_unless_present = "plan",
        conflicts_with = "plan"
    )]
    pub file: Option<PathBuf>,
    /// The candidate's record, a JSON file; `-` reads it from standard input
    #[arg(long, value_name = "FILE")]
    pub record: PathBuf,
    /// Of a receipt: the programme, a .pathway file or a compiled plan
    #[arg(long, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Lays JSON out over lines
    #[arg(long)]
    pub pretty: bool,
}

/// The arguments of `diff`.
#[derive(Debug, Args)]
pub struct Diff {
    /// The programme as it was: a .pathway file or a compiled plan
    pub old: PathBuf,
    /// The programme as it is: a .pathway file or a compiled plan
    pub new: PathBuf,
    /// Looks for invented candidates as well on whom the two disagree on this day, as 2026-11-22
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Says who of these candidates gains and loses what on the day of --as-of: a file with a record on each line, or a CSV table;
    /// `-` reads standard input
    #[arg(long, value_name = "FILE", requires = "as_of")]
    pub cohort: Option<PathBuf>,
    /// The form of the cohort; told from the ending of its name if left out
    #[arg(long, value_enum, value_name = "FORM", requires = "cohort")]
    pub cohort_format: Option<CohortFormat>,
    /// How many candidates to evaluate at once, at most 256; as many as there are processors if left out
    #[arg(long, value_name = "N", requires = "cohort", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Names those who gain and lose, by their ids
    #[arg(long, requires = "cohort")]
    pub ids: bool,
    /// Holds back figures where fewer candidates gain or lose something, but some
    #[arg(long, value_name = "N", requires = "cohort", conflicts_with = "ids", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub suppress_below: Option<u64>,
    /// Ends with 1 if this happened to a role, a stage or a competency; several with commas between them
    #[arg(long, value_enum, value_name = "CHANGE", value_delimiter = ',')]
    pub deny: Vec<Deny>,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    pub format: DiffFormat,
    /// Lays JSON out over lines
    #[arg(long)]
    pub pretty: bool,
}

/// The arguments of `test`.
#[derive(Debug, Args)]
pub struct Test {
    /// Files and folders
    #[arg(value_name = "PATH", default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    pub format: FindingsFormat,
    /// Lists the requirements, and the ways in which the scenarios saw each of them stand
    #[arg(long)]
    pub coverage: bool,
    /// Ends with 1 if the scenarios saw less than so many per cent, and says what to add first
    #[arg(long, value_name = "PER CENT", value_parser = per_cent)]
    pub min_coverage: Option<u8>,
    /// Changes the expectations in the files to what comes out, and says which; look them through
    #[arg(long, conflicts_with = "format")]
    pub bless: bool,
}

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
    /// The schema of outcomes instead of records
    #[arg(long)]
    pub outcome: bool,
}

/// The arguments of `types`.
#[derive(Debug, Args)]
pub struct Types {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
}

/// The form of a handbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HandbookFormat {
    /// One page of HTML that needs nothing else
    Html,
    /// Markdown, for a wiki
    Markdown,
}

/// The arguments of `doc`.
#[derive(Debug, Args)]
pub struct Doc {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
    /// The form; told from the ending of the file to write if left out, else HTML
    #[arg(long, value_enum, value_name = "FORM")]
    pub format: Option<HandbookFormat>,
    /// The file to write; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The form of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// A picture
    Svg,
    /// A graph for Graphviz
    Dot,
    /// A flowchart for Mermaid, which GitHub and many wikis draw
    Mermaid,
}

/// The arguments of `graph`.
#[derive(Debug, Args)]
pub struct Graph {
    /// The programme: a .pathway file or a compiled plan
    pub file: PathBuf,
    /// The form; told from the ending of the file to write if left out, else a picture
    #[arg(long, value_enum, value_name = "FORM")]
    pub format: Option<GraphFormat>,
    /// The file to write; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as MP0102, or its name, as unused_rule; without it, all codes
    pub code: Option<String>,
}

/// The arguments of `lsp`.
#[derive(Debug, Args)]
pub struct Lsp {
    /// Nothing else is there; for editors that always say so
    #[arg(long)]
    pub stdio: bool,
}

/// The arguments of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: Shell,
}

fn per_cent(text: &str) -> Result<u8, String> {
    let number = text.parse().ok().filter(|number| *number <= 100);
    number.ok_or_else(|| "give a whole number from 0 to 100".to_owned())
}
