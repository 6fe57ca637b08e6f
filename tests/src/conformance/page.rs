//! Pages of the corpus: Markdown in, cases out, each with the programme, the record and the day it is about.

use std::rc::Rc;

/// The file that is evaluated.
pub const MAIN: &str = "main.pathway";

/// A page.
pub struct Page {
    /// Its file name.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// The files of a programme.
pub struct Programme {
    /// Names and bytes, in the order written.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Something a page says must be so.
pub struct Case {
    /// The heading it stands under.
    pub heading: String,
    /// The line of the block that says it, from 1.
    pub line: usize,
    /// The programme it is about.
    pub programme: Rc<Programme>,
    /// What must be so.
    pub expected: Expected,
}

/// What a case expects.
pub enum Expected {
    /// The diagnostics marked in the programme, and no other.
    Marks,
    /// How each scenario of the programme comes out: the lines of the block.
    Scenarios(Vec<String>),
    /// What a record comes to on a day: the lines of the block, and whether they are all there is.
    Outcome {
        /// The record.
        record: String,
        /// The day.
        as_of: String,
        /// The lines.
        lines: Vec<String>,
        /// Whether they are all there is.
        complete: bool,
    },
    /// Why a record is refused: the lines of the block.
    Refused {
        /// The record.
        record: String,
        /// The lines.
        lines: Vec<String>,
    },
}

/// A block between lines of three backticks.
struct Block {
    line: usize,
    info: String,
    lines: Vec<String>,
}

/// What a section has so far.
struct Section {
    heading: String,
    line: usize,
    files: Vec<(String, Vec<u8>)>,
    programme: Option<Rc<Programme>>,
    programme_line: usize,
    record: Option<String>,
    as_of: Option<String>,
    expectations: usize,
}

impl Section {
    fn new(heading: &str, line: usize) -> Self {
        Self {
            heading: heading.to_owned(),
            line,
            files: Vec::new(),
            programme: None,
            programme_line: line,
            record: None,
            as_of: None,
            expectations: 0,
        }
    }
}

/// Reads a page into cases, or says what about the page itself makes no sense.
pub fn cases(page: &Page) -> Result<Vec<Case>, String> {
    let mut reader = Reader {
        cases: Vec::new(),
        shared: None,
        as_of: None,
        section: Section::new("the beginning", 1),
    };
    let at = |line: usize, why: &str| format!("{}:{line}: {why}", page.name);
    let mut open: Option<Block> = None;
    for (line, text) in (1..).zip(page.text.lines()) {
        match (&mut open, text.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block {
                    line,
                    info: info.trim().to_owned(),
                    lines: Vec::new(),
                });
            }
            (Some(_), Some("")) => {
                if let Some(block) = open.take() {
                    reader.block(&block).map_err(|why| at(block.line, &why))?;
                }
            }
            (Some(block), _) => block.lines.push(text.to_owned()),
            (None, None) => {
                if let Some(heading) = text.strip_prefix("## ") {
                    reader
                        .end_section()
                        .map_err(|why| at(reader.section.line, &why))?;
                    reader.section = Section::new(heading, line);
                } else if let Some(day) = text.strip_prefix("as of ") {
                    reader.section.as_of = Some(day.to_owned());
                }
            }
        }
    }
    if let Some(block) = open {
        return Err(at(block.line, "this block is not closed"));
    }
    reader
        .end_section()
        .map_err(|why| at(reader.section.line, &why))?;
    Ok(reader.cases)
}

struct Reader {
    cases: Vec<Case>,
    /// The programme of sections that have none: the last right one before.
    shared: Option<Rc<Programme>>,
    /// The day of the sections that name none: that of the beginning.
    as_of: Option<String>,
    section: Section,
}

