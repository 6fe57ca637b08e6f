//! Marks in a programme: comments that point up at what is wrong. In: a text. Out: what should be reported, and where.
//!
//! ```text
//!   eligible when yeers >= 3
//!   //            ^^^^^ error[MP0102] unknown name
//! ```
//!
//! The carets cover the columns of the line above that the diagnostic covers. `|` stands under an empty place, `<` means
//! the very beginning of the line, `^^^…` covers the rest of its line and goes on below it. What follows the code is a
//! part of the message.

/// A diagnostic, or a mark that asks for one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The first column in characters, from 1.
    pub from: u32,
    /// The column after the last one; nothing where it ends on a later line.
    pub to: Option<u32>,
    /// `error` or `warning`.
    pub severity: String,
    /// The code.
    pub code: String,
    /// The message, or a part of it.
    pub message: String,
}

/// The marks of a file.
pub fn of(file: &str, text: &str) -> Result<Vec<Mark>, String> {
    let mut marks = Vec::new();
    let mut above = (0u32, "");
    for (line, text) in (1u32..).zip(text.lines()) {
        match mark(text)? {
            None => above = (line, text),
            Some((from, carets, rest)) => {
                let (severity, rest) = rest.split_once('[').ok_or_else(|| wrong(line))?;
                let (code, message) = rest.split_once(']').ok_or_else(|| wrong(line))?;
                let to = match carets {
                    Carets::Empty => Some(from),
                    Carets::Over(count) => Some(from + count),
                    Carets::Beyond => None,
                };
                marks.push(Mark {
                    file: file.to_owned(),
                    line: above.0,
                    from,
                    to,
                    severity: severity.to_owned(),
                    code: code.to_owned(),
                    message: message.trim().to_owned(),
                });
            }
        }
    }
    Ok(marks)
}

fn wrong(line: u32) -> String {
    format!("line {line}: a mark is written `//  ^^^^ error[MP0102] message`")
}

enum Carets {
    Empty,
    Over(u32),
    Beyond,
}

/// The column, the carets and what follows, if a line is a mark.
fn mark(line: &str) -> Result<Option<(u32, Carets, &str)>, String> {
    let Some(rest) = line.trim_start().strip_prefix("//") else {
        return Ok(None);
    };
    let carets = rest.trim_start();
    if !carets.starts_with(['^', '|', '<']) {
        return Ok(None);
    }
    let before = line.chars().count() - carets.chars().count();
    let from = u32::try_from(before).map_err(|_| "a line is too long")? + 1;
    if let Some(rest) = carets.strip_prefix('|') {
        return Ok(Some((from, Carets::Empty, rest.trim_start())));
    }
    if let Some(rest) = carets.strip_prefix('<') {
        return Ok(Some((1, Carets::Empty, rest.trim_start())));
    }
    let after = carets.trim_start_matches('^');
    let count = u32::try_from(carets.len() - after.len()).map_err(|_| "a line is too long")?;
    Ok(Some(match after.strip_prefix('…') {
        Some(rest) => (from, Carets::Beyond, rest.trim_start()),
        None => (from, Carets::Over(count), after.trim_start()),
    }))
}

/// Marks without a diagnostic, and diagnostics without a mark, in words.
pub fn differences(marked: &[Mark], found: &[Mark]) -> Vec<String> {
    let mut left: Vec<&Mark> = found.iter().collect();
    let mut wrong = Vec::new();
    for mark in marked {
        let place = left.iter().position(|found| {
            (&found.file, found.line, found.from, found.to)
                == (&mark.file, mark.line, mark.from, mark.to)
                && (&found.severity, &found.code) == (&mark.severity, &mark.code)
                && found.message.contains(&mark.message)
        });
        match place {
            Some(place) => drop(left.remove(place)),
            None => wrong.push(format!("is marked and not reported: {}", told(mark))),
        }
    }
    wrong.extend(
        left.into_iter()
            .map(|found| format!("is reported and not marked: {}", told(found))),
    );
    wrong
}

fn told(mark: &Mark) -> String {
    let to = mark.to.map_or("…".to_owned(), |to| to.to_string());
    let Mark {
        file,
        line,
        from,
        severity,
        code,
        message,
        ..
    } = mark;
    format!("{file}:{line} columns {from}-{to} {severity}[{code}] {message}")
}
