//! Notes to Milepost in a file: `// milepost: allow MP0501 because …`. The comments of the files in; the level of a problem
//! by its place, and what is wrong with the notes themselves, out.
//!
//! A note above a declaration is about all of it, one in a declaration about the next line (or its own, at the end of one),
//! and one that says `in this file` about the file. The narrower wins.

use std::collections::BTreeMap;

use milepost_diagnostics::{Code, Diagnostic, FileId, Level, Severity, Source, Sources, Span};

use super::Subject;

/// The notes of all files.
pub struct Notes {
    all: Vec<Note>,
    /// Those about a line, about a declaration and about a file, by where what they are about begins.
    reaching: [BTreeMap<(FileId, Code, u32), usize>; 3],
    /// What is wrong with them.
    pub unclear: Vec<Diagnostic>,
}

/// A code that a note gives a level to.
struct Note {
    code: Code,
    /// Where the code is named.
    named: Span,
    /// The whole comment.
    comment: Span,
    /// Whether its comment names others too.
    shared: bool,
    level: Level,
    /// What it is about.
    reach: Span,
    used: bool,
}

/// Places in [`Notes::reaching`].
const LINE: usize = 0;
const DECLARATION: usize = 1;
const FILE: usize = 2;

impl Notes {
    /// The notes in the comments of every file.
    pub fn read(sources: &Sources) -> Self {
        let mut notes = Self {
            all: Vec::new(),
            reaching: Default::default(),
            unclear: Vec::new(),
        };
        for (id, source) in sources.iter() {
            if source.text().contains(SIGN) {
                notes.file(id, source.text());
            }
        }
        notes
    }

    fn file(&mut self, id: FileId, text: &str) {
        let tree = milepost_syntax::parse(id, text).tree;
        let items: Vec<Span> = tree.items.iter().map(|item| item.span).collect();
        let lines = lines(id, text);
        for comment in tree.comments.iter().filter(|comment| !comment.doc) {
            let at = comment.span;
            let Some(said) = note(text, at) else { continue };
            let written = match written(said.text) {
                Ok(written) => written,
                Err(why) => {
                    self.unclear.push(unclear(said.span(at), why));
                    continue;
                }
            };
            let next = |all: &[Span]| {
                all.get(all.partition_point(|it| it.end <= at.start))
                    .copied()
            };
            let (breadth, reach) = match next(&items) {
                _ if written.whole_file => (FILE, Some(span(id, 0, text.len() + 1))),
                Some(item) if item.start > at.start => (DECLARATION, Some(item)),
                _ => (LINE, next(&lines)),
            };
            let reach = reach.unwrap_or(Span {
                start: at.end,
                ..at
            });
            self.take(&written, &said, at, breadth, reach);
        }
    }

    fn take(
        &mut self,
        written: &Written<'_>,
        said: &Said<'_>,
        comment: Span,
        breadth: usize,
        reach: Span,
    ) {
        let shared = written.codes.len() > 1;
        for word in &written.codes {
            let named = said.part(comment, word);
            let code = match Code::called(word) {
                Some(code) if code.severity() == Severity::Warning => code,
                known => {
                    let why = if known.is_some() {
                        format!("`{word}` is an error, and stays one")
                    } else {
                        format!("no warning is called `{word}`")
                    };
                    self.unclear.push(unclear(named, why));
                    continue;
                }
            };
            if let Some(reaching) = self.reaching.get_mut(breadth) {
                let key = (reach.file, code, reach.start);
                reaching.entry(key).or_insert(self.all.len());
            }
            self.all.push(Note {
                code,
                named,
                comment,
                shared,
                level: written.level,
                reach,
                used: false,
            });
        }
    }

    /// The level that the narrowest note about a problem gives to it.
    pub fn level(&mut self, problem: &Diagnostic) -> Option<Level> {
        let at = problem.span()?;
        let Self { all, reaching, .. } = self;
        let mut about = reaching.iter().filter_map(|notes| {
            let mut until =
                notes.range((at.file, problem.code, 0)..=(at.file, problem.code, at.start));
            let (_, place) = until.next_back()?;
            let note = all.get(*place)?;
            (at.start < note.reach.end).then_some(*place)
        });
        let note = about.next().and_then(|place| all.get_mut(place))?;
        note.used = true;
        Some(note.level)
    }

