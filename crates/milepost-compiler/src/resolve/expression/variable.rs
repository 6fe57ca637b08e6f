//! Names in expressions: fields, facts, parameters, criteria, levels and choices.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_syntax::tree::Path;

use super::invalid;
use crate::model::{Expr, ExprKind, Named, Type};
use crate::resolve::{Context, Declared, Resolver};
use crate::scope::Space;

/// One way to read a name.
struct Reading {
    ty: Type,
    kind: ExprKind,
    what: &'static str,
    declared: Option<Span>,
}

impl Resolver<'_> {
    /// Whether a path begins with something that has a value: a field, a fact or a parameter.
    pub(in crate::resolve) fn is_variable(&self, context: Context<'_>, path: &Path) -> bool {
        let Some(first) = path.names.first() else {
            return false;
        };
        first.text == "candidate" || !self.variables(context, &first.text).is_empty()
    }

    /// A path in an expression.
    pub(in crate::resolve) fn path(
        &mut self,
        context: Context<'_>,
        path: &Path,
        expected: Option<&Type>,
    ) -> Expr {
        let [first, rest @ ..] = path.names.as_slice() else {
            return invalid(path.span);
        };
        if let ("candidate", [fact, rest @ ..]) = (first.text.as_str(), rest) {
            let Some(reading) = self.fact_reading(context, &fact.text) else {
                return self.unknown_fact(context, &fact.text, fact.span);
            };
            self.mention(fact.span, reading.declared);
            return self.part(path, reading, rest);
        }
        let mut readings = self.variables(context, &first.text);
        let symbols = self.symbols(context, path, expected);
        let as_symbol = symbols.len();
        let variables = readings.len();
        readings.extend(symbols);
        if readings.len() > 1 {
            self.ambiguous(path, &readings);
            return invalid(path.span);
        }
        match readings.pop() {
            Some(reading) if as_symbol == 1 => {
                self.symbol_mention(context.file, path, &reading);
                Expr {
                    span: path.span,
                    ty: reading.ty,
                    kind: reading.kind,
                }
            }
            Some(reading) if variables == 1 => {
                self.mention(first.span, reading.declared);
                self.part(path, reading, rest)
            }
            _ => self.unknown_in_expression(context, path, expected),
        }
    }

    /// Notes what a level or choice stands for, and the scale in front of it.
    fn symbol_mention(&mut self, file: usize, path: &Path, reading: &Reading) {
        let Some((last, qualifiers)) = path.names.split_last() else {
            return;
        };
        self.mention(last.span, reading.declared);
        if let (Type::Level(id), Some(_)) = (&reading.ty, qualifiers.first()) {
            let declared = self.model.scale(*id).map(|scale| scale.named.span);
            let scale = Path {
                names: qualifiers.to_vec(),
                span: path.span,
            };
            self.mention_path(file, &scale, declared);
        }
    }

    /// The fields, facts and parameters of a name.
    fn variables(&self, context: Context<'_>, name: &str) -> Vec<Reading> {
        let mut readings = Vec::new();
        if let Some(kind) = context.kind.and_then(|kind| self.model.kind(kind)) {
            let built_in = match name {
                "date" => Some((Type::Date, ExprKind::RecordDate)),
                "expires" => Some((Type::Date, ExprKind::RecordExpires)),
                "id" => Some((Type::Text, ExprKind::RecordId)),
                _ => None,
            };
            if let Some((ty, kind)) = built_in {
                readings.push(Reading {
                    ty,
                    kind,
                    what: "what every record has",
                    declared: None,
                });
            } else if let Some((place, field)) = (0u32..)
                .zip(&kind.fields)
                .find(|(_, field)| field.named.name == name)
            {
                readings.push(Reading {
                    ty: field.ty.clone(),
                    kind: ExprKind::Field(place),
                    what: "a field",
                    declared: Some(field.named.span),
                });
            }
        }
        readings.extend(self.fact_reading(context, name));
        if let Some((place, (parameter, ty))) = (0u32..)
            .zip(context.parameters)
            .find(|(_, (parameter, _))| parameter.name == name)
        {
            readings.push(Reading {
                ty: ty.clone(),
                kind: ExprKind::Parameter(place),
                what: "a parameter",
                declared: Some(parameter.span),
            });
        }
        readings
    }

    fn fact_reading(&self, context: Context<'_>, name: &str) -> Option<Reading> {
        let (id, file) = *self.facts.get(name)?;
        if !self.scopes.reaches(context.file, file) {
            return None;
        }
        let fact = self.model.fact(id)?;
        Some(Reading {
            ty: fact.ty.clone(),
            kind: ExprKind::Fact(id),
            what: "a fact",
            declared: Some(fact.named.span),
        })
    }

    /// The levels and choices a path may name.
    fn symbols(&self, context: Context<'_>, path: &Path, expected: Option<&Type>) -> Vec<Reading> {
        let Some((last, qualifiers)) = path.names.split_last() else {
            return Vec::new();
        };
        let ty = if let (Some(from), Some(to)) = (qualifiers.first(), qualifiers.last()) {
            let scale = Path {
                names: qualifiers.to_vec(),
                span: from.span.to(to.span),
            };
            match self.lookup(context.file, Space::Types, &scale) {
                Some(Declared::Scale(id)) => Type::Level(id),
                _ => return Vec::new(),
            }
        } else {
            match expected {
                Some(ty @ (Type::Level(_) | Type::Choice(_))) => ty.clone(),
                _ => return Vec::new(),
            }
        };
        let names = self.symbol_names(&ty);
        let found = (0u16..)
            .zip(names)
            .find(|(_, named)| named.name == last.text);
        found
            .map(|(ordinal, named)| Reading {
                kind: ExprKind::Ordinal(ordinal),
                what: if matches!(ty, Type::Level(_)) {
                    "a level"
                } else {
                    "a choice"
                },
                declared: Some(named.span),
                ty,
            })
            .into_iter()
            .collect()
    }

    /// The levels or choices of a type, in order.
    pub(in crate::resolve) fn symbol_names(&self, ty: &Type) -> Vec<Named> {
        match ty {
            Type::Level(id) => {
                let levels = self
                    .model
                    .scale(*id)
                    .map(|scale| scale.levels.as_slice())
                    .unwrap_or_default();
                levels.iter().map(|(named, _)| named.clone()).collect()
            }
            Type::Choice(id) => self
                .model
                .choices
                .get(id.0 as usize)
                .cloned()
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// The value a reading has, or that of a criterion of it.
    fn part(
        &mut self,
        path: &Path,
        reading: Reading,
        rest: &[milepost_syntax::tree::Name],
    ) -> Expr {
        let whole = Expr {
            span: path.span,
            ty: reading.ty,
            kind: reading.kind,
        };
        let [criterion, more @ ..] = rest else {
            return whole;
        };
        let Type::Rubric(id) = whole.ty else {
            let problem = Diagnostic::new(
                Code::UnknownName,
                criterion.span,
                format!(
                    "`{}` has no part `{}`",
                    self.before(path, criterion.span),
                    criterion.text
                ),
            )
            .here(format!("it is {}", self.model.type_name(&whole.ty)))
            .help("only ratings by a rubric have parts: their criteria");
            self.report(problem);
            return invalid(path.span);
        };
        let rubric = self.model.rubric(id).cloned();
        let Some(rubric) = rubric else {
            return invalid(path.span);
        };
        let found = (0u32..)
            .zip(&rubric.criteria)
            .find(|(_, known)| known.name == criterion.text);
        match (found, rubric.scale, more) {
            (Some((place, known)), Some(scale), []) => {
                self.mention(criterion.span, Some(known.span));
                Expr {
                    span: path.span,
                    ty: Type::Level(scale),
                    kind: ExprKind::Criterion(Box::new(whole), place),
                }
            }
            (Some(_), None, _) => invalid(path.span),
            _ => {
                let help = self.did_you_mean(
                    &criterion.text,
                    rubric.criteria.iter().map(|known| known.name.as_str()),
                );
                let mut problem = Diagnostic::new(
                    Code::UnknownName,
                    criterion.span,
                    format!(
                        "rubric `{}` has no criterion `{}`",
                        rubric.named.name, criterion.text
                    ),
                )
                .label(rubric.named.span, "the rubric is declared here");
                problem.help.extend(help);
                self.report(problem);
                invalid(path.span)
            }
        }
    }

    fn before(&self, path: &Path, part: Span) -> String {
        let until = Span {
            end: part.start.saturating_sub(1),
            ..path.span
        };
        self.written(until).to_owned()
    }

    fn ambiguous(&mut self, path: &Path, readings: &[Reading]) {
        let name = path.text();
        let what: Vec<_> = readings.iter().map(|reading| reading.what).collect();
        let mut problem = Diagnostic::new(
            Code::AmbiguousName,
            path.span,
            format!(
                "`{name}` can be read in two ways: as {}",
                what.join(" and as ")
            ),
        );
        for reading in readings {
            if let Some(span) = reading.declared {
                problem = problem.label(span, format!("{} `{name}`", reading.what));
            }
        }
        let fact = readings.iter().any(|reading| reading.what == "a fact");
        self.report(problem.help(if fact {
            format!("write `candidate.{name}` for the fact, or give one of them another name")
        } else {
            "give one of them another name, or write a level with its scale, such as `mastery.mastered`".to_owned()
        }));
    }

    fn unknown_fact(&mut self, context: Context<'_>, name: &str, span: Span) -> Expr {
        let known: Vec<String> = self.known_facts(context);
        let help = self
            .did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| "declare it in a `candidate` block".to_owned());
        self.report(
            Diagnostic::new(Code::UnknownName, span, format!("unknown fact `{name}`")).help(help),
        );
        invalid(span)
    }

    fn known_facts(&self, context: Context<'_>) -> Vec<String> {
        let seen = self
            .facts
            .iter()
            .filter(|(_, (_, file))| self.scopes.reaches(context.file, *file));
        seen.map(|(name, _)| name.clone()).collect()
    }

    fn unknown_in_expression(
        &mut self,
        context: Context<'_>,
        path: &Path,
        expected: Option<&Type>,
    ) -> Expr {
        let written = path.text();
        let symbols: Vec<Named> = expected.map(|ty| self.symbol_names(ty)).unwrap_or_default();
        if let (Some(ty @ Type::Level(id)), [name]) = (expected, path.names.as_slice())
            && let Some((other, level)) = self.level_elsewhere(&name.text)
        {
            let scale = self.model.scale(*id).map(|scale| scale.named.clone());
            let problem = Diagnostic::new(
                Code::DifferentScales,
                path.span,
                format!(
                    "`{written}` is a level of `{other}`, and {} is asked for",
                    self.model.type_name(ty)
                ),
            )
            .label(level, format!("`{written}` is declared here"));
            let levels: Vec<_> = symbols
                .iter()
                .map(|named| format!("`{}`", named.name))
                .collect();
            let problem = match scale {
                Some(scale) => problem.help(format!(
                    "the levels of `{}` are {}",
                    scale.name,
                    levels.join(", ")
                )),
                None => problem,
            };
            self.report(problem);
            return invalid(path.span);
        }
        let mut known: Vec<String> = symbols.iter().map(|named| named.name.clone()).collect();
        if let Some(kind) = context.kind.and_then(|kind| self.model.kind(kind)) {
            known.extend(kind.fields.iter().map(|field| field.named.name.clone()));
            known.extend(["date", "expires", "id"].map(str::to_owned));
        }
        known.extend(self.known_facts(context));
        known.extend(
            context
                .parameters
                .iter()
                .map(|(parameter, _)| parameter.name.clone()),
        );
        let what = match expected {
            Some(Type::Level(_)) => "unknown level",
            Some(Type::Choice(_)) => "unknown choice",
            _ => "unknown name",
        };
        let where_ = match (context.kind, context.parameters) {
            (Some(_), []) => "no field and no fact has this name",
            (Some(_), _) => "no field, fact or parameter has this name",
            (None, []) => "no fact has this name",
            (None, _) => "no fact and no parameter has this name",
        };
        let here = if symbols.is_empty() {
            where_.to_owned()
        } else {
            self.levels_are(expected, &symbols)
        };
        let help = self
            .said_otherwise(path.span)
            .or_else(|| self.did_you_mean(&written, known.iter().map(String::as_str)));
        let mut problem =
            Diagnostic::new(Code::UnknownName, path.span, format!("{what} `{written}`")).here(here);
        problem.help.extend(help.or_else(|| {
            symbols.is_empty().then(|| {
                "declare it as a fact in the `candidate` block, or check the spelling".to_owned()
            })
        }));
        self.report(problem);
        invalid(path.span)
    }

    fn levels_are(&self, expected: Option<&Type>, symbols: &[Named]) -> String {
        let names: Vec<_> = symbols
            .iter()
            .take(12)
            .map(|named| format!("`{}`", named.name))
            .collect();
        match expected {
            Some(Type::Level(id)) => {
                let scale = self
                    .model
                    .scale(*id)
                    .map_or("", |scale| scale.named.name.as_str());
                format!("the levels of `{scale}` are {}", names.join(", "))
            }
            _ => format!("the choices are {}", names.join(", ")),
        }
    }

    /// A level of that name in any scale, with the scale's name.
    fn level_elsewhere(&self, name: &str) -> Option<(String, Span)> {
        self.model.scales.iter().find_map(|scale| {
            let (level, _) = scale.levels.iter().find(|(level, _)| level.name == name)?;
            Some((scale.named.name.clone(), level.span))
        })
    }
}
