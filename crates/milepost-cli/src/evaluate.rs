//! `milepost evaluate`. In: a programme, a candidate's record, a day. Out: where the candidate stands, for a person or a
//! program.

use std::path::Path;

use milepost::{Date, Pathway, Refusal, wire};

use crate::args::{Evaluate, Format};
use crate::report::{Circumstances, report};
use crate::screen::Screen;
use crate::today::today;
use crate::{Ending, Trouble, complain, files, programme};

/// No record is longer, and the decoder says so of one byte more.
const MOST: usize = 256 << 20;

/// Evaluates one candidate.
pub fn run(screen: &Screen, arguments: &Evaluate) -> Result<Ending, Trouble> {
    let as_of = day(screen, arguments.as_of.as_deref())?;
    let compiled = programme::compile(&arguments.file)?;
    let Some(pathway) = programme::checked(screen, &arguments.file, &compiled)? else {
        return Ok(Ending::NotDone);
    };
    for role in &arguments.require {
        known(pathway, role)?;
    }
    let json = read(&arguments.record)?;
    let record = match pathway.decode_record(&json) {
        Ok(record) => record,
        Err(refusal) => {
            refused(screen, &arguments.record, &refusal);
            return Ok(Ending::NotDone);
        }
    };
    drop(json);
    let outcome = pathway.evaluate(&record, as_of).report();
    let programme = &pathway.plan().parts().programme;
    let text = match arguments.format {
        Format::Json if arguments.pretty => outcome.to_json_pretty() + "\n",
        Format::Json => outcome.to_json() + "\n",
        Format::Text => report(
            screen,
            &outcome,
            &Circumstances {
                title: programme.title.as_deref(),
                candidate: programme.candidate.as_deref(),
                today: arguments.as_of.is_none(),
            },
        ),
    };
    screen.print(&text)?;
    Ok(Ending::findings(!required(
        screen,
        &outcome,
        &arguments.require,
    )))
}

/// The day asked for; today only where somebody sees that it is.
fn day(screen: &Screen, asked: Option<&str>) -> Result<Date, Trouble> {
    match asked {
        Some(text) => text.parse().map_err(|_| {
            Trouble::from(format!("`{text}` is no date")).help("a date is written as 2026-11-22")
        }),
        None if !screen.terminal => Err(Trouble::from(
            "the result depends on the day, and none is given: `--as-of` may be left out only on a terminal",
        )
        .help("add `--as-of` and a date, such as `--as-of 2026-11-22`")),
        None => today().and_then(|text| text.parse().ok()).ok_or_else(|| {
            Trouble::from("the clock of this computer shows no date").help("add `--as-of` and a date")
        }),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let text = if path == Path::new("-") {
        files::standard_input(MOST)
    } else {
        files::read(path, MOST)
    };
    text.map_err(|why| {
        let refused = Trouble::from(format!(
            "the record `{}` cannot be read: {why}",
            path.display()
        ));
        let special = path.exists() && !path.is_file() && !path.is_dir();
        if special {
            refused.help("to read from a pipe, write `--record -`")
        } else {
            refused
        }
    })
}

/// Lists what is wrong with a record, each problem with its place in it.
fn refused(screen: &Screen, path: &Path, refusal: &Refusal) {
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
            "the record `{}` is refused for {problems}{more}",
            path.display()
        ),
        None,
    );
}

/// Whether the programme has such a role.
fn known(pathway: &Pathway, role: &str) -> Result<(), Trouble> {
    let roles = &pathway.plan().parts().roles;
    let names = || roles.iter().map(|role| role.entry.name.as_str());
    if names().any(|name| name == role) {
        return Ok(());
    }
    let nearest = names().min_by_key(|name| strsim::damerau_levenshtein(name, role));
    let trouble = Trouble::from(format!("the programme has no role `{role}`"));
    Err(match nearest {
        Some(name) if strsim::damerau_levenshtein(name, role) <= 1 + name.len() / 3 => {
            trouble.help(format!("did you mean `{name}`?"))
        }
        Some(_) => trouble.help(format!(
            "its roles are {}",
            names()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )),
        None => trouble.help("it has no roles at all"),
    })
}

/// Whether every role asked for is met; says which is not.
fn required(screen: &Screen, outcome: &wire::Outcome, asked: &[String]) -> bool {
    let unmet = outcome
        .roles
        .iter()
        .filter(|role| asked.contains(&role.name) && role.status != wire::Status::Met);
    let unmet: Vec<String> = unmet
        .map(|role| {
            format!(
                "the role `{}` is required and is not met: {}",
                role.name,
                role.status.as_str()
            )
        })
        .collect();
    for message in &unmet {
        complain::problem(screen, message, None);
    }
    unmet.is_empty()
}
