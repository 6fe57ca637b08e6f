//! What the requirements speak of: kinds of evidence, facts, scales, rubrics and measures in; tables and lists out.

use milepost_engine::Decimal;
use milepost_engine::plan::{CohortMeasure, Field, Figure, NodeId, Parts, Scale, Type};

use super::asked::Asked;
use super::chapters::{heading, paragraphs, said};
use super::clauses::{blocks, id, link};
use super::document::{Block, Line, Piece, joined, plain};
use crate::wording::title;

/// The kinds of evidence, with what is noted of each.
pub(super) fn evidence(parts: &Parts, asked: &Asked, out: &mut Vec<Block>) {
    if parts.kinds.is_empty() {
        return;
    }
    out.push(heading(2, "evidence", "Evidence"));
    for (place, kind) in parts.kinds.iter().enumerate() {
        out.push(heading(3, id("evidence", &kind.entry), title(&kind.entry)));
        out.extend(paragraphs(kind.doc.as_deref()));
        let mut terms = Vec::new();
        let asking = asked.of_kind(place);
        if !asking.is_empty() {
            terms.push(("Asked for by".to_owned(), asking));
        }
        if let Some(hours) = kind.effort {
            let unit = if hours.to_whole() == Some(1) {
                "hour"
            } else {
                "hours"
            };
            terms.push(("Takes about".to_owned(), plain(format!("{hours} {unit}"))));
        }
        if !terms.is_empty() {
            out.push(Block::Terms(terms));
        }
        if !kind.fields.is_empty() {
            let caption = format!("What is noted of {}", title(&kind.entry));
            out.push(table(parts, caption, &kind.fields));
        }
    }
}

/// What is known of a candidate.
pub(super) fn facts(parts: &Parts, out: &mut Vec<Block>) {
    if parts.facts.is_empty() {
        return;
    }
    let candidate = parts.programme.candidate.as_deref().unwrap_or("candidate");
    out.push(heading(2, "facts", "Facts"));
    out.push(table(
        parts,
        format!("What is asked about the {candidate}"),
        &parts.facts,
    ));
}

/// A table of facts or fields, with a column of notes if there are any.
fn table(parts: &Parts, caption: String, fields: &[Field]) -> Block {
    let noted = fields.iter().any(|field| field.doc.is_some());
    let columns = if noted { 3 } else { 2 };
    let heads = ["Name", "Value", "Note"]
        .into_iter()
        .take(columns)
        .collect();
    let rows = fields.iter().map(|field| {
        let mut value = values(parts, &field.ty);
        if let Some(score) = field
            .from_score
            .and_then(|place| fields.get(place as usize))
        {
            value.push(Piece::Plain(format!(", by {}", title(&score.entry))));
        }
        let note = said(field.doc.as_deref().unwrap_or(""));
        let row = [plain(title(&field.entry)), value, note];
        row.into_iter().take(columns).collect()
    });
    Block::Table(caption, heads, rows.collect())
}

/// What values a type has.
fn values(parts: &Parts, ty: &Type) -> Line {
    match ty {
        Type::Number(least, most) => plain(number("a number", *least, *most)),
        Type::Whole(least, most) => plain(number("a whole number", *least, *most)),
        Type::YesNo => plain("yes or no"),
        Type::Date => plain("a date"),
        Type::Text => plain("a text"),
        Type::Level(scale) => {
            let scale = parts.scales.get(scale.index());
            scale.map_or_else(Line::new, |it| {
                linked("a level of ", link("scale", &it.entry))
            })
        }
        Type::Rubric(rubric) => {
            let rubric = parts.rubrics.get(rubric.index());
            rubric.map_or_else(Line::new, |it| {
                linked("a level for each criterion of ", link("rubric", &it.entry))
            })
        }
        Type::Choice(choices) => {
            let titles = choices.iter().map(|it| plain(title(it)));
            joined(titles.collect(), "; ")
        }
        Type::List(item) => {
            let mut line = plain("several: ");
            line.extend(values(parts, item));
            line
        }
    }
}

