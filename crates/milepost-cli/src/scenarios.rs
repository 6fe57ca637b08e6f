//! `milepost test`. In: files and folders. Out: the scenarios that did not come out as expected, and how many did.

use milepost::Compiled;

use crate::args::Test;
use crate::check::counted;
use crate::programme::Shown;
use crate::screen::Screen;
use crate::{Ending, Trouble, complain, files, programme};

/// Runs the scenarios of each file.
pub fn run(screen: &Screen, arguments: &Test) -> Result<Ending, Trouble> {
    let paths = files::pathways(&arguments.paths)?;
    let mut tally = Tally::default();
    let mut ending = Ending::Clean;
    for path in &paths {
        match programme::compile(path) {
            Ok(compiled) => tally.take(screen, &compiled)?,
            Err(trouble) => {
                complain::problem(screen, &trouble.message, trouble.help.as_deref());
                ending = Ending::NotDone;
            }
        }
    }
    if !screen.quiet {
        screen.print(&tally.summary())?;
    }
    Ok(ending.max(Ending::findings(tally.failed + tally.broken > 0)))
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    /// Files with errors, whose scenarios cannot be run.
    broken: usize,
    shown: Shown,
}

impl Tally {
    fn take(&mut self, screen: &Screen, compiled: &Compiled) -> Result<(), Trouble> {
        if compiled.has_errors() {
            self.broken += 1;
            let news = self.shown.news(screen, compiled);
            complain::diagnostics(screen, compiled.sources(), &news);
            return Ok(());
        }
        for result in compiled.run_scenarios() {
            if result.failures.is_empty() {
                self.passed += 1;
            } else {
                self.failed += 1;
                screen.print(&complain::scenario(screen, compiled.sources(), &result))?;
            }
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let mut said = match (self.passed, self.failed) {
            (0, 0) if self.broken == 0 => "there are no scenarios".to_owned(),
            (passed, 0) => format!("{} as expected", counted(passed, "scenario")),
            (passed, failed) => {
                format!(
                    "{}: {passed} as expected, {failed} not",
                    counted(passed + failed, "scenario")
                )
            }
        };
        if self.broken > 0 {
            said.push_str(&format!("; {} with errors", counted(self.broken, "file")));
        }
        said.push('\n');
        said
    }
}
