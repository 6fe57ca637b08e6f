//! What an editor would show, as text: a case in; the answer as its page writes it out.

use std::fmt::Write as _;

use milepost::ide::{
    Analysis, CompletionKind, Declaration, Edit, TokenKind, analyse, findings, hover,
};
use milepost::{FileId, Levels, Span, Units};

use crate::page::Case;

/// What is answered to the question that a page is about.
pub fn answer(page: &str, case: &Case) -> String {
    let analysis = analyse(&case.files, "main.pathway");
    let file = analysis.file(&case.at.0).expect("the file is used");
    let offset = u32::try_from(case.at.1).expect("a page is short");
    let asked = Asked {
        analysis: &analysis,
        file,
        offset,
    };
    let text = match page {
        "hover" => asked.hover(),
        "completion" => asked.completion(),
        "rename" => asked.rename(&case.with),
        "definition" => asked.definition(),
        "references" => asked.references(),
        "symbols" if case.with.is_empty() => asked.outline(),
        "symbols" => asked.found(&case.with),
        "folding" => asked.folding(),
        "tokens" => asked.tokens(),
        "hints" => asked.hints(),
        "signature" => asked.signature(),
        "actions" => asked.actions(),
        other => panic!("nothing is asked on the page {other}"),
    };
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    let lines = lines.join("\n");
    if lines.is_empty() {
        return "nothing\n".to_owned();
    }
    lines + "\n"
}

struct Asked<'a> {
    analysis: &'a Analysis,
    file: FileId,
    offset: u32,
}

