//! Candidates on lines. In: text with a record as JSON on each line. Out: the lines that hold something, one after the other.

use std::io::{self, BufRead, BufReader, Read};

use super::{BATCH, Candidate, Held, LONGEST};

/// The lines of a source.
pub struct Lines<R> {
    source: BufReader<R>,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// From the first line on.
    pub fn new(source: R) -> Self {
        Self {
            source: BufReader::with_capacity(BATCH, source),
            number: 0,
        }
    }

    /// The next line without its end, if there is one.
    fn line(&mut self) -> io::Result<Option<Held>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 1;
        let source = &mut self.source;
        let taken = source.by_ref().take(most).read_until(b'\n', &mut bytes)?;
        if taken == 0 {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
        } else if bytes.len() > LONGEST {
            source.skip_until(b'\n')?;
            return Ok(Some(Held::TooLong));
        }
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Ok(Some(Held::Json(bytes)))
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<Candidate>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut held = match self.line().transpose()? {
                Ok(held) => held,
                Err(problem) => return Some(Err(problem)),
            };
            self.number += 1;
            if let Held::Json(bytes) = &mut held {
                if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
                    bytes.drain(..3);
                }
                if bytes.trim_ascii().is_empty() {
                    continue;
                }
            }
            return Some(Ok(Candidate {
                line: self.number,
                held,
            }));
        }
    }
}
