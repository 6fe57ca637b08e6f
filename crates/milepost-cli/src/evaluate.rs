//! `milepost evaluate`. In: a programme, a candidate's record, a day. Out: where the candidate stands, for a person or a
//! program.

use std::path::{Path, PathBuf};

use milepost::{Date, Pathway, Record, wire};

use crate::args::{Cohort, Evaluate, Format};
use crate::report::{Circumstances, next, report, timeline, what_if};
use crate::screen::Screen;
use crate::today::today;
use crate::{Ending, Trouble, cohort, complain, programme, record};

/// Evaluates one candidate.
pub fn run(screen: &Screen, arguments: &Evaluate) -> Result<Ending, Trouble> {
    let as_of = day(screen, arguments.as_of.as_deref())?;
    let format = arguments.format.unwrap_or(Format::Text);
    together(arguments)?;
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    let goal = arguments.next.iter().flatten();
    for role in arguments.require.iter().chain(goal) {
        known(&pathway, role)?;
    }
    if let Some(path) = &arguments.cohort {
        let cohort = Cohort {
            path,
            format: arguments.cohort_format,
            jobs: arguments.jobs,
        };
        return cohort::outcomes(screen, &pathway, &cohort, as_of);
    }
    let path = arguments.record.as_deref().unwrap_or(Path::new("-"));
    let Some(record) = record::decoded(screen, &pathway, path)? else {
        return Ok(Ending::NotDone);
    };
    let programme = &pathway.plan().parts().programme;
    let circumstances = Circumstances {
        title: programme.title.as_deref(),
        candidate: programme.candidate.as_deref(),
        today: arguments.as_of.is_none(),
    };
    let ending =
        |outcome: &wire::Outcome| Ending::findings(!required(screen, outcome, &arguments.require));
    if let Some(path) = &arguments.what_if {
        let changes = record::read(path, "list of changes")?;
        let json = match pathway.what_if(&record, &changes, as_of) {
            Ok(json) => json,
            Err(wire::ChangesRefusal(refusal)) => {
                record::refused(screen, "list of changes", path, &refusal);
                return Ok(Ending::NotDone);
            }
        };
        let found = wire::WhatIf::read(&json)
            .map_err(|why| format!("the comparison cannot be laid out: {why}"))?;
        let text = match format {
            Format::Json if arguments.pretty => found.to_json_pretty() + "\n",
            Format::Json => json + "\n",
            Format::Text => what_if(screen, &found, &circumstances),
        };
        screen.answer(format, &text)?;
        return Ok(ending(&found.after));
    }
    let outcome = pathway.evaluate(&record, as_of).report();
    if let Some(goal) = &arguments.next {
        let json = match goal {
            Some(goal) => pathway.next_to(&record, as_of, goal),
            None => Ok(pathway.next(&record, as_of)),
        };
        let json = json.map_err(|unknown| unknown.to_string())?;
        let found = wire::Next::read(&json)
            .map_err(|why| format!("what is next cannot be laid out: {why}"))?;
        let text = match format {
            Format::Json if arguments.pretty => found.to_json_pretty() + "\n",
            Format::Json => json + "\n",
            Format::Text => next(screen, &outcome, &found, &circumstances),
        };
        screen.answer(format, &text)?;
        return Ok(ending(&outcome));
    }
    if arguments.receipt {
        screen.send(receipt(&pathway, &record, as_of, arguments.pretty)?.as_bytes())?;
        return Ok(ending(&outcome));
    }
    if arguments.timeline {
        let json = pathway.timeline(&record, as_of);
        let found = wire::Timeline::read(&json)
            .map_err(|why| format!("the timeline cannot be laid out: {why}"))?;
        let text = match format {
            Format::Json if arguments.pretty => found.to_json_pretty() + "\n",
            Format::Json => json + "\n",
            Format::Text => timeline(screen, &outcome, &found, &circumstances),
        };
        screen.answer(format, &text)?;
        return Ok(ending(&outcome));
    }
    let text = match format {
        Format::Json if arguments.pretty => outcome.to_json_pretty() + "\n",
        Format::Json => outcome.to_json() + "\n",
        Format::Text => report(screen, &outcome, &circumstances),
    };
    screen.answer(format, &text)?;
    Ok(ending(&outcome))
}

