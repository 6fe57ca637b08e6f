//! Many candidates. In: a programme, a day, and the candidates, from a file or standard input. Out: an outcome or a refusal
//! for each, in their order; or the measures over all of them.
//!
//! Candidates are handed in batches to threads in turn, and what the threads give is taken in the same turn: so the order is
//! theirs, and no more than a few batches of each thread are ever held.

mod lines;
mod progress;
mod table;

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use milepost::cohort::{Columns, Report};
use milepost::diff::Cohort as Compared;
use milepost::wire::RefusedRow;
use milepost::{Date, Pathway, Record, Refusal};

use crate::args::Cohort;
use crate::screen::Screen;
use crate::{Ending, Trouble, complain};
use progress::Progress;

/// The longest a line is, in bytes, or the rows of a candidate.
const LONGEST: usize = 16 << 20;
/// So many bytes of candidates are handed on together, or so many candidates.
const BATCH: usize = 256 << 10;
const CANDIDATES: usize = 256;
/// So many batches wait for a thread, and so many of its answers to be taken.
const WAITING: usize = 2;
/// So many refusals are told on standard error; all of them stand in the outcomes.
const TOLD: u64 = 1_000;

/// A candidate as the file has them.
pub struct Candidate {
    /// The line they begin on.
    line: u64,
    held: Held,
}

/// What the file says of a candidate.
pub enum Held {
    /// JSON, on a line.
    Json(Vec<u8>),
    /// Rows of a table, each with its line.
    Rows(Vec<(u64, csv::ByteRecord)>),
    /// More than is taken.
    TooLong,
}

/// How candidates are read.
struct Reading<'p> {
    pathway: &'p Pathway,
    /// The columns of a table.
    columns: Option<Columns>,
}

/// What became of a batch: the text of the outcomes, and the refusals with their lines.
struct Answer {
    text: String,
    rows: u64,
    refused: Vec<(u64, Refusal)>,
}

/// How many records there were, and how many of them were refused.
#[derive(Default)]
struct Count {
    rows: u64,
    refused: u64,
}

/// Writes the outcome of every candidate.
pub fn outcomes(
    screen: &Screen,
    pathway: &Pathway,
    cohort: &Cohort<'_>,
    as_of: Date,
) -> Result<Ending, Trouble> {
    let mut out = BufWriter::new(io::stdout().lock());
    let worker = |reading: &Reading<'_>, candidate: &Candidate, text: &mut String| {
        let decoded = reading.decode(candidate);
        match &decoded {
            Ok(record) => text.push_str(&pathway.evaluate(record, as_of).to_json()),
            Err(refusal) => {
                let row = RefusedRow::new(candidate.line, refusal.clone());
                text.push_str(&row.to_json());
            }
        }
        text.push('\n');
        decoded.map(|_| ())
    };
    let progress = Progress::beside_results(screen);
    let count = each(
        screen,
        pathway,
        cohort,
        progress,
        || worker,
        |text| out.write_all(text.as_bytes()),
    )?;
    match out.flush() {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            return Err(format!("the result cannot be written: {problem}").into());
        }
        _ => {}
    }
    Ok(ending(screen, &count))
}

/// What a change means for all candidates: `start` gives each thread, and the whole, a count of nobody yet.
pub fn compared<'p>(
    screen: &Screen,
    pathway: &Pathway,
    cohort: &Cohort<'_>,
    start: impl Fn() -> Compared<'p>,
) -> Result<(Compared<'p>, Ending), Trouble> {
    let (parts, taken) = std::sync::mpsc::channel();
    let worker = || {
        let mut part = Part {
            whole: Some(start()),
            done: parts.clone(),
        };
        move |reading: &Reading<'_>, candidate: &Candidate, _: &mut String| {
            let Some(compared) = &mut part.whole else {
                return Ok(());
            };
            if let Held::Json(json) = &candidate.held {
                return compared.add(json);
            }
            match reading.decode(candidate) {
                Ok(record) => compared.add_record(&record),
                Err(refusal) => {
                    compared.refuse();
                    Err(refusal)
                }
            }
        }
    };
    let progress = Progress::before_results(screen);
    let count = each(screen, pathway, cohort, progress, worker, |_| Ok(()))?;
    drop(parts);
    let mut whole = start();
    taken.into_iter().for_each(|part| whole.merge(part));
    let ending = ending(screen, &count);
    Ok((whole, ending))
}

