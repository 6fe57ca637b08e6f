//! `milepost types`. In: a programme. Out: TypeScript of its records and outcomes.

use crate::args::Types;
use crate::screen::Screen;
use crate::{Ending, Trouble, programme};

/// Prints a module of types.
pub fn run(screen: &Screen, arguments: &Types) -> Result<Ending, Trouble> {
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    let types = milepost::typescript::programme(&pathway).map_err(|why| why.to_string())?;
    screen.send(types.as_bytes())?;
    Ok(Ending::Clean)
}
