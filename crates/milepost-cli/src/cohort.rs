//! Many candidates. In: a programme, a day, and lines with a record each, from a file or standard input. Out: an outcome or
//! a refusal for each line, in the order of the lines; or the measures over all of them.
//!
//! Lines are handed in batches to threads in turn, and what the threads give is taken in the same turn: so the order is
//! that of the lines, and no more than a few batches of each thread are ever held.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use milepost::cohort::Report;
use milepost::wire::RefusedRow;
use milepost::{Date, Pathway, Refusal};

use crate::screen::Screen;
use crate::{Ending, Trouble, complain};

/// The longest a line is, in bytes.
const LINE: usize = 16 << 20;
/// So many bytes of lines are handed on together, or so many lines.
const BATCH: usize = 256 << 10;
const LINES: usize = 256;
/// So many batches wait for a thread, and so many of its answers to be taken.
const WAITING: usize = 2;
/// So many refusals are told on standard error; all of them stand in the outcomes.
const TOLD: u64 = 1_000;

/// A line that holds something.
struct Line {
    number: u64,
    /// What it holds; nothing if it is too long.
    bytes: Option<Vec<u8>>,
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
    path: &Path,
    as_of: Date,
    jobs: Option<NonZeroUsize>,
) -> Result<Ending, Trouble> {
    let mut out = BufWriter::new(io::stdout().lock());
    let worker = || {
        |line: &Line, text: &mut String| -> Result<(), Refusal> {
            let json = line.bytes.as_deref().ok_or_else(too_long);
            let answer = json.and_then(|json| pathway.decode_record(json));
            match answer {
                Ok(record) => {
                    text.push_str(&pathway.evaluate(&record, as_of).to_json());
                    text.push('\n');
                    Ok(())
                }
                Err(refusal) => {
                    let row = RefusedRow::new(line.number, refusal.clone());
                    text.push_str(&row.to_json());
                    text.push('\n');
                    Err(refusal)
                }
            }
        }
    };
    let count = each(screen, path, jobs, worker, |text| {
        out.write_all(text.as_bytes())
    })?;
    match out.flush() {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            return Err(format!("the result cannot be written: {problem}").into());
        }
        _ => {}
    }
    Ok(ending(screen, &count))
}

/// The measures over all candidates.
pub fn measured(
    screen: &Screen,
    pathway: &Pathway,
    path: &Path,
    as_of: Date,
    jobs: Option<NonZeroUsize>,
) -> Result<(Report, Ending), Trouble> {
    let (parts, taken) = std::sync::mpsc::channel();
    let worker = || {
        let mut part = Part {
            report: Some(Report::new(pathway, as_of)),
            done: parts.clone(),
        };
        move |line: &Line, _: &mut String| -> Result<(), Refusal> {
            let Some(report) = &mut part.report else {
                return Ok(());
            };
            let json = line.bytes.as_deref().ok_or_else(too_long);
            match json.and_then(|json| pathway.decode_record(json)) {
                Ok(record) => report.add(&record),
                Err(refusal) => {
                    report.refuse();
                    return Err(refusal);
                }
            }
            Ok(())
        }
    };
    let count = each(screen, path, jobs, worker, |_| Ok(()))?;
    drop(parts);
    let mut whole = Report::new(pathway, as_of);
    taken.into_iter().for_each(|part| whole.merge(part));
    let ending = ending(screen, &count);
    Ok((whole, ending))
}

/// The report of one thread, which hands it over when it is done.
struct Part {
    report: Option<Report>,
    done: std::sync::mpsc::Sender<Report>,
}

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(report) = self.report.take() {
            // nobody waits for it only if everything has ended already
            let _ = self.done.send(report);
        }
    }
}

fn too_long() -> Refusal {
    Refusal::because("the line is longer than 16 MiB")
}

