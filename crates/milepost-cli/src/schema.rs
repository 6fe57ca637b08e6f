//! `milepost schema`. In: a programme. Out: the JSON Schema of its records, or of outcomes.

use crate::args::Schema;
use crate::screen::Screen;
use crate::{Ending, Trouble, programme};

/// Prints the schema, laid out over lines.
pub fn run(screen: &Screen, arguments: &Schema) -> Result<Ending, Trouble> {
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    let schema = if arguments.outcome {
        milepost::schema::outcome()
    } else {
        pathway.record_schema()
    };
    screen.send(format!("{schema:#}\n").as_bytes())?;
    Ok(Ending::Clean)
}
