//! `milepost check`. In: files and folders. Out: what is wrong in them, each problem once however many programmes share
//! its file.

use milepost::wire;

use crate::args::{Check, FindingsFormat};
use crate::found::Found;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::{Ending, Trouble, complain, files, fix, programme};

/// Checks each file as a programme of its own, or as a part if it says that it is none.
pub fn run(screen: &Screen, arguments: &Check) -> Result<Ending, Trouble> {
    let paths = files::pathways(&arguments.paths)?;
    let mut found = Found::new(arguments.format);
    let mut ending = Ending::Clean;
    let mut looked_at = 0;
    let mut settings = Settings::default();
    if arguments.fix {
        for path in &paths {
            fix::mend(screen, path, settings.levels(path)?)?;
        }
    }
    for path in &paths {
        let levels = settings.levels(path)?;
        match programme::compile(path) {
            Ok(compiled) => {
                looked_at += 1;
                found.diagnostics(screen, &compiled, &compiled.findings(levels));
                found.looked_at(&path.display().to_string());
            }
            Err(trouble) => {
                complain::problem(screen, &trouble.message, trouble.help.as_deref());
                ending = Ending::NotDone;
            }
        }
    }
    let summary = || format!("{}: {}\n", counted(looked_at, "file"), found.summary());
    match arguments.format {
        FindingsFormat::Text if screen.quiet || looked_at == 0 => {}
        FindingsFormat::Text => screen.print(&summary())?,
        FindingsFormat::Json => {
            let listed = wire::Diagnostic::list_to_json(&found.listed) + "\n";
            screen.send(listed.as_bytes())?;
        }
        _ => {
            screen.send(found.document()?.unwrap_or_default().as_bytes())?;
            if !screen.quiet {
                screen.note(&summary());
            }
        }
    }
    Ok(ending.max(Ending::findings(found.errors > 0)))
}

/// `1 file`, `2 files`.
pub fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
