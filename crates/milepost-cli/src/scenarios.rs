//! `milepost test`. In: files and folders. Out: the scenarios that did not come out as expected, how many did, and what they
//! tried out.

mod bless;
mod coverage;

use milepost::Compiled;

use crate::args::Test;
use crate::check::counted;
use crate::programme::Shown;
use crate::screen::Screen;
use crate::{Ending, Trouble, complain, files, programme, report};
use coverage::Coverage;

/// Runs the scenarios of each file.
pub fn run(screen: &Screen, arguments: &Test) -> Result<Ending, Trouble> {
    let paths = files::pathways(&arguments.paths)?;
    let wanted = arguments.coverage || arguments.min_coverage.is_some();
    let mut tally = Tally {
        coverage: wanted.then(Coverage::default),
        ..Tally::default()
    };
    let mut ending = Ending::Clean;
    for path in &paths {
        let compiled = programme::compile(path).and_then(|compiled| {
            if arguments.bless && !compiled.has_errors() {
                bless::bless(screen, path, compiled)
            } else {
                Ok(compiled)
            }
        });
        match compiled {
            Ok(compiled) => tally.take(screen, &compiled)?,
            Err(trouble) => {
                complain::problem(screen, &trouble.message, trouble.help.as_deref());
                ending = Ending::NotDone;
            }
        }
    }
    if let Some(coverage) = tally.coverage.as_ref().filter(|_| arguments.coverage) {
        screen.print(&coverage.listed(screen))?;
    }
    if !screen.quiet {
        screen.print(&tally.summary())?;
    }
    let least = arguments.min_coverage.map(usize::from);
    let short = tally.coverage.as_ref().zip(least);
    let short = short.and_then(|(coverage, least)| coverage.short_of(screen, least));
    if let Some(short) = &short {
        screen.print(short)?;
    }
    let found = tally.failed + tally.broken > 0 || short.is_some();
    Ok(ending.max(Ending::findings(found)))
}

#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    /// Files with errors, whose scenarios cannot be run.
    broken: usize,
    shown: Shown,
    /// What the scenarios tried out, if somebody wants to know.
    coverage: Option<Coverage>,
}

impl Tally {
    fn take(&mut self, screen: &Screen, compiled: &Compiled) -> Result<(), Trouble> {
        if compiled.has_errors() {
            self.broken += 1;
            let news = self.shown.news(screen, compiled, compiled.diagnostics());
            complain::diagnostics(screen, compiled.sources(), &news);
            return Ok(());
        }
        if let Some(coverage) = &mut self.coverage {
            coverage.take(compiled);
        }
        for result in compiled.run_scenarios() {
            if result.failures.is_empty() {
                self.passed += 1;
            } else {
                self.failed += 1;
                screen.print(&complain::scenario(screen, compiled.sources(), &result))?;
                screen.print(&report::around(screen, &result))?;
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
        if let Some(coverage) = &self.coverage {
            said.push_str(&coverage.summary());
        }
        said
    }
}