/// Arguments that each make sense, and do not together.
fn together(arguments: &Evaluate) -> Result<(), Trouble> {
    let standard = |path: &Option<PathBuf>| path.as_deref() == Some(Path::new("-"));
    if standard(&arguments.record) && standard(&arguments.what_if) {
        let both = "standard input can be the record or the list of changes, not both";
        return Err(Trouble::from(both).help("give one of `--record` and `--what-if` a file"));
    }
    if arguments.cohort.is_some() && arguments.format == Some(Format::Text) {
        let lines = "the outcomes of a cohort are JSON, one on each line, and no text";
        return Err(Trouble::from(lines)
            .help("leave out `--format text`; for one candidate as text, use `--record`"));
    }
    Ok(())
}

/// The receipt, on one line or laid out.
fn receipt(
    pathway: &Pathway,
    record: &Record,
    as_of: Date,
    pretty: bool,
) -> Result<String, Trouble> {
    let json = pathway.receipt(record, as_of);
    if !pretty {
        return Ok(json + "\n");
    }
    let receipt = wire::Receipt::read(&json)
        .map_err(|why| format!("the receipt cannot be laid out: {why}"))?;
    Ok(receipt.to_json_pretty() + "\n")
}

/// The day asked for; today only where somebody sees that it is.
pub fn day(screen: &Screen, asked: Option<&str>) -> Result<Date, Trouble> {
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

/// Whether the programme has such a role, or such a stage of it.
fn known(pathway: &Pathway, asked: &str) -> Result<(), Trouble> {
    let parts = pathway.plan().parts();
    let (name, stage) = asked
        .split_once('.')
        .map_or((asked, None), |(role, stage)| (role, Some(stage)));
    let roles: Vec<&str> = parts
        .roles
        .iter()
        .map(|it| it.entry.name.as_str())
        .collect();
    let Some(role) = roles.iter().position(|role| *role == name) else {
        return Err(unknown(
            format!("the programme has no role `{name}`"),
            name,
            "its roles are",
            &roles,
        ));
    };
    let Some(stage) = stage else { return Ok(()) };
    let stages: Vec<&str> = parts
        .stages
        .iter()
        .filter(|it| it.role.index() == role)
        .map(|it| it.entry.name.as_str())
        .collect();
    if stages.contains(&stage) {
        return Ok(());
    }
    Err(unknown(
        format!("the role `{name}` has no stage `{stage}`"),
        stage,
        "its stages are",
        &stages,
    ))
}

/// That a name is not known, and which are.
fn unknown(message: String, asked: &str, they: &str, known: &[&str]) -> Trouble {
    let names = || known.iter();
    let nearest = names().min_by_key(|name| strsim::damerau_levenshtein(name, asked));
    let trouble = Trouble::from(message);
    match nearest {
        Some(name) if strsim::damerau_levenshtein(name, asked) <= 1 + name.len() / 3 => {
            trouble.help(format!("did you mean `{name}`?"))
        }
        Some(_) => trouble.help(format!(
            "{they} {}",
            names()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        )),
        None => trouble.help("it has none at all"),
    }
}

/// Whether every role and stage asked for is met; says which is not.
fn required(screen: &Screen, outcome: &wire::Outcome, asked: &[String]) -> bool {
    let mut unmet = Vec::new();
    let mut look = |what: &str, name: String, status: wire::Status| {
        if asked.contains(&name) && status != wire::Status::Met {
            let status = status.as_str();
            unmet.push(format!(
                "the {what} `{name}` is required and is not met: {status}"
            ));
        }
    };
    for role in &outcome.roles {
        look("role", role.name.clone(), role.status);
        for stage in &role.stages {
            look(
                "stage",
                format!("{}.{}", role.name, stage.name),
                stage.status,
            );
        }
    }
    for message in &unmet {
        complain::problem(screen, message, None);
    }
    unmet.is_empty()
}
