//! `milepost compile`. In: a programme. Out: its plan file, and a note that says what was written.

use std::path::Path;

use milepost::Pathway;

use crate::args::Compile;
use crate::screen::Screen;
use crate::visible::visible;
use crate::{Ending, Trouble, files, programme};

/// Compiles a programme into a plan file.
pub fn run(screen: &Screen, arguments: &Compile) -> Result<Ending, Trouble> {
    let to_output = arguments.output == Path::new("-");
    if to_output && screen.terminal {
        return Err(
            Trouble::from("a plan is not for reading, and standard output is a terminal")
                .help("name a file, such as `-o FILE.plan`, or send the output to one"),
        );
    }
    if arguments
        .output
        .extension()
        .is_some_and(|ending| ending == "pathway")
    {
        return Err(
            Trouble::from("a plan is not written over the text of a programme")
                .help("name the plan `FILE.plan`"),
        );
    }
    let compiled = programme::compile(&arguments.file)?;
    let Some(pathway) = programme::checked(screen, &arguments.file, &compiled)? else {
        return Ok(Ending::NotDone);
    };
    let bytes = pathway.to_plan_bytes();
    if to_output {
        screen.send(&bytes)?;
    } else {
        files::write(&arguments.output, &bytes)
            .map_err(|why| format!("`{}` cannot be written: {why}", arguments.output.display()))?;
    }
    if !screen.quiet {
        screen.note(&summary(pathway, &arguments.output, bytes.len()));
    }
    Ok(Ending::Clean)
}

/// What was written: name, version, size and definition.
fn summary(pathway: &Pathway, output: &Path, size: usize) -> String {
    let programme = &pathway.plan().parts().programme;
    let name = visible(&programme.name);
    let version = programme
        .version
        .as_ref()
        .map_or_else(String::new, |version| format!(" {}", visible(version)));
    let place = if output == Path::new("-") {
        "standard output".to_owned()
    } else {
        format!("`{}`", output.display())
    };
    let digits = programme.definition.iter();
    let definition: String = digits.map(|byte| format!("{byte:02x}")).collect();
    format!("{name}{version} to {place}: {size} bytes\ndefinition sha256:{definition}\n")
}
