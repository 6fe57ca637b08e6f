//! `milepost report`. In: a programme, a cohort, a day. Out: its measures, for a person or a program.

use milepost::Pathway;
use milepost::wire::{CohortReport, Measure, MeasureKind, MeasureNote};

use crate::args::{Cohort, Report, ReportFormat};
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
    let cohort = Cohort {
        path: &arguments.cohort,
        format: arguments.cohort_format,
        jobs: arguments.jobs,
    };
    let (report, ending) = cohort::measured(screen, &pathway, &cohort, as_of)?;
    let report = report.finish(arguments.suppress_below);
    match arguments.format {
        ReportFormat::Json if arguments.pretty => {
            screen.send((report.to_json_pretty() + "\n").as_bytes())?
        }
        ReportFormat::Json => screen.send((report.to_json() + "\n").as_bytes())?,
        ReportFormat::Csv => screen.send(&table(&report)?)?,
        ReportFormat::Text => screen.print(&text(&pathway, &report))?,
    }
    Ok(ending)
}

/// The report for people: a line for each measure.
fn text(pathway: &Pathway, report: &CohortReport) -> String {
    let number = report.candidates.map_or_else(
        || "too few candidates to say how many".to_owned(),
        |number| match number {
            1 => "1 candidate".to_owned(),
            _ => format!("{number} candidates"),
        },
    );
    let programme = &pathway.plan().parts().programme;
    let named = programme.title.as_deref().unwrap_or(&programme.name);
    let mut out = visible(named).into_owned();
    if let Some(version) = &programme.version {
        out.push_str(&format!(", version {}", visible(version)));
    }
    out.push_str(&format!("\n{number}, as of {}\n\n", report.as_of));
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

/// The report for spreadsheets: a row for each measure, with the names of the columns before them.
fn table(report: &CohortReport) -> Result<Vec<u8>, String> {
    let number = |number: Option<u64>| number.map_or_else(String::new, |it| it.to_string());
    let cannot = |why: csv::Error| format!("the table cannot be written: {why}");
    let mut table = csv::Writer::from_writer(Vec::new());
    let names = [
        "programme",
        "version",
        "as_of",
        "candidates",
        "refused",
        "measure",
        "title",
        "kind",
        "value",
        "met",
        "of",
        "undecided",
        "note",
    ];
    table.write_record(names).map_err(cannot)?;
    for measure in &report.measures {
        let value = measure.value.as_ref().map_or("", |value| value.as_str());
        let kind = match measure.kind {
            MeasureKind::Percent => "percent",
            MeasureKind::Candidates => "candidates",
            MeasureKind::Different => "different",
            MeasureKind::Competencies => "competencies",
        };
        let note = match measure.note {
            Some(MeasureNote::Nobody) => "nobody",
            Some(MeasureNote::Suppressed) => "suppressed",
            Some(MeasureNote::TooMany) => "too_many",
            None => "",
        };
        let row = [
            &report.programme.name,
            report.programme.version.as_deref().unwrap_or_default(),
            &report.as_of,
            &number(report.candidates),
            &report.refused.to_string(),
            &measure.name,
            measure.title.as_deref().unwrap_or_default(),
            kind,
            value,
            &number(measure.met),
            &number(measure.of),
            &number(measure.undecided),
            note,
        ];
        table.write_record(row).map_err(cannot)?;
    }
    table
        .into_inner()
        .map_err(|why| format!("the table cannot be written: {why}"))
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
        MeasureKind::Percent => format!("{value}%"),
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
