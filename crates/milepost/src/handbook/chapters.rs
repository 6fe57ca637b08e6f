//! The chapters: a checked programme in; its handbook, from what it is to the words it uses, out.

use milepost_engine::plan::{Award, Competency, Form, Parts, Role, RoleId};

use super::asked::Asked;
use super::clauses::{blocks, id};
use super::document::{Block, Handbook, Line, Piece, plain};
use super::{tables, versions};
use crate::wording::title;
use crate::{Diagram, Pathway};

/// The handbook of the newest version of a programme.
pub(super) fn handbook(pathway: &Pathway) -> Handbook {
    let parts = pathway.plan().parts();
    let programme = &parts.programme;
    let asked = Asked::new(parts);
    let mut blocks = paragraphs(programme.doc.as_deref());
    blocks.push(Block::Terms(versions::terms(programme)));
    ladder(pathway, &mut blocks);
    roles(parts, &mut blocks);
    competencies(parts, &asked, &mut blocks);
    tables::evidence(parts, &asked, &mut blocks);
    tables::facts(parts, &mut blocks);
    tables::scales(parts, &mut blocks);
    tables::measures(parts, &mut blocks);
    versions::versions(pathway, &mut blocks);
    blocks.push(heading(2, "words", "Words used here"));
    blocks.push(Block::Terms(words(parts)));
    Handbook {
        title: programme
            .title
            .clone()
            .unwrap_or_else(|| programme.name.replace('_', " ")),
        subtitle: match &programme.candidate {
            Some(candidate) => format!("Handbook. Candidate: {candidate}"),
            None => "Handbook".to_owned(),
        },
        blocks,
        colophon: versions::colophon(programme),
    }
}

pub(super) fn heading(level: u8, id: impl Into<String>, text: impl Into<String>) -> Block {
    Block::Heading(level, id.into(), text.into())
}

/// The paragraphs of a text; where it comes from is small print.
pub(super) fn paragraphs(text: Option<&str>) -> Vec<Block> {
    let all = text.unwrap_or("").split("\n\n").map(said);
    let all = all.filter(|line| !line.is_empty());
    let blocks = all.map(|line| match line.first() {
        Some(Piece::Plain(text)) if text.starts_with("Source:") => Block::Note(line),
        _ => Block::Paragraph(line),
    });
    blocks.collect()
}

/// A text on one line. What stands between backticks is code.
pub(super) fn said(text: &str) -> Line {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let last = text.matches('`').count() / 2 * 2;
    let pieces = text.splitn(last + 1, '`').enumerate();
    let pieces = pieces.map(|(place, piece)| match place % 2 {
        0 => Piece::Plain(piece.to_owned()),
        _ => Piece::Code(piece.to_owned()),
    });
    pieces
        .filter(|piece| !matches!(piece, Piece::Plain(text) if text.is_empty()))
        .collect()
}

/// What leads to what. A programme that is too large for a picture goes without.
fn ladder(pathway: &Pathway, out: &mut Vec<Block>) {
    let diagram = pathway.diagram().ok().filter(Diagram::leads_anywhere);
    if let Some(diagram) = diagram {
        out.push(heading(2, "ladder", "What leads to what"));
        out.push(Block::Picture {
            svg: diagram.svg(),
            caption: "From what is asked for to what asks for it".to_owned(),
            flowchart: diagram.mermaid(),
        });
    }
}

fn roles(parts: &Parts, out: &mut Vec<Block>) {
    if parts.roles.is_empty() {
        return;
    }
    out.push(heading(2, "roles", "Roles"));
    for (place, role) in (0..).map(RoleId).zip(&parts.roles) {
        one_role(parts, place, role, out);
    }
}