fn ending(screen: &Screen, count: &Count) -> Ending {
    if count.refused == 0 {
        return Ending::Clean;
    }
    let verb = if count.refused == 1 { "was" } else { "were" };
    let message = format!(
        "{} of {} records {verb} refused",
        spaced(count.refused),
        spaced(count.rows)
    );
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

/// Hands every line to one of the threads, each with a worker of its own, and what they write to `take` in the order of
/// the lines.
fn each<W>(
    screen: &Screen,
    path: &Path,
    jobs: Option<NonZeroUsize>,
    worker: impl Fn() -> W,
    mut take: impl FnMut(&str) -> io::Result<()>,
) -> Result<Count, Trouble>
where
    W: FnMut(&Line, &mut String) -> Result<(), Refusal> + Send,
{
    let source: Box<dyn Read + Send> = if path == Path::new("-") {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(|problem| unreadable(path, &problem))?)
    };
    let jobs = jobs.map_or_else(
        || thread::available_parallelism().map_or(1, NonZeroUsize::get),
        NonZeroUsize::get,
    );
    thread::scope(|scope| {
        let (mut ins, mut outs) = (Vec::new(), Vec::new());
        for _ in 0..jobs {
            let (to, lines) = sync_channel::<Vec<Line>>(WAITING);
            let (answers, from) = sync_channel::<Answer>(WAITING);
            let mut work = worker();
            scope.spawn(move || answer(&lines, &answers, &mut work));
            ins.push(to);
            outs.push(from);
        }
        let reader = scope.spawn(move || read(source, &ins));
        let mut count = Count::default();
        let mut wanted = true;
        for from in outs.iter().cycle() {
            // the turn of a thread that has nothing more comes when there are no more batches at all
            let Ok(answer) = from.recv() else { break };
            count.rows += answer.rows;
            for (line, refusal) in answer.refused {
                count.refused += 1;
                if count.refused <= TOLD {
                    tell(screen, line, &refusal);
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
        match reader.join() {
            Ok(Err(problem)) if wanted => Err(unreadable(path, &problem)),
            _ => Ok(count),
        }
    })
}

/// What one thread does: it answers its batches one after the other.
fn answer<W>(lines: &Receiver<Vec<Line>>, answers: &SyncSender<Answer>, work: &mut W)
where
    W: FnMut(&Line, &mut String) -> Result<(), Refusal>,
{
    for batch in lines {
        let mut answer = Answer {
            text: String::new(),
            rows: 0,
            refused: Vec::new(),
        };
        for line in &batch {
            answer.rows += 1;
            if let Err(refusal) = work(line, &mut answer.text) {
                answer.refused.push((line.number, refusal));
            }
        }
        if answers.send(answer).is_err() {
            return;
        }
    }
}

/// Reads lines, and hands batches of them to the threads in turn; ends early if nobody takes them.
fn read(source: impl Read, threads: &[SyncSender<Vec<Line>>]) -> io::Result<()> {
    let mut source = BufReader::with_capacity(BATCH, source);
    let mut number = 0;
    let mut ended = false;
    for thread in threads.iter().cycle() {
        let (mut batch, mut size) = (Vec::new(), 0);
        while !ended && size < BATCH && batch.len() < LINES {
            let Some(bytes) = line(&mut source)? else {
                ended = true;
                break;
            };
            number += 1;
            size += bytes.as_ref().map_or(0, Vec::len);
            let marked = bytes
                .as_ref()
                .is_some_and(|it| it.starts_with(b"\xef\xbb\xbf"));
            let bytes = match bytes {
                Some(bytes) if number == 1 && marked => bytes.get(3..).map(<[u8]>::to_vec),
                bytes => bytes,
            };
            if bytes.as_ref().is_none_or(|it| !it.trim_ascii().is_empty()) {
                batch.push(Line { number, bytes });
            }
        }
        if !batch.is_empty() && thread.send(batch).is_err() {
            return Ok(());
        }
        if ended {
            return Ok(());
        }
    }
    Ok(())
}

/// The next line without its end: nothing at the end, and nothing in it if it is too long, of which no more is kept.
#[expect(
    clippy::option_option,
    reason = "no line and a line that is not kept are two things"
)]
fn line(source: &mut impl BufRead) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LINE).unwrap_or(u64::MAX) + 1;
    let taken = source.by_ref().take(most).read_until(b'\n', &mut bytes)?;
    if taken == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > LINE {
        source.skip_until(b'\n')?;
        return Ok(Some(None));
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    Ok(Some(Some(bytes)))
}

/// Lists what is wrong with the record on a line.
fn tell(screen: &Screen, line: u64, refusal: &Refusal) {
    for problem in &refusal.problems {
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
