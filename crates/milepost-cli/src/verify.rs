//! `milepost verify`. In: a receipt or an outcome, a record, a programme. Out: whether the receipt holds, or what the outcome
//! says of who is given what; for a person or a program.

mod allocations;
mod report;

use std::path::Path;

use milepost::{Pathway, Record};

use crate::args::{Format, Verify};
use crate::screen::Screen;
use crate::{Ending, Trouble, programme, record};
use report::{Replayed, report};

/// Replays a receipt, or checks an outcome.
pub fn run(screen: &Screen, arguments: &Verify) -> Result<Ending, Trouble> {
    let (what, programme) = match (&arguments.file, &arguments.plan) {
        (Some(file), _) => ("outcome", file),
        (None, Some(plan)) => ("receipt", plan),
        (None, None) => return Err(Trouble::from("no programme is named")),
    };
    let standard_input = Path::new("-");
    if arguments.document == standard_input && arguments.record == standard_input {
        return Err(Trouble::from(format!(
            "the {what} and the record cannot both come from standard input"
        ))
        .help("put one of them in a file"));
    }
    let Some(pathway) = programme::load(screen, programme)? else {
        return Ok(Ending::NotDone);
    };
    let json = record::read(&arguments.document, what)?;
    let Some(record) = record::decoded(screen, &pathway, &arguments.record)? else {
        return Ok(Ending::NotDone);
    };
    let verified = match arguments.file {
        Some(_) => outcome(screen, arguments, &pathway, &json, &record),
        None => receipt(screen, arguments, &pathway, &json, &record),
    };
    let Some((text, holds)) = verified else {
        return Ok(Ending::NotDone);
    };
    screen.answer(arguments.format, &text)?;
    Ok(Ending::findings(!holds))
}

/// What replaying a receipt showed, and whether it holds; nothing, after its problems, if it is refused.
fn receipt(
    screen: &Screen,
    arguments: &Verify,
    pathway: &Pathway,
    json: &[u8],
    record: &Record,
) -> Option<(String, bool)> {
    let verification = pathway
        .verify(json, record)
        .map_err(|refusal| record::refused(screen, "receipt", &arguments.document, &refusal.0))
        .ok()?;
    let text = match arguments.format {
        Format::Json if arguments.pretty => verification.to_json_pretty() + "\n",
        Format::Json => verification.to_json() + "\n",
        Format::Text => {
            let programme = &pathway.plan().parts().programme;
            let replayed = Replayed {
                programme: &programme.name,
                version: programme.version.as_deref(),
                candidate: record.id(),
            };
            report(screen, &verification, &replayed)
        }
    };
    Some((text, verification.same))
}

/// What checking an outcome showed, and whether it holds; nothing, after its problems, if it is refused.
fn outcome(
    screen: &Screen,
    arguments: &Verify,
    pathway: &Pathway,
    json: &[u8],
    record: &Record,
) -> Option<(String, bool)> {
    let checked = pathway
        .check_allocations(json, record)
        .map_err(|refusal| record::refused(screen, "outcome", &arguments.document, &refusal.0))
        .ok()?;
    let text = match arguments.format {
        Format::Json if arguments.pretty => checked.to_json_pretty() + "\n",
        Format::Json => checked.to_json() + "\n",
        Format::Text => allocations::report(screen, &checked),
    };
    Some((text, checked.holds))
}
