//! `milepost diff`. In: a programme as it was and as it is. Out: what the change means for each role and competency, for a
//! person, a program or a pull request; and whether that is denied.

mod markdown;
mod text;

use std::path::Path;

use milepost::diff::{Side, compare};
use milepost::wire::{Change, DiffSubject};
use milepost::{Compiled, LARGEST_PLAN, Pathway, is_plan};

use crate::args::{Cohort, Deny, Diff, DiffFormat};
use crate::screen::Screen;
use crate::{Ending, Trouble, cohort, complain, evaluate, files, programme};

/// A programme, with its texts if it was not compiled before.
enum Programme {
    Written(Box<Compiled>),
    Loaded(Pathway),
}

impl Programme {
    /// The programme at a path; nothing, after its errors, if it has some.
    fn read(screen: &Screen, path: &Path) -> Result<Option<Self>, Trouble> {
        let plan = files::read(path, LARGEST_PLAN).is_ok_and(|bytes| is_plan(&bytes));
        if plan {
            return Ok(programme::load(screen, path)?.map(Self::Loaded));
        }
        let compiled = programme::compile(path)?;
        let whole = programme::checked(screen, path, &compiled)?.is_some();
        Ok(whole.then(|| Self::Written(Box::new(compiled))))
    }

    fn pathway(&self) -> Result<&Pathway, Trouble> {
        match self {
            Self::Written(compiled) => compiled.plan().map_err(|why| why.to_string().into()),
            Self::Loaded(pathway) => Ok(pathway),
        }
    }

    fn side(&self) -> Result<Side<'_>, Trouble> {
        match self {
            Self::Written(compiled) => {
                Side::written(compiled).map_err(|why| Trouble::from(why.to_string()))
            }
            Self::Loaded(pathway) => Ok(Side::loaded(pathway)),
        }
    }
}

/// Compares two programmes.
pub fn run(screen: &Screen, arguments: &Diff) -> Result<Ending, Trouble> {
    let as_of = match arguments.as_of.as_deref() {
        Some(text) => Some(evaluate::day(screen, Some(text))?),
        None => None,
    };
    let old = Programme::read(screen, &arguments.old)?;
    let new = Programme::read(screen, &arguments.new)?;
    let (Some(old), Some(new)) = (old, new) else {
        return Ok(Ending::NotDone);
    };
    let mut diff = compare(old.side()?, new.side()?, as_of);
    let mut ending = Ending::Clean;
    if let (Some(path), Some(as_of)) = (&arguments.cohort, as_of) {
        let cohort = Cohort {
            path,
            format: arguments.cohort_format,
            jobs: arguments.jobs,
        };
        let (old, new) = (old.pathway()?, new.pathway()?);
        let start = || milepost::diff::Cohort::new(&diff, old, new, as_of, arguments.ids);
        let compared = cohort::compared(screen, new, &cohort, start)?;
        ending = compared.1;
        diff.cohort = Some(compared.0.finish(arguments.suppress_below));
    }
    match arguments.format {
        DiffFormat::Text => screen.print(&text::text(screen, &diff))?,
        DiffFormat::Json if arguments.pretty => {
            screen.send((diff.to_json_pretty() + "\n").as_bytes())?;
        }
        DiffFormat::Json => screen.send((diff.to_json() + "\n").as_bytes())?,
        DiffFormat::Markdown => screen.send(markdown::markdown(&diff).as_bytes())?,
    }
    let mut found = false;
    let mut look = |what: &str, name: &str, subject: &DiffSubject| {
        for deny in denied(&arguments.deny, subject) {
            found = true;
            let message = format!("the {what} `{name}` is {deny}, which is denied");
            complain::problem(screen, &message, None);
        }
    };
    for role in &diff.roles {
        look("role", &role.name, role);
        for stage in &role.stages {
            look("stage", &format!("{}.{}", role.name, stage.name), stage);
        }
    }
    for competency in &diff.competencies {
        look("competency", &competency.name, competency);
    }
    Ok(ending.max(Ending::findings(found)))
}

/// What is denied of what became of something, in words.
fn denied(deny: &[Deny], subject: &DiffSubject) -> Vec<&'static str> {
    let mut words = Vec::new();
    let denies = |any: &[Deny]| any.iter().any(|it| deny.contains(it));
    let change = subject.change;
    let is_denied = match change {
        Change::Unchanged => false,
        Change::Stricter => denies(&[Deny::Stricter]),
        Change::Looser => denies(&[Deny::Looser]),
        Change::Both => denies(&[Deny::Both, Deny::Stricter, Deny::Looser]),
        Change::Added => denies(&[Deny::Added]),
        Change::Removed => denies(&[Deny::Removed]),
    };
    if is_denied {
        words.push(match change {
            Change::Both => "stricter for some and looser for others",
            _ => change.as_str(),
        });
    }
    if subject.was.is_some() && denies(&[Deny::Renamed]) {
        words.push("renamed");
    }
    words
}
