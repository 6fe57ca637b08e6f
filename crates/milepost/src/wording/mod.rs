//! Sentences: the plan's requirements, and what an evaluation found of them, in; plain English out.
//!
//! Titles are used as they are written and never inflected: one is "one Annual rating", two are "two
//! records of Annual rating". Nothing here decides anything, and nothing depends on a locale.

mod advice;
mod allocation;
mod conditions;
mod expressions;
mod missing;
mod phrases;
mod reasons;
mod requirements;
mod shortfall;
mod time;
mod waivers;

#[cfg(test)]
mod tests;

use milepost_engine::plan::{Field, Form, Kind, KindId, Node, NodeId, Parts, Scale, Source, Type};

pub(crate) use missing::{Found, Phrase};
pub(crate) use phrases::{count, list as listed, title};
pub(crate) use shortfall::Known;
pub(crate) use waivers::{ANOTHER, MET_ANYWAY};

/// The plan as words, within the reach of a kind of evidence or not.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    parts: &'a Parts,
    kind: Option<&'a Kind>,
}

impl<'a> Words<'a> {
    /// The words of a plan.
    pub(crate) const fn new(parts: &'a Parts) -> Self {
        Self { parts, kind: None }
    }

    /// The words of one of its requirements: fields are those of the kind it asks for.
    pub(crate) fn of(self, node: &Node) -> Self {
        let kind = match &node.form {
            Form::Records(records) => self.parts.kinds.get(records.kind.index()),
            _ => None,
        };
        Self { kind, ..self }
    }

    /// The words of a kind of evidence.
    pub(crate) fn of_kind(self, kind: KindId) -> Self {
        let kind = self.parts.kinds.get(kind.index());
        Self { kind, ..self }
    }

    /// The fields of the kind.
    pub(crate) fn kind_fields(self) -> Option<&'a [Field]> {
        self.kind.map(|kind| kind.fields.as_slice())
    }

    fn node(self, id: NodeId) -> Option<&'a Node> {
        self.parts.nodes.get(id.index())
    }

    /// The type of what a source gives.
    pub(crate) fn type_of(self, source: Source) -> Option<&'a Type> {
        match source {
            Source::Fact(fact) | Source::FactCriterion(fact, _) => {
                self.parts.facts.get(fact.index()).map(|fact| &fact.ty)
            }
            Source::Field(field) | Source::FieldCriterion(field, _) => {
                self.kind?.fields.get(field as usize).map(|field| &field.ty)
            }
            Source::Date | Source::Expires => Some(&Type::Date),
            Source::Id => Some(&Type::Text),
        }
    }

    fn scale_of(self, ty: &Type) -> Option<&'a Scale> {
        let scale = match ty {
            Type::Level(scale) => *scale,
            Type::Rubric(rubric) => self.parts.rubrics.get(rubric.index())?.scale,
            _ => return None,
        };
        self.parts.scales.get(scale.index())
    }
}
