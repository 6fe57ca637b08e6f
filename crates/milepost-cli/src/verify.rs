//! `milepost verify`. In: a receipt, a record, a programme. Out: whether the receipt holds, for a person or a program.

mod report;

use std::path::Path;

use crate::args::{Format, Verify};
use crate::screen::Screen;
use crate::{Ending, Trouble, programme, record};
use report::{Replayed, report};

/// Replays a receipt.
pub fn run(screen: &Screen, arguments: &Verify) -> Result<Ending, Trouble> {
    let standard_input = Path::new("-");
    if arguments.receipt == standard_input && arguments.record == standard_input {
        return Err(Trouble::from(
            "the receipt and the record cannot both come from standard input",
        )
        .help("put one of them in a file"));
    }
    let Some(pathway) = programme::load(screen, &arguments.plan)? else {
        return Ok(Ending::NotDone);
    };
    let json = record::read(&arguments.receipt, "receipt")?;
    let Some(record) = record::decoded(screen, &pathway, &arguments.record)? else {
        return Ok(Ending::NotDone);
    };
    let verification = match pathway.verify(&json, &record) {
        Ok(verification) => verification,
        Err(refusal) => {
            record::refused(screen, "receipt", &arguments.receipt, &refusal.0);
            return Ok(Ending::NotDone);
        }
    };
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
    screen.answer(arguments.format, &text)?;
    Ok(Ending::findings(!verification.same))
}