    /// The notes of the main file that allow what was not found.
    pub fn unused(&self, sources: &Sources) -> Vec<Diagnostic> {
        let idle = self.all.iter().filter(|note| {
            !note.used
                && note.level == Level::Allow
                && note.comment.file == Subject::MAIN
                && note.code != Code::UnusedAllow
        });
        idle.map(|note| {
            let message = format!("nothing here is `{}`", sources.text(note.named));
            let problem = Diagnostic::new(Code::UnusedAllow, note.named, message);
            if note.shared {
                problem.help("take it out of the note")
            } else {
                let whole = whole(sources, note.comment);
                problem.help("remove the note").edit(whole, "")
            }
        })
        .collect()
    }
}

/// How a note begins.
const SIGN: &str = "milepost:";

/// What a note says after its sign.
struct Said<'t> {
    text: &'t str,
    /// Where that begins in the comment.
    from: u32,
}

impl Said<'_> {
    /// All that it says.
    fn span(&self, comment: Span) -> Span {
        Span {
            start: comment.start + self.from,
            ..comment
        }
    }

    /// The place of a part of it.
    fn part(&self, comment: Span, part: &str) -> Span {
        let from = part.as_ptr() as usize - self.text.as_ptr() as usize;
        let start = comment.start + self.from + offset(from);
        Span {
            start,
            end: start + offset(part.len()),
            ..comment
        }
    }
}

fn note(text: &str, comment: Span) -> Option<Said<'_>> {
    let whole = text.get(comment.start as usize..comment.end as usize)?;
    let said = whole.strip_prefix("//")?.trim_start();
    let said = said.strip_prefix(SIGN)?.trim_start();
    Some(Said {
        from: offset(whole.len() - said.len()),
        text: said.trim_end(),
    })
}

/// `LEVEL CODE, CODE [in this file] because REASON`
struct Written<'t> {
    level: Level,
    codes: Vec<&'t str>,
    whole_file: bool,
}

fn written(said: &str) -> Result<Written<'_>, &'static str> {
    let (level, rest) = said.split_once(' ').unwrap_or((said, ""));
    let level = Level::parse(level).ok_or("a note begins with `allow`, `warn` or `deny`")?;
    let (what, reason) = rest.split_once(" because").unwrap_or((rest, ""));
    if reason.trim().is_empty() {
        return Err("this note gives no reason");
    }
    let what = what.trim();
    let codes = what.strip_suffix(" in this file");
    let whole_file = codes.is_some();
    let codes = codes.unwrap_or(what).split(',').map(str::trim);
    Ok(Written {
        level,
        codes: codes.collect(),
        whole_file,
    })
}

fn unclear(at: Span, why: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::UnclearNote, at, why)
        .help("write it as `// milepost: allow MP0501 because the school board wants it so`")
}

/// The lines on which more stands than a comment, each with its break.
fn lines(file: FileId, text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if !line.trim().is_empty() && !line.trim_start().starts_with("//") {
            lines.push(span(file, start, end));
        }
        start = end;
    }
    lines
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    Span {
        file,
        start: offset(start),
        end: offset(end),
    }
}

/// A comment with the line it stands on, if it stands there alone; else with the space before it.
fn whole(sources: &Sources, comment: Span) -> Span {
    let text = sources.get(comment.file).map_or("", Source::text);
    let before = text.get(..comment.start as usize).unwrap_or("");
    let kept = before.trim_end_matches([' ', '\t']);
    let after = text.get(comment.end as usize..).unwrap_or("");
    let break_length = match after.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => 0,
    };
    let alone = kept.is_empty() || kept.ends_with('\n');
    Span {
        start: offset(kept.len()),
        end: comment.end + if alone { break_length } else { 0 },
        ..comment
    }
}

/// An offset; a text that does not fit was refused before.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