fn linked(before: &str, (id, title): (String, String)) -> Line {
    vec![Piece::Plain(before.to_owned()), Piece::Link(id, title)]
}

/// A number and its range, as far as there is one.
fn number(called: &str, least: Decimal, most: Decimal) -> String {
    match (
        least == Decimal::ZERO || least == Decimal::MIN,
        most == Decimal::MAX,
    ) {
        (true, true) => called.to_owned(),
        (false, true) => format!("{called}, at least {least}"),
        _ => format!("{called} from {least} to {most}"),
    }
}

/// The scales with their levels, and the rubrics with their criteria.
pub(super) fn scales(parts: &Parts, out: &mut Vec<Block>) {
    if parts.scales.is_empty() {
        return;
    }
    out.push(heading(
        2,
        "scales",
        if parts.rubrics.is_empty() {
            "Scales"
        } else {
            "Scales and rubrics"
        },
    ));
    for scale in &parts.scales {
        out.push(heading(3, id("scale", &scale.entry), title(&scale.entry)));
        levels(scale, out);
    }
    for rubric in &parts.rubrics {
        out.push(heading(
            3,
            id("rubric", &rubric.entry),
            title(&rubric.entry),
        ));
        let scale = parts.scales.get(rubric.scale.index());
        let mut line = scale.map_or_else(Line::new, |it| {
            linked("Each of these is rated on ", link("scale", &it.entry))
        });
        line.push(Piece::Plain(":".to_owned()));
        out.push(Block::Paragraph(line));
        out.push(Block::Bullets(
            rubric.criteria.iter().map(|it| plain(title(it))).collect(),
        ));
    }
}

/// The levels, lowest first, with the scores they begin with.
fn levels(scale: &Scale, out: &mut Vec<Block>) {
    out.push(Block::Paragraph(plain("From the lowest to the highest:")));
    let lines = scale.levels.iter().map(|level| match level.number {
        Some(number) => plain(format!("{} ({number})", title(&level.entry))),
        None => plain(title(&level.entry)),
    });
    out.push(Block::Bullets(lines.collect()));
    for cuts in &scale.cut_scores {
        let rows = cuts.cuts.iter().filter_map(|(level, least)| {
            let level = scale.levels.get(usize::from(*level))?;
            Some(vec![plain(title(&level.entry)), plain(least.to_string())])
        });
        out.push(Block::Table(
            format!("Scores from {} on", cuts.from),
            vec!["Level", "From a score of"],
            rows.collect(),
        ));
    }
}

/// What the programme measures over all who take part.
pub(super) fn measures(parts: &Parts, out: &mut Vec<Block>) {
    if parts.measures.is_empty() {
        return;
    }
    out.push(heading(2, "measures", "What is measured"));
    for one in &parts.measures {
        out.push(heading(3, id("measure", &one.entry), title(&one.entry)));
        out.extend(paragraphs(one.doc.as_deref()));
        measure(parts, one, out);
    }
}

fn measure(parts: &Parts, measure: &CohortMeasure, out: &mut Vec<Block>) {
    let mut say = |words: String, of: Option<NodeId>| {
        out.push(Block::Paragraph(plain(words)));
        out.extend(of.into_iter().flat_map(|root| blocks(parts, root)));
    };
    match &measure.figure {
        Figure::Percent(root) => say("The share of those who meet this:".to_owned(), Some(*root)),
        Figure::Candidates(None) => say("How many take part.".to_owned(), None),
        Figure::Candidates(of) => say("How many meet this:".to_owned(), *of),
        Figure::Competencies => say(
            "How many competencies all of them have met.".to_owned(),
            None,
        ),
        Figure::Different(fact, of) => {
            let fact = parts.facts.get(fact.index()).map(|it| title(&it.entry));
            let different = format!(
                "How many different values of {} there are",
                fact.unwrap_or_default()
            );
            match of {
                None => say(different + ".", None),
                Some(_) => say(different + " among those who meet this:", *of),
            }
        }
    }
    if let Some(among) = measure.among {
        say(
            "Only candidates are looked at who meet this:".to_owned(),
            Some(among),
        );
    }
}
