//! A whole run. In: cases and hosts. Out: a line for each host, the first difference of each, and whether there is none.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use super::case::{self, Case, answer};
use super::{command_line, compare, giants, hosts, table};

/// What a run is of.
#[derive(Clone, Debug)]
pub struct Run {
    /// The cases.
    pub cases: Vec<Case>,
    /// The hosts.
    pub hosts: Vec<String>,
    /// The command line's binary.
    pub binary: PathBuf,
    /// Whether a host that is not installed may be left out.
    pub may_skip: bool,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Every host gave the same bytes.
    Same,
    /// Every host did that is installed here.
    SomeSkipped,
    /// One did not.
    Differs,
}

/// The cases in batches, and where everything is.
struct Written {
    folder: PathBuf,
    batches: Vec<Vec<Case>>,
    /// How many of the batches come before the giants.
    small: usize,
}

/// Runs it.
///
/// # Errors
///
/// A file cannot be written or read.
pub fn run(run: Run) -> std::io::Result<Ended> {
    let folder = hosts::root().join("target/parity");
    let _ = fs::remove_dir_all(&folder);
    let number = run.cases.len();
    let (giants, cases) = run.cases.into_iter().partition(giants::is_one);
    let mut batches = case::batches(cases);
    let small = batches.len();
    batches.extend(case::batches(giants));
    let written = Written {
        folder,
        batches,
        small,
    };
    let start = Instant::now();
    fs::create_dir_all(written.folder.join("cases"))?;
    fs::write(
        written.folder.join("cases/questions.json"),
        table::as_json().to_string(),
    )?;
    let native = written.answers("native")?;
    each(written.batches.len(), |place| {
        let Some(batch) = written.batches.get(place) else {
            return Ok(());
        };
        fs::write(written.cases(place), case::write(batch))?;
        fs::write(native.join(format!("{place}.answers")), natively(batch))
    })?;
    println!(
        "{number} cases, {} questions; the native library has answered in {:.1} s",
        table::answered().count(),
        start.elapsed().as_secs_f32()
    );
    let (failed, skipped) = (AtomicUsize::new(0), AtomicUsize::new(0));
    each(run.hosts.len(), |place| {
        let Some(host) = run.hosts.get(place) else {
            return Ok(());
        };
        if let Some(missing) = hosts::missing(host) {
            let (word, count) = if run.may_skip {
                ("SKIPPED", &skipped)
            } else {
                ("FAILED", &failed)
            };
            count.fetch_add(1, Ordering::Relaxed);
            println!(
                "{host:<10} {word}: {} is not there (cargo xtask toolchain)",
                missing.display()
            );
            return Ok(());
        }
        let start = Instant::now();
        let line = match written.ask(host, &run.binary)? {
            Ok(same) if same > 0 => format!("{same} answers are the same"),
            Ok(_) => {
                failed.fetch_add(1, Ordering::Relaxed);
                "FAILED: nothing could be compared".to_owned()
            }
            Err(why) => {
                failed.fetch_add(1, Ordering::Relaxed);
                format!("FAILED: {why}")
            }
        };
        println!(
            "{host:<10} {:>5.1} s  {line}",
            start.elapsed().as_secs_f32()
        );
        Ok(())
    })?;
    Ok(match (failed.into_inner(), skipped.into_inner()) {
        (0, 0) => Ended::Same,
        (0, _) => Ended::SomeSkipped,
        _ => Ended::Differs,
    })
}

/// The native library's answers to a batch.
#[must_use]
pub fn natively(batch: &[Case]) -> Vec<u8> {
    let mut out = Vec::new();
    for case in batch {
        for given in table::answers(case) {
            answer(&mut out, given.as_deref());
        }
    }
    out
}

/// Does the work of each place, as many at a time as there are processors; the first error, if there is one.
fn each(places: usize, work: impl Fn(usize) -> std::io::Result<()> + Sync) -> std::io::Result<()> {
    let next = AtomicUsize::new(0);
    let problem = Mutex::new(Ok(()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    if place >= places {
                        break;
                    }
                    if let Err(error) = work(place) {
                        *problem.lock().unwrap_or_else(|held| held.into_inner()) = Err(error);
                        break;
                    }
                }
            });
        }
    });
    problem
        .into_inner()
        .unwrap_or_else(|held| held.into_inner())
}

impl Written {
    fn cases(&self, place: usize) -> PathBuf {
        self.folder.join(format!("cases/{place}.cases"))
    }

    /// The folder of a host's answers.
    fn answers(&self, host: &str) -> std::io::Result<PathBuf> {
        let folder = self.folder.join("answers").join(host);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Has a host answer, and compares: how many answers are the same, or what is wrong.
    fn ask(&self, host: &str, binary: &Path) -> std::io::Result<Result<usize, String>> {
        let answers = self.answers(host)?;
        // An emulated processor takes its time, and its memory is no smaller.
        let batches = match host {
            "aarch64" => self.small,
            _ => self.batches.len(),
        };
        let lenient = host == "command";
        let ended = match hosts::command(host) {
            Some(command) => hosts::run(command, &self.folder.join("cases"), &answers, batches),
            None => self.command_line(&answers, binary).map(Ok)?,
        };
        let mut same = 0;
        for (place, batch) in self.batches.iter().take(batches).enumerate() {
            let file = format!("{place}.answers");
            let Ok(found) = fs::read(answers.join(&file)) else {
                let first = batch.first().map_or("", Case::name);
                let why = ended.err().unwrap_or_default();
                return Ok(Err(format!("no answers from the case {first} on: {why}")));
            };
            let expected = fs::read(self.folder.join("answers/native").join(&file))?;
            match compare::batch(batch, &expected, &found, lenient) {
                Ok(more) => same += more,
                Err(difference) => {
                    let folder = self.folder.join("difference").join(host);
                    return difference.report(host, &folder).map(Err);
                }
            }
        }
        Ok(ended.map(|()| same))
    }

    fn command_line(&self, answers: &Path, binary: &Path) -> std::io::Result<()> {
        let folder = self.folder.join("command");
        for (place, batch) in self.batches.iter().enumerate() {
            let mut out = Vec::new();
            for case in batch {
                let native = table::answers(case);
                for given in command_line::answers(binary, &folder, case, &native)? {
                    answer(&mut out, given.as_deref());
                }
            }
            fs::write(answers.join(format!("{place}.answers")), out)?;
        }
        Ok(())
    }
}
