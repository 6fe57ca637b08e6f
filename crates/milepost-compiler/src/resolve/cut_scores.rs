//! Cut scores, and the fields whose level follows from a score: what was written in, what it means out.

use milepost_diagnostics::{Code, Diagnostic};
use milepost_engine::Decimal;
use milepost_syntax::tree;

use super::Resolver;
use crate::model::{CutScores, Field, Named, Type};

impl Resolver<'_> {
    /// The cut scores of a scale with these levels.
    pub(super) fn cut_scores(
        &mut self,
        levels: &[(Named, Option<Decimal>)],
        written: &[tree::CutScores],
    ) -> Vec<CutScores> {
        let mut all = Vec::new();
        for set in written {
            let Some(from) = self.date(&set.from) else {
                continue;
            };
            let mut cuts = Vec::new();
            for (name, score) in &set.cuts {
                let level = levels
                    .iter()
                    .position(|(level, _)| level.name == name.text)
                    .and_then(|place| u16::try_from(place).ok());
                let Some(level) = level else {
                    let known = levels.iter().map(|(level, _)| level.name.as_str());
                    let help = self.did_you_mean(&name.text, known);
                    let message = format!("the scale has no level `{}`", name.text);
                    let mut problem = Diagnostic::new(Code::UnknownName, name.span, message);
                    if let Some(help) = help {
                        problem = problem.help(help);
                    }
                    self.report(problem);
                    continue;
                };
                let declared = levels.get(usize::from(level)).map(|(known, _)| known.span);
                self.mention(name.span, declared);
                if let Some(score) = self.number(&score.text, score.span) {
                    cuts.push((level, score, name.span));
                }
            }
            all.push(CutScores {
                from,
                span: set.from.span,
                cuts,
            });
        }
        all
    }

    /// Lets levels follow from scores, where a field says so.
    pub(super) fn levels_from_scores(&mut self, written: &[tree::Field], fields: &mut [Field]) {
        for declared in written {
            let Some(from) = &declared.from else { continue };
            let score = fields.iter().find(|field| field.named.name == from.text);
            let follows = written
                .iter()
                .any(|field| field.name.text == from.text && field.from.is_some());
            let score = score.map(|score| (score.ty.clone(), score.named.span));
            let of = fields
                .iter_mut()
                .find(|field| field.named.span == declared.name.span);
            // The second of a name is reported as that.
            let Some(of) = of else { continue };
            let wrong = |message: String| Diagnostic::new(Code::LevelFromScore, from.span, message);
            let declared = score.as_ref().map(|(_, span)| *span);
            let problem = match (&of.ty, score) {
                (Type::Invalid, _) => continue,
                (Type::Level(scale), Some((Type::Number | Type::Whole | Type::Invalid, _)))
                    if !follows =>
                {
                    of.from_score = Some(from.text.clone());
                    self.mention(from.span, declared);
                    let scale = self.model.scales.get(scale.index());
                    let Some(scale) = scale.filter(|scale| scale.cut_scores.is_empty()) else {
                        continue;
                    };
                    let message = format!("scale `{}` has no cut scores", scale.named.name);
                    wrong(message).label(scale.named.span, "declared here").help(
                        "say in the scale from which score each level begins, such as `from 2026-07-01 { proficient 300 }`",
                    )
                }
                (Type::Level(_), None) => {
                    let known: Vec<_> = fields.iter().map(|it| it.named.name.as_str()).collect();
                    let help = self.did_you_mean(&from.text, known);
                    let message = format!("there is no field `{}` here", from.text);
                    let problem = Diagnostic::new(Code::UnknownName, from.span, message);
                    problem.help(help.unwrap_or_else(|| {
                        "a level follows from a number of the same kind of evidence".to_owned()
                    }))
                }
                (Type::Level(_), Some((_, span))) => {
                    wrong(format!("`{}` is not a score", from.text))
                        .label(span, "declared here")
                        .help("a level follows from a `number` or a `whole` that records give")
                }
                _ => wrong(format!("`{}` is not a level", of.named.name))
                    .help("only a level of a scale with cut scores follows from a score"),
            };
            self.report(problem);
        }
    }

    /// Facts have no date, so no cut scores are in force for them.
    pub(super) fn no_level_from_score(&mut self, fact: &tree::Field) {
        if let Some(from) = &fact.from {
            let message = format!("`{}` is a fact, which has no date", fact.name.text);
            self.report(
                Diagnostic::new(Code::LevelFromScore, from.span, message).help(
                    "cut scores are those of a record\u{2019}s date: declare score and level in a kind of evidence",
                ),
            );
        }
    }
}
