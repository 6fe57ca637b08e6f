//! `milepost report`. In: a programme, a cohort, a day. Out: its measures, for a person or a program.

use milepost::wire::{CohortReport, Measure, MeasureKind, MeasureNote};

use crate::args::{Format, Report};
use crate::screen::Screen;
use crate::visible::visible;
use crate::{Ending, Trouble, cohort, evaluate, programme};

/// Reports on a cohort.
pub fn run(screen: &Screen, arguments: &Report) -> Result<Ending, Trouble> {
    let as_of = evaluate::day(screen, arguments.as_of.as_deref())?;
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    if pathway.plan().parts().measures.is_empty() {
        return Err(Trouble::from("the programme has no measures").help(
            "declare one, such as `measure ready \"Ready\" = percent of candidates who meet role NAME`",
        ));
    }
    let (report, ending) =
        cohort::measured(screen, &pathway, &arguments.cohort, as_of, arguments.jobs)?;
    let report = report.finish(arguments.suppress_below.map(Into::into));
    let text = match arguments.format {
        Format::Json if arguments.pretty => report.to_json_pretty() + "\n",
        Format::Json => report.to_json() + "\n",
        Format::Text => text(&report),
    };
    screen.answer(arguments.format, &text)?;
    Ok(ending)
}

/// The report for people: a line for each measure.
fn text(report: &CohortReport) -> String {
    let number = report.candidates.map_or_else(
        || "too few candidates to say how many".to_owned(),
        |number| match number {
            1 => "1 candidate".to_owned(),
            _ => format!("{number} candidates"),
        },
    );
    let mut out = format!("{number}, as of {}\n\n", report.as_of);
    let title = |measure: &Measure| {
        let title = measure.title.as_deref().unwrap_or(&measure.name);
        visible(title).into_owned()
    };
    let wide = report
        .measures
        .iter()
        .map(|measure| title(measure).chars().count())
        .max()
        .unwrap_or(0);
    for measure in &report.measures {
        out.push_str(&format!(
            "  {:wide$}  {}\n",
            title(measure),
            figure(measure)
        ));
    }
    if let Some(bound) = report.suppressed_below {
        out.push_str(&format!(
            "\nFigures that fewer than {bound} candidates stand behind, or are left out of, are held back.\n"
        ));
    }
    if report.refused > 0 {
        out.push_str(&format!(
            "\nRefused records, which are part of no figure: {}\n",
            report.refused
        ));
    }
    out
}

/// A figure, and what it is made of.
fn figure(measure: &Measure) -> String {
    let Some(value) = &measure.value else {
        return match measure.note {
            Some(MeasureNote::Nobody) => "none: there is nobody to look at".to_owned(),
            Some(MeasureNote::TooMany) => "more than 1000000".to_owned(),
            Some(MeasureNote::Suppressed) | None => "held back: too few candidates".to_owned(),
        };
    };
    let mut out = match measure.kind {
        MeasureKind::Percent => format!("{value} %"),
        _ => value.to_string(),
    };
    match (measure.kind, measure.met, measure.of) {
        (MeasureKind::Percent, Some(met), Some(of)) => out.push_str(&format!("  ({met} of {of})")),
        (MeasureKind::Candidates, Some(_), Some(of)) => out.push_str(&format!("  (of {of})")),
        _ => {}
    }
    if let Some(open @ 1..) = measure.undecided {
        out.push_str(&format!(", undecided: {open}"));
    }
    out
}
