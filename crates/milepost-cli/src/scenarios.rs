//! `milepost test`. In: files and folders. Out: the scenarios that did not come out as expected, how many did, and what they
//! tried out.

mod bless;
mod coverage;

use milepost::Compiled;
use milepost::wire::TestReport;

use crate::args::{FindingsFormat, Test};
use crate::check::counted;
use crate::found::Found;
use crate::screen::Screen;
use crate::{Ending, Trouble, complain, files, programme};
use coverage::Coverage;

/// Runs the scenarios of each file.
pub fn run(screen: &Screen, arguments: &Test) -> Result<Ending, Trouble> {
    let paths = files::pathways(&arguments.paths)?;
    let wanted = arguments.coverage || arguments.min_coverage.is_some();
    let mut tally = Tally {
        report: TestReport::default(),
        broken: 0,
        missed: 0,
        found: Found::new(arguments.format),
        coverage: wanted.then(Coverage::default),
    };
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
                tally.missed += 1;
            }
        }
    }
    let least = arguments.min_coverage.map(usize::from);
    let short = tally.coverage.as_ref().zip(least);
    let short = short.and_then(|(coverage, least)| coverage.short_of(screen, least));
    let found = tally.report.failed + tally.broken > 0 || short.is_some();
    let missed = tally.missed > 0;
    tally.say(screen, arguments, short.as_deref())?;
    let ending = if missed {
        Ending::NotDone
    } else {
        Ending::Clean
    };
    Ok(ending.max(Ending::findings(found)))
}

struct Tally {
    report: TestReport,
    /// Files with errors, whose scenarios cannot be run.
    broken: usize,
    /// Files that could not be read or written.
    missed: usize,
    found: Found,
    /// What the scenarios tried out, if somebody wants to know.
    coverage: Option<Coverage>,
}

impl Tally {
    fn take(&mut self, screen: &Screen, compiled: &Compiled) -> Result<(), Trouble> {
        if compiled.has_errors() {
            self.broken += 1;
            self.found
                .diagnostics(screen, compiled, compiled.diagnostics());
            return Ok(());
        }
        if let Some(coverage) = &mut self.coverage {
            coverage.take(compiled);
        }
        for result in compiled.run_scenarios() {
            self.report.scenario(&result, compiled.sources());
            self.found.scenario(screen, compiled, &result)?;
        }
        Ok(())
    }

    /// Says what came out: all of it to people; to programs in one document, and the sum beside it.
    fn say(
        mut self,
        screen: &Screen,
        arguments: &Test,
        short: Option<&str>,
    ) -> Result<(), Trouble> {
        let mut said = if screen.quiet {
            String::new()
        } else {
            self.summary()
        };
        said.push_str(short.unwrap_or_default());
        match (arguments.format, self.found.document()?) {
            (FindingsFormat::Text, _) => {
                if let Some(coverage) = self.coverage.as_ref().filter(|_| arguments.coverage) {
                    screen.print(&coverage.listed(screen))?;
                }
                screen.print(&said)?;
                return Ok(());
            }
            (_, Some(document)) => screen.send(document.as_bytes())?,
            (_, None) => {
                self.report.diagnostics = std::mem::take(&mut self.found.listed);
                self.report.coverage = self.coverage.map(Coverage::told);
                screen.send((self.report.to_json() + "\n").as_bytes())?;
            }
        }
        screen.note(&said);
        Ok(())
    }

    fn summary(&self) -> String {
        let mut said = match (self.report.passed, self.report.failed) {
            (0, 0) if self.broken + self.missed == 0 => "there are no scenarios".to_owned(),
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
        if self.missed > 0 {
            said.push_str(&format!("; {} left out", counted(self.missed, "file")));
        }
        said.push('\n');
        if let Some(coverage) = &self.coverage {
            said.push_str(&coverage.summary());
        }
        said
    }
}
