//! Documents about a candidate from their files. In: the path of a record or a receipt. Out: its bytes, the decoded record,
//! or what is wrong with it, said.

use std::path::Path;

use milepost::{Pathway, Record, Refusal};

use crate::screen::Screen;
use crate::{Trouble, complain, files};

/// No record or receipt is longer, and the decoder says so of one byte more.
const MOST: usize = 256 << 20;

/// The record in a file; nothing, after its problems, if it is refused.
pub fn decoded(screen: &Screen, pathway: &Pathway, path: &Path) -> Result<Option<Record>, Trouble> {
    let json = read(path, "record")?;
    Ok(pathway
        .decode_record(&json)
        .map_err(|refusal| refused(screen, "record", path, &refusal))
        .ok())
}

/// The bytes of a record or a receipt; `-` stands for standard input.
pub fn read(path: &Path, what: &str) -> Result<Vec<u8>, Trouble> {
    let text = if path == Path::new("-") {
        files::standard_input(MOST)
    } else {
        files::read(path, MOST)
    };
    text.map_err(|why| {
        let refused = Trouble::from(format!(
            "the {what} `{}` cannot be read: {why}",
            path.display()
        ));
        let special = path.exists() && !path.is_file() && !path.is_dir();
        match what {
            _ if !special => refused,
            "record" => refused.help("to read from a pipe, write `--record -`"),
            _ => refused.help("to read from a pipe, write `-`"),
        }
    })
}

/// Lists what is wrong with a record or a receipt, each problem with its place in it.
pub fn refused(screen: &Screen, what: &str, path: &Path, refusal: &Refusal) {
    for problem in &refusal.problems {
        let place = match (problem.line, problem.column) {
            (Some(line), Some(column)) => format!("line {line}, column {column}: "),
            _ if problem.pointer.is_empty() => String::new(),
            _ => format!("{}: ", problem.pointer),
        };
        complain::problem(
            screen,
            &format!("{place}{}", problem.message),
            problem.help.as_deref(),
        );
    }
    let number = refusal.more + refusal.problems.len() as u64;
    let problems = if number == 1 {
        "a problem".to_owned()
    } else {
        format!("{number} problems")
    };
    let more = if refusal.more > 0 {
        format!("; {} of them are not shown", refusal.more)
    } else {
        String::new()
    };
    complain::problem(
        screen,
        &format!(
            "the {what} `{}` is refused for {problems}{more}",
            path.display()
        ),
        None,
    );
}
