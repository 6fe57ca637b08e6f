//! Diagnostics for people. In: diagnostics and the texts they point into. Out: the excerpts and arrows that `rustc` and
//! `cargo` draw, by the same renderer.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use milepost::{
    Diagnostic, Label, ScenarioFailure, ScenarioResult, Severity, Source, Sources, Span,
};

use crate::page::{Page, Text};
use crate::report;
use crate::screen::Screen;
use crate::visible::{shown, visible};

/// The colours of rustc, as the renderer of excerpts has them.
const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

/// Labels further apart than this get an excerpt each; an excerpt of what spans more shows where it begins.
const EXCERPT: usize = 16 << 10;

/// Lines longer than this are not shown, only pointed at.
const LINE: usize = 2 << 10;

/// Prints diagnostics, an empty line after each.
pub fn diagnostics(screen: &Screen, sources: &Sources, all: &[&Diagnostic]) {
    for diagnostic in all {
        let said = told(screen, screen.colour_of_errors, sources, diagnostic);
        screen.note(&format!("{said}\n"));
    }
}

/// A diagnostic with its excerpts.
pub fn told(screen: &Screen, colour: bool, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let group = excerpts(titled(diagnostic), sources, &diagnostic.labels);
    let helps = diagnostic
        .help
        .iter()
        .map(|help| Level::HELP.message(visible(help)));
    render(screen, colour, helps.fold(group, Group::element))
}

/// Prints a problem that has no place in a programme, and what to do about it.
pub fn problem(screen: &Screen, message: &str, help: Option<&str>) {
    let mut page = Page::new(screen.width, screen.colour_of_errors);
    page.item(0, &Text::styled(ERROR, "error:"), &Text::plain(message));
    if let Some(help) = help {
        page.item(0, &Text::styled(HELP, "help:"), &Text::plain(help));
    }
    screen.note(&page.finish());
}

/// A scenario that did not come out as expected: a result, not a diagnostic.
pub fn scenario(screen: &Screen, sources: &Sources, result: &ScenarioResult) -> String {
    let title = format!(
        "the scenario `{}` does not come out as expected",
        result.title
    );
    let failures = result.failures.iter();
    let said = |failure: &ScenarioFailure| {
        format!("expected {}, found {}", failure.expected, failure.found)
    };
    let labels: Vec<Label> = failures
        .clone()
        .map(|failure| Label {
            span: failure.span,
            text: said(failure),
        })
        .collect();
    let group = excerpts(
        Group::with_title(Level::ERROR.primary_title(visible(&title))),
        sources,
        &labels,
    );
    // the requirements below say it better, but not why a waiver is of no use
    let briefly = |failure: &&ScenarioFailure| {
        !report::is_around(result, failure) || failure.expected == "waived"
    };
    let why = failures.filter(briefly).flat_map(|failure| {
        failure
            .explanation
            .iter()
            .map(|why| format!("{}: {why}", failure.address))
    });
    let group = why.fold(group, |group, why| {
        group.element(Level::NOTE.message(visible(&why).into_owned()))
    });
    format!("{}\n", render(screen, screen.colour, group))
}

fn render(screen: &Screen, colour: bool, group: Group<'_>) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    format!(
        "{}\n",
        shown(&renderer.term_width(screen.width).render(&[group]))
    )
}

fn titled(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    Group::with_title(
        level
            .primary_title(visible(&diagnostic.message))
            .id(diagnostic.code.as_str()),
    )
}

fn excerpts<'a>(mut group: Group<'a>, sources: &'a Sources, labels: &[Label]) -> Group<'a> {
    for labels in together(labels) {
        if let Some(source) = labels
            .first()
            .and_then(|(_, label)| sources.get(label.span.file))
        {
            group = excerpt(group, source, &labels);
        }
    }
    group
}

/// The labels, each with whether it is the problem's own, in groups that lie near each other in one file.
fn together(labels: &[Label]) -> Vec<Vec<(bool, &Label)>> {
    let near = |group: &[(bool, &Label)], span: Span| {
        group.iter().all(|(_, other)| {
            other.span.file == span.file
                && other.span.start.abs_diff(span.start) as usize <= EXCERPT
        })
    };
    let mut groups: Vec<Vec<(bool, &Label)>> = Vec::new();
    for (place, label) in labels.iter().enumerate() {
        match groups.iter_mut().find(|group| near(group, label.span)) {
            Some(group) => group.push((place == 0, label)),
            None => groups.push(vec![(place == 0, label)]),
        }
    }
    groups
}

fn excerpt<'a>(mut group: Group<'a>, source: &'a Source, labels: &[(bool, &Label)]) -> Group<'a> {
    let text = source.text();
    let ranges: Vec<Range<usize>> = labels
        .iter()
        .map(|(_, label)| range(text, label.span))
        .collect();
    let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
    let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
    let start = line_start(text, first);
    let shown = text.get(start..line_end(text, last)).unwrap_or("");
    if text.is_empty() {
        return group.element(Origin::path(visible(source.name())));
    }
    if shown.split('\n').any(|line| line.len() > LINE) {
        for (_, label) in labels {
            let at = source.position(label.span.start);
            let origin = Origin::path(visible(source.name()))
                .line(at.line as usize)
                .char_column(at.column as usize);
            group = group.element(origin);
            if !label.text.is_empty() {
                group = group.element(Level::NOTE.message(visible(&label.text).into_owned()));
            }
        }
        return group;
    }
    let line = source
        .position(u32::try_from(start).unwrap_or(u32::MAX))
        .line as usize;
    let mut snippet = Snippet::source(shown)
        .path(visible(source.name()))
        .line_start(line);
    for ((own, label), range) in labels.iter().zip(ranges) {
        let kind = if *own {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let within = |place: usize| (place - start).min(shown.len());
        let annotation = kind.span(within(range.start)..within(range.end));
        let said = (!label.text.is_empty()).then(|| visible(&label.text).into_owned());
        snippet = snippet.annotation(annotation.label(said));
    }
    group.element(snippet)
}

/// What a span covers, within the text and between characters; of what is too long to show, its first line.
fn range(text: &str, span: Span) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.floor_char_boundary(span.end as usize).max(start);
    if end - start > EXCERPT {
        start..line_end(text, start)
    } else {
        start..end
    }
}

/// Where the line of a place begins, after the mark that some editors put at the beginning of a file.
fn line_start(text: &str, place: usize) -> usize {
    let newline = text.get(..place).and_then(|before| before.rfind('\n'));
    let mark = if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    };
    newline.map_or(mark.min(place), |newline| newline + 1)
}

fn line_end(text: &str, place: usize) -> usize {
    let end = text
        .get(place..)
        .and_then(|after| after.find('\n'))
        .map_or(text.len(), |newline| place + newline);
    let bare = text
        .get(..end)
        .and_then(|line| line.strip_suffix('\r'))
        .map_or(end, str::len);
    bare.max(line_start(text, end))
}