/// The measures over all candidates.
pub fn measured(
    screen: &Screen,
    pathway: &Pathway,
    cohort: &Cohort<'_>,
    as_of: Date,
) -> Result<(Report, Ending), Trouble> {
    let (parts, taken) = std::sync::mpsc::channel();
    let worker = || {
        let mut part = Part {
            whole: Some(Report::new(pathway, as_of)),
            done: parts.clone(),
        };
        move |reading: &Reading<'_>, candidate: &Candidate, _: &mut String| {
            let Some(report) = &mut part.whole else {
                return Ok(());
            };
            let decoded = reading.decode(candidate);
            match &decoded {
                Ok(record) => report.add(record),
                Err(_) => report.refuse(),
            }
            decoded.map(|_| ())
        }
    };
    let progress = Progress::before_results(screen);
    let count = each(screen, pathway, cohort, progress, worker, |_| Ok(()))?;
    drop(parts);
    let mut whole = Report::new(pathway, as_of);
    taken.into_iter().for_each(|part| whole.merge(part));
    let ending = ending(screen, &count);
    Ok((whole, ending))
}

/// What one thread makes, which it hands over when it is done.
struct Part<T> {
    whole: Option<T>,
    done: std::sync::mpsc::Sender<T>,
}

impl<T> Drop for Part<T> {
    fn drop(&mut self) {
        if let Some(whole) = self.whole.take() {
            // nobody waits for it only if everything has ended already
            let _ = self.done.send(whole);
        }
    }
}

impl Reading<'_> {
    fn decode(&self, candidate: &Candidate) -> Result<Record, Refusal> {
        match (&candidate.held, &self.columns) {
            (Held::Json(json), _) => self.pathway.decode_record(json),
            (Held::Rows(rows), Some(columns)) => table::decode(columns, rows),
            (Held::TooLong, None) => Err(Refusal::because("the line is longer than 16 MiB")),
            (Held::TooLong | Held::Rows(_), _) => Err(Refusal::because(
                "the rows of the candidate are longer than 16 MiB",
            )),
        }
    }
}

fn ending(screen: &Screen, count: &Count) -> Ending {
    if count.refused == 0 {
        return Ending::Clean;
    }
    let verb = if count.refused == 1 { "was" } else { "were" };
    let message = if count.rows == 1 {
        "the only record was refused".to_owned()
    } else {
        let (refused, rows) = (spaced(count.refused), spaced(count.rows));
        format!("{refused} of {rows} records {verb} refused")
    };
    complain::problem(screen, &message, None);
    Ending::NotDone
}

