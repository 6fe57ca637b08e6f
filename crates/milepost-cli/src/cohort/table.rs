//! Candidates in a table. In: CSV, with the names of the columns in its first row. Out: the columns, and the rows of one
//! candidate after the other: those that stand together and have one id.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, Reader, ReaderBuilder};
use milepost::cohort::{Columns, Row};
use milepost::{Pathway, Record, Refusal};

use super::{BATCH, Candidate, Held, LONGEST, unreadable};
use crate::Trouble;
use crate::complain;
use crate::screen::Screen;

/// Reads the first row.
pub fn open<R: Read>(
    screen: &Screen,
    pathway: &Pathway,
    path: &Path,
    source: R,
) -> Result<(Columns, Rows<R>), Trouble> {
    let left = Arc::new(AtomicUsize::new(0));
    let source = Bounded {
        source,
        left: Arc::clone(&left),
    };
    let mut rows = Rows {
        reader: ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(BATCH)
            .from_reader(source),
        left,
        id: 0,
        ahead: None,
    };
    let first = rows.row().map_err(|problem| unreadable(path, &problem))?;
    let first = first.map(|(_, row)| row).unwrap_or_default();
    let names: Vec<_> = first.iter().map(String::from_utf8_lossy).collect();
    let mut names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if let Some(name) = names.first_mut() {
        *name = name.strip_prefix('\u{feff}').unwrap_or(name).trim();
    }
    match Columns::new(pathway, &names) {
        Ok(columns) => {
            rows.id = columns.id();
            Ok((columns, rows))
        }
        Err(refusal) => {
            for problem in &refusal.problems {
                let column = problem.column.map(|column| format!(", column {column}"));
                let message = format!("line 1{}: {}", column.unwrap_or_default(), problem.message);
                complain::problem(screen, &message, problem.help.as_deref());
            }
            Err(format!("the table `{}` cannot be read", path.display()).into())
        }
    }
}

/// Decodes the rows of a candidate.
pub fn decode(columns: &Columns, rows: &[(u64, ByteRecord)]) -> Result<Record, Refusal> {
    let cells = rows.iter().map(|(line, row)| {
        let cells = row
            .iter()
            .map(std::str::from_utf8)
            .collect::<Result<_, _>>();
        cells.map(|cells| Row { line: *line, cells }).map_err(|_| {
            let mut refusal = Refusal::because("the row is no text in UTF-8");
            for problem in &mut refusal.problems {
                problem.line = u32::try_from(*line).ok();
            }
            refusal
        })
    });
    columns.decode(&cells.collect::<Result<Vec<_>, _>>()?)
}

/// The rows of a table, by candidate.
pub struct Rows<R> {
    reader: Reader<Bounded<R>>,
    /// How many bytes may be read for the next row.
    left: Arc<AtomicUsize>,
    /// The column that says whose row it is.
    id: usize,
    /// The row after those of the candidate before.
    ahead: Option<(u64, ByteRecord)>,
}

impl<R: Read> Rows<R> {
    /// The next row that says something, and its line.
    fn row(&mut self) -> io::Result<Option<(u64, ByteRecord)>> {
        loop {
            self.left.store(LONGEST, Ordering::Relaxed);
            let mut row = ByteRecord::new();
            if !self.reader.read_byte_record(&mut row)? {
                return Ok(None);
            }
            let line = self.begins(&row);
            row.trim();
            if row.iter().any(|cell| !cell.is_empty()) {
                return Ok(Some((line, row)));
            }
        }
    }

    /// The line that a row begins on, which was read last. Where the reader began to look for it may be an empty line before.
    fn begins(&self, row: &ByteRecord) -> u64 {
        let looked = row.position().map_or(0, csv::Position::line);
        let breaks = row.as_slice().iter().filter(|byte| **byte == b'\n').count();
        let after = self.reader.position().line();
        let begins = after.checked_sub(1 + u64::try_from(breaks).unwrap_or(after));
        begins.map_or(looked, |line| line.max(looked))
    }

    fn candidate(&mut self) -> io::Result<Option<Candidate>> {
        let first = match self.ahead.take() {
            Some(row) => Some(row),
            None => self.row()?,
        };
        let Some((line, first)) = first else {
            return Ok(None);
        };
        let id = first.get(self.id).map(<[u8]>::to_vec);
        let mut size = first.as_slice().len();
        let mut rows = vec![(line, first)];
        while let Some((line, row)) = self.row()? {
            if row.get(self.id) != id.as_deref() {
                self.ahead = Some((line, row));
                break;
            }
            size = size.saturating_add(row.as_slice().len());
            if size <= LONGEST {
                rows.push((line, row));
            }
        }
        let held = if size > LONGEST {
            Held::TooLong
        } else {
            Held::Rows(rows)
        };
        Ok(Some(Candidate { line, held }))
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = io::Result<Candidate>;

    fn next(&mut self) -> Option<Self::Item> {
        self.candidate().transpose()
    }
}

/// A source of which so much is read for a row and no more: a quotation mark that is never closed holds all that follows.
struct Bounded<R> {
    source: R,
    left: Arc<AtomicUsize>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(io::Error::other(
                "a row is longer than 16 MiB; is a quotation mark left open?",
            ));
        }
        let most = buffer.len().min(left);
        let read = match buffer.get_mut(..most) {
            Some(buffer) => self.source.read(buffer)?,
            None => 0,
        };
        self.left.fetch_sub(read, Ordering::Relaxed);
        Ok(read)
    }
}