impl Reader {
    fn block(&mut self, block: &Block) -> Result<(), String> {
        let mut words = block.info.split_whitespace();
        let lines = block.lines.clone();
        match words.next() {
            Some("pathway" | "hex") => return self.file(block),
            Some("json") => self.section.record = Some(block.lines.join("\n")),
            Some("outcome") => {
                let record = self
                    .section
                    .record
                    .clone()
                    .ok_or("an outcome without a record")?;
                let as_of = self
                    .section
                    .as_of
                    .clone()
                    .or(self.as_of.clone())
                    .ok_or("an outcome without `as of DATE`")?;
                let complete = match words.next() {
                    None => false,
                    Some("complete") => true,
                    Some(word) => return Err(format!("`{word}` means nothing here")),
                };
                self.expect(
                    block.line,
                    Expected::Outcome {
                        record,
                        as_of,
                        lines,
                        complete,
                    },
                )?;
            }
            Some("refused") => {
                let record = self
                    .section
                    .record
                    .clone()
                    .ok_or("a refusal without a record")?;
                self.expect(block.line, Expected::Refused { record, lines })?;
            }
            Some("scenarios") => self.expect(block.line, Expected::Scenarios(lines))?,
            Some("text") => {}
            _ => return Err(format!("no block is called `{}`", block.info)),
        }
        Ok(())
    }

    /// A file of a programme: as it stands, filled up with spaces to `bytes=…`, or byte by byte in hexadecimal.
    fn file(&mut self, block: &Block) -> Result<(), String> {
        let mut name = MAIN;
        let mut size = 0;
        let mut words = block.info.split_whitespace();
        let hex = words.next() == Some("hex");
        for word in words {
            match word.split_once('=') {
                Some(("file", file)) => name = file,
                Some(("bytes", bytes)) => {
                    size = bytes.parse().map_err(|_| "`bytes` is a number")?
                }
                _ => return Err(format!("`{word}` means nothing here")),
            }
        }
        let mut bytes = if hex {
            let pairs = block.lines.iter().flat_map(|line| line.split_whitespace());
            pairs
                .map(|pair| u8::from_str_radix(pair, 16))
                .collect::<Result<_, _>>()
                .map_err(|_| "these are no bytes")?
        } else {
            block
                .lines
                .iter()
                .flat_map(|line| [line.as_bytes(), b"\n"].concat())
                .collect::<Vec<u8>>()
        };
        if bytes.len() < size {
            bytes.resize(size, b' ');
        }
        // Another main file is another programme.
        if name == MAIN && self.section.files.iter().any(|(name, _)| name == MAIN) {
            self.programme()?;
        }
        if self.section.programme.take().is_some() {
            self.section.files.clear();
        }
        if self.section.files.is_empty() {
            self.section.programme_line = block.line;
        }
        self.section.files.push((name.to_owned(), bytes));
        Ok(())
    }

    /// The programme the section is about now; told as a case of its own the first time.
    fn programme(&mut self) -> Result<Rc<Programme>, String> {
        if let Some(programme) = &self.section.programme {
            return Ok(Rc::clone(programme));
        }
        let programme = if self.section.files.is_empty() {
            let shared = self
                .shared
                .as_ref()
                .ok_or("no programme stands here or before it")?;
            Rc::clone(shared)
        } else {
            if !self.section.files.iter().any(|(name, _)| name == MAIN) {
                return Err(format!("none of these files is `{MAIN}`"));
            }
            let programme = Rc::new(Programme {
                files: self.section.files.clone(),
            });
            self.cases.push(Case {
                heading: self.section.heading.clone(),
                line: self.section.programme_line,
                programme: Rc::clone(&programme),
                expected: Expected::Marks,
            });
            if !programme.is_marked() {
                self.shared = Some(Rc::clone(&programme));
            }
            programme
        };
        self.section.programme = Some(Rc::clone(&programme));
        Ok(programme)
    }

    fn expect(&mut self, line: usize, expected: Expected) -> Result<(), String> {
        let programme = self.programme()?;
        self.section.expectations += 1;
        self.cases.push(Case {
            heading: self.section.heading.clone(),
            line,
            programme,
            expected,
        });
        Ok(())
    }

    fn end_section(&mut self) -> Result<(), String> {
        let first = self.section.heading == "the beginning";
        if first {
            self.as_of = self.section.as_of.clone();
        }
        if self.section.files.is_empty() && self.section.expectations == 0 {
            return if first {
                Ok(())
            } else {
                Err("this section expects nothing".to_owned())
            };
        }
        self.programme()?;
        if self.section.record.is_some() && self.section.expectations == 0 {
            return Err("a record that nothing is expected of".to_owned());
        }
        Ok(())
    }
}

impl Programme {
    /// Whether anything in it is marked as wrong.
    pub fn is_marked(&self) -> bool {
        self.files.iter().any(|(name, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            super::marks::of(name, &text).is_ok_and(|marks| !marks.is_empty())
        })
    }
}