/// A number in groups of three digits.
fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Hands every candidate to one of the threads, each with a worker of its own, and what they write to `take` in the order of
/// the candidates.
fn each<W>(
    screen: &Screen,
    pathway: &Pathway,
    cohort: &Cohort<'_>,
    progress: Progress,
    worker: impl Fn() -> W,
    mut take: impl FnMut(&str) -> io::Result<()>,
) -> Result<Count, Trouble>
where
    W: FnMut(&Reading<'_>, &Candidate, &mut String) -> Result<(), Refusal> + Send,
{
    let unreadable = |problem: io::Error| unreadable(cohort.path, &problem);
    let source: Box<dyn Read + Send> = if cohort.path == Path::new("-") {
        Box::new(progress.watch(io::stdin(), None))
    } else {
        let file = File::open(cohort.path).map_err(unreadable)?;
        let size = file.metadata().map_err(unreadable)?.len();
        Box::new(progress.watch(file, Some(size)))
    };
    let mut reading = Reading {
        pathway,
        columns: None,
    };
    let table = if cohort.is_table() {
        let (columns, rows) = table::open(screen, pathway, cohort.path, source)?;
        reading.columns = Some(columns);
        Ok(rows)
    } else {
        Err(source)
    };
    let reading = &reading;
    let jobs = cohort.jobs.map_or_else(
        || thread::available_parallelism().map_or(1, NonZeroUsize::get),
        usize::from,
    );
    thread::scope(|scope| {
        let (mut ins, mut outs) = (Vec::new(), Vec::new());
        for _ in 0..jobs {
            let (to, candidates) = sync_channel::<Vec<Candidate>>(WAITING);
            let (answers, from) = sync_channel::<Answer>(WAITING);
            let mut work = worker();
            scope.spawn(move || {
                answer(&candidates, &answers, |candidate, text| {
                    work(reading, candidate, text)
                });
            });
            ins.push(to);
            outs.push(from);
        }
        let reader = scope.spawn(move || match table {
            Ok(rows) => hand_on(rows, &ins),
            Err(source) => hand_on(lines::Lines::new(source), &ins),
        });
        let mut count = Count::default();
        let mut wanted = true;
        for from in outs.iter().cycle() {
            // the turn of a thread that has nothing more comes when there are no more batches at all
            let Ok(answer) = from.recv() else { break };
            count.rows += answer.rows;
            for (line, refusal) in answer.refused {
                count.refused += 1;
                if count.refused <= TOLD {
                    progress.aside(|| tell(screen, line, &refusal, reading.columns.is_some()));
                }
            }
            match take(&answer.text) {
                Ok(()) => {}
                Err(problem) if problem.kind() == ErrorKind::BrokenPipe => {
                    wanted = false;
                    break;
                }
                Err(problem) => {
                    return Err(format!("the result cannot be written: {problem}").into());
                }
            }
        }
        drop(outs);
        progress.done();
        match reader.join() {
            Ok(Err(problem)) if wanted => Err(unreadable(problem)),
            _ => Ok(count),
        }
    })
}

/// What one thread does: it answers its batches one after the other.
fn answer(
    batches: &Receiver<Vec<Candidate>>,
    answers: &SyncSender<Answer>,
    mut work: impl FnMut(&Candidate, &mut String) -> Result<(), Refusal>,
) {
    for batch in batches {
        let mut answer = Answer {
            text: String::new(),
            rows: 0,
            refused: Vec::new(),
        };
        for candidate in &batch {
            answer.rows += 1;
            if let Err(refusal) = work(candidate, &mut answer.text) {
                answer.refused.push((candidate.line, refusal));
            }
        }
        if answers.send(answer).is_err() {
            return;
        }
    }
}

/// Hands batches of candidates to the threads in turn; ends early if nobody takes them.
fn hand_on(
    mut candidates: impl Iterator<Item = io::Result<Candidate>>,
    threads: &[SyncSender<Vec<Candidate>>],
) -> io::Result<()> {
    for thread in threads.iter().cycle() {
        let (mut batch, mut size) = (Vec::new(), 0);
        while size < BATCH && batch.len() < CANDIDATES {
            let Some(candidate) = candidates.next() else {
                break;
            };
            let candidate = candidate?;
            size += match &candidate.held {
                Held::Json(json) => json.len(),
                Held::Rows(rows) => rows.iter().map(|(_, row)| row.as_slice().len()).sum(),
                Held::TooLong => 0,
            };
            batch.push(candidate);
        }
        if batch.is_empty() || thread.send(batch).is_err() {
            break;
        }
    }
    Ok(())
}

/// Lists what is wrong with the candidate who begins on a line; in a table every problem has a line of its own.
fn tell(screen: &Screen, line: u64, refusal: &Refusal, table: bool) {
    for problem in &refusal.problems {
        let own = problem.line.filter(|_| table).map(u64::from);
        let line = own.unwrap_or(line);
        let column = problem.column.map(|column| format!(", column {column}"));
        let pointer = Some(problem.pointer.as_str()).filter(|it| !it.is_empty());
        let message = format!(
            "line {line}{}: {}{}",
            column.unwrap_or_default(),
            pointer.map(|it| format!("{it}: ")).unwrap_or_default(),
            problem.message
        );
        complain::problem(screen, &message, problem.help.as_deref());
    }
}

fn unreadable(path: &Path, problem: &io::Error) -> Trouble {
    format!("the cohort `{}` cannot be read: {problem}", path.display()).into()
}
