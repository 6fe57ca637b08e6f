//! `milepost check`. In: files and folders. Out: what is wrong in them, each problem once however many programmes share
//! its file.

use milepost::{Compiled, Levels, Severity, wire};

use crate::args::{Check, Format};
use crate::programme::Shown;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::{Ending, Trouble, complain, files, fix, programme};

/// Checks each file as a programme of its own, or as a part if it says that it is none.
pub fn run(screen: &Screen, arguments: &Check) -> Result<Ending, Trouble> {
    let paths = files::pathways(&arguments.paths)?;
    let mut found = Found::default();
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
                found.take(screen, arguments.format, &compiled, levels);
            }
            Err(trouble) => {
                complain::problem(screen, &trouble.message, trouble.help.as_deref());
                ending = Ending::NotDone;
            }
        }
    }
    match arguments.format {
        Format::Json => {
            let listed = wire::Diagnostic::list_to_json(&found.listed) + "\n";
            screen.send(listed.as_bytes())?;
        }
        Format::Text if screen.quiet || looked_at == 0 => {}
        Format::Text => screen.print(&format!(
            "{}: {}\n",
            counted(looked_at, "file"),
            found.summary()
        ))?,
    }
    Ok(ending.max(Ending::findings(found.errors > 0)))
}

/// What was found so far.
#[derive(Default)]
struct Found {
    shown: Shown,
    listed: Vec<wire::Diagnostic>,
    errors: usize,
    warnings: usize,
}

impl Found {
    fn take(&mut self, screen: &Screen, format: Format, compiled: &Compiled, levels: &Levels) {
        let all = compiled.findings(levels);
        let new = self.shown.news(screen, compiled, &all);
        for diagnostic in &new {
            match diagnostic.severity() {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
            }
        }
        match format {
            Format::Text => complain::diagnostics(screen, compiled.sources(), &new),
            Format::Json => self.listed.extend(
                new.iter()
                    .map(|it| wire::Diagnostic::new(it, compiled.sources())),
            ),
        }
    }

    fn summary(&self) -> String {
        match (self.errors, self.warnings) {
            (0, 0) => "nothing wrong".to_owned(),
            (errors, 0) => counted(errors, "error"),
            (0, warnings) => counted(warnings, "warning"),
            (errors, warnings) => format!(
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }
}

/// `1 file`, `2 files`.
pub fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