fn one_role(parts: &Parts, place: RoleId, role: &Role, out: &mut Vec<Block>) {
    let name = id("role", &role.entry);
    out.push(heading(3, name.clone(), title(&role.entry)));
    out.extend(paragraphs(role.about.as_deref()));
    out.extend(paragraphs(role.doc.as_deref()));
    if !role.incentives.is_empty() {
        out.push(heading(4, format!("{name}-brings"), "What it brings"));
        out.push(Block::Bullets(role.incentives.iter().map(plain).collect()));
    }
    out.push(heading(4, format!("{name}-eligible"), "Who is eligible"));
    out.extend(blocks(parts, role.eligible));
    if !role.preferred.is_empty() {
        out.push(heading(
            4,
            format!("{name}-preferred"),
            "Preferred, and not required",
        ));
        for preferred in &role.preferred {
            out.extend(blocks(parts, *preferred));
        }
    }
    let mut stages = parts.stages_of(place).peekable();
    if stages.peek().is_none() {
        return;
    }
    out.push(heading(4, format!("{name}-stages"), "Stages"));
    out.push(Block::Paragraph(plain(if role.stays {
        "The stages follow one another. Whoever has reached one stays in it."
    } else {
        "The stages follow one another."
    })));
    for (_, stage) in stages {
        let mut line = vec![
            Piece::Strong(title(&stage.entry).into_owned()),
            Piece::Plain(".".to_owned()),
        ];
        if let Some(valid) = stage.valid {
            line.push(Piece::Plain(format!(" A post in it lasts {valid}.")));
        }
        if stage.requirement.is_none() {
            line.push(Piece::Plain(
                " It is reached by holding a post in it.".to_owned(),
            ));
        }
        out.push(Block::Paragraph(line));
        out.extend(
            stage
                .requirement
                .into_iter()
                .flat_map(|root| blocks(parts, root)),
        );
    }
}

fn competencies(parts: &Parts, asked: &Asked, out: &mut Vec<Block>) {
    let own = || {
        parts
            .competencies
            .iter()
            .enumerate()
            .filter(|(_, it)| !it.elsewhere)
    };
    if own().next().is_none() {
        return;
    }
    out.push(heading(2, "competencies", "Competencies"));
    out.push(Block::Paragraph(plain(
        "A competency is met by what is asked for it, and by a credential for it as long as that is in force. Once a \
         credential has expired, only evidence from after its issue counts. One that is suspended or revoked means that the \
         competency is not met.",
    )));
    for (place, competency) in own() {
        one_competency(parts, asked.of_competency(place), competency, out);
    }
}

fn one_competency(parts: &Parts, asking: Line, competency: &Competency, out: &mut Vec<Block>) {
    let name = id("competency", &competency.entry);
    out.push(heading(3, name.clone(), title(&competency.entry)));
    out.extend(paragraphs(competency.about.as_deref()));
    out.extend(paragraphs(competency.doc.as_deref()));
    let mut terms = Vec::new();
    if let Some(award) = &competency.award {
        terms.push(("Earns".to_owned(), plain(earned(award))));
    }
    if !asking.is_empty() {
        terms.push(("Asked for by".to_owned(), asking));
    }
    if !competency.aligned.is_empty() {
        terms.push((
            "Aligned to".to_owned(),
            plain(competency.aligned.join("; ")),
        ));
    }
    if !terms.is_empty() {
        out.push(Block::Terms(terms));
    }
    out.push(heading(4, format!("{name}-shown"), "How it is shown"));
    match competency.requirement {
        Some(root) => out.extend(blocks(parts, root)),
        None => out.push(Block::Paragraph(plain(
            "By a credential for it that is in force.",
        ))),
    }
}

fn earned(award: &Award) -> String {
    match award.valid {
        Some(valid) => format!("{}, valid {valid}", award.title),
        None => award.title.clone(),
    }
}

/// What the words of an answer mean.
fn words(parts: &Parts) -> Vec<(String, Line)> {
    let mut words = vec![
        ("Met", "What is asked is there."),
        (
            "Pending",
            "It is not there yet; it will be if what is under review comes out well.",
        ),
        (
            "Needs information",
            "Nobody has said what it depends on. That is a question, not a no.",
        ),
        ("Unmet", "It is not there, however what is open comes out."),
        (
            "At risk",
            "Met now; it would no longer be if what is under review comes out badly.",
        ),
    ];
    if parts.nodes.iter().any(|node| !node.waivable.is_empty()) {
        words.push(("Waived", "Somebody who may do so has waived it, for a reason and for a time. It counts as met, and is shown as waived."));
    }
    if parts
        .nodes
        .iter()
        .any(|node| matches!(node.form, Form::WithoutReuse(_)))
    {
        words.push(("Counted for at most one", "A piece of evidence serves one of the clauses only. It is shared out so that as many as possible are met."));
    }
    words
        .into_iter()
        .map(|(word, meaning)| (word.to_owned(), plain(meaning)))
        .collect()
}