impl Asked<'_> {
    fn hover(&self) -> String {
        hover(self.analysis, self.file, self.offset).map_or_else(String::new, |hover| {
            format!("{}\n{}", self.marked(hover.span), hover.markdown)
        })
    }

    /// Words on one line, names each on its own.
    fn completion(&self) -> String {
        let mut out = String::new();
        let mut words = Vec::new();
        for offer in self.analysis.complete(self.file, self.offset) {
            match offer.kind {
                CompletionKind::Word => words.push(offer.text),
                CompletionKind::Name(kind) => {
                    let detail = offer.detail.map(|it| format!(" — {it}"));
                    let detail = detail.unwrap_or_default();
                    let _ = writeln!(out, "{} {}{detail}", kind.as_str(), offer.text);
                }
            }
        }
        if !words.is_empty() {
            let _ = writeln!(out, "words: {}", words.join(" | "));
        }
        out
    }

    fn rename(&self, new: &str) -> String {
        match self.analysis.rename(self.file, self.offset, new) {
            Ok(edits) => self.changed(&edits),
            Err(why) => format!("refused: {why}"),
        }
    }

    fn definition(&self) -> String {
        let declared = self.analysis.definition(self.file, self.offset);
        declared.map_or_else(String::new, |span| self.marked(span))
    }

    fn references(&self) -> String {
        let all = self.analysis.references(self.file, self.offset);
        let all: Vec<_> = all.into_iter().map(|span| self.marked(span)).collect();
        all.join("\n")
    }

    fn outline(&self) -> String {
        let mut out = String::new();
        for it in self.analysis.declarations(self.file) {
            let parents = std::iter::successors(Some(it), |it| self.analysis.parent(it));
            let depth = parents.count() - 1;
            let (from, to) = (self.line(it.whole.start), self.line(it.whole.end));
            let _ = writeln!(out, "{}{} {from}-{to}", "  ".repeat(depth), told(it));
        }
        out
    }

    fn found(&self, letters: &str) -> String {
        let all: Vec<_> = self.analysis.symbols(letters).map(told).collect();
        all.join("\n")
    }

    fn folding(&self) -> String {
        let folds = self.analysis.folds(self.file).into_iter();
        let folds: Vec<_> = folds
            .map(|fold| {
                let (from, to) = (self.line(fold.span.start), self.line(fold.span.end));
                let what = if fold.comment { " comment" } else { "" };
                format!("{from}-{to}{what}")
            })
            .collect();
        folds.join("\n")
    }

    fn tokens(&self) -> String {
        let mut out = String::new();
        for token in self.analysis.tokens(self.file) {
            let text = self.analysis.sources().text(token.span);
            let kind = match token.kind {
                TokenKind::Comment => "comment".to_owned(),
                TokenKind::Text => "text".to_owned(),
                TokenKind::Number => "number".to_owned(),
                TokenKind::Keyword => "word".to_owned(),
                TokenKind::Name(kind) => kind.as_str().to_owned(),
            };
            let declared = if token.declared { ", declared" } else { "" };
            let line = self.line(token.span.start);
            let _ = writeln!(out, "{line}: {text}  {kind}{declared}");
        }
        out
    }

    fn hints(&self) -> String {
        let mut out = String::new();
        for hint in self.analysis.hints(self.file) {
            let at = Span {
                file: self.file,
                start: hint.after,
                end: hint.after,
            };
            let (line, column, text) = self.place(at);
            let (before, after) = text.split_at_checked(column).unwrap_or((text, ""));
            let _ = writeln!(out, "{line}: {before}‹{}›{after}", hint.text);
        }
        out
    }

    fn signature(&self) -> String {
        let Some(signature) = self.analysis.signature(self.file, self.offset) else {
            return String::new();
        };
        let mut out = signature.label.clone();
        let active = signature.active.and_then(|at| signature.parameters.get(at));
        if let Some(active) = active {
            out = out.replace(active.as_str(), &format!("«{active}»"));
        }
        out.extend(signature.doc.map(|doc| format!("\n{doc}")));
        out
    }

    fn actions(&self) -> String {
        let within = Span {
            file: self.file,
            start: self.offset,
            end: self.offset,
        };
        let problems = findings(self.analysis, &Levels::default());
        let mut out = String::new();
        for action in self.analysis.actions(&problems, within) {
            let certain = if action.certain { "" } else { " (perhaps)" };
            let code = action.code.as_str();
            let _ = writeln!(out, "{code} {}{certain}", action.title);
            let _ = writeln!(out, "{}", self.changed(&action.edits));
        }
        out
    }

    /// The lines that are others after edits, as they are then.
    fn changed(&self, edits: &[Edit]) -> String {
        let mut out = String::new();
        for (file, source) in self.analysis.sources().iter() {
            let mut after = source.text().to_owned();
            let own = edits.iter().filter(|edit| edit.span.file == file);
            for edit in own.rev() {
                let span = edit.span.start as usize..edit.span.end as usize;
                after.replace_range(span, &edit.text);
            }
            if after.lines().count() != source.text().lines().count() {
                let _ = writeln!(out, "{}:\n{after}", source.name());
                continue;
            }
            for (line, (old, new)) in (1..).zip(source.text().lines().zip(after.lines())) {
                if old != new {
                    let _ = writeln!(out, "{}:{line}: {new}", source.name());
                }
            }
        }
        out
    }

    /// A line with carets below a part of it.
    fn marked(&self, span: Span) -> String {
        let (line, column, text) = self.place(span);
        let name = self.analysis.sources().get(span.file);
        let name = name.map_or("", |source| source.name());
        let head = format!("{name}:{line}: ");
        let before = text.get(..column).unwrap_or_default().chars().count();
        let whole = self.analysis.sources().text(span);
        let covered = whole.lines().next().unwrap_or_default().chars().count();
        let more = if whole.contains('\n') { "…" } else { "" };
        let indent = " ".repeat(head.chars().count() + before);
        format!("{head}{text}\n{indent}{}{more}", "^".repeat(covered.max(1)))
    }

    fn line(&self, offset: u32) -> u32 {
        let source = self.analysis.sources().get(self.file);
        source.map_or(0, |source| source.place(offset, Units::Utf8).line + 1)
    }

    /// The number of a line, the column in it and its text.
    fn place(&self, span: Span) -> (u32, usize, &str) {
        let source = self.analysis.sources().get(span.file);
        let source = source.expect("a place is in a text");
        let place = source.place(span.start, Units::Utf8);
        let text = source.text().lines().nth(place.line as usize);
        (place.line + 1, place.column as usize, text.unwrap_or(""))
    }
}

fn told(it: &Declaration) -> String {
    let title = it.title.as_ref().map(|title| format!(" — {title}"));
    format!(
        "{} {}{}",
        it.kind.as_str(),
        it.name,
        title.unwrap_or_default()
    )
}
