//! Types, fields, levels and entries: pairs in, the tree out.

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{CutScores, Entry, Field, Level, Literal, Name, Parameter, Type, TypeKind};

impl<'t> Reader<'t> {
    pub(super) fn levels(&mut self, block: Node<'t>) -> (Vec<Level>, Vec<CutScores>) {
        let (mut levels, mut cut_scores) = (Vec::new(), Vec::new());
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::level => levels.extend(reader.level(part)),
                    Rule::cut_scores => cut_scores.extend(reader.cut_scores(part)),
                    _ => reader.malformed(&part, Rule::whole_level),
                }
            }
        });
        (levels, cut_scores)
    }

    fn cut_scores(&mut self, node: Node<'t>) -> Option<CutScores> {
        let (mut from, mut cuts) = (None, Vec::new());
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::date => from = Some(self.literal(&part)),
                Rule::cut_block => self.block(part, |reader, member| {
                    for part in member.into_inner() {
                        match part.as_rule() {
                            Rule::cut => cuts.extend(reader.cut(part)),
                            _ => reader.malformed(&part, Rule::whole_cut),
                        }
                    }
                }),
                _ => {}
            }
        }
        Some(CutScores { from: from?, cuts })
    }

    fn cut(&mut self, node: Node<'t>) -> Option<(Name, Literal)> {
        let mut parts = node.into_inner();
        let (name, number) = (parts.next()?, parts.next()?);
        Some((self.declared(&name), self.literal(&number)))
    }

    fn level(&mut self, node: Node<'t>) -> Option<Level> {
        let (mut name, mut number, mut title) = (None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::number => number = Some(self.literal(&part)),
                Rule::title => title = Some(self.title(&part)),
                _ => {}
            }
        }
        Some(Level {
            name: name?,
            number,
            title,
        })
    }

    pub(super) fn entries(&mut self, block: Node<'t>) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.block(block, |reader, member| {
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::entry => entries.extend(reader.entry(part)),
                    _ => reader.malformed(&part, Rule::whole_entry),
                }
            }
        });
        entries
    }

    fn entry(&mut self, node: Node<'t>) -> Option<Entry> {
        let (mut name, mut title) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::title => title = Some(self.title(&part)),
                _ => {}
            }
        }
        Some(Entry { name: name?, title })
    }

    pub(super) fn fields(&mut self, block: Node<'t>) -> Vec<Field> {
        let mut fields = Vec::new();
        self.block(block, |reader, member| {
            let doc = reader.doc(&member);
            for part in member.into_inner() {
                match part.as_rule() {
                    Rule::field => fields.extend(reader.field(part, doc.clone())),
                    _ => reader.malformed(&part, Rule::whole_field),
                }
            }
        });
        fields
    }

    fn field(&mut self, node: Node<'t>, doc: Option<String>) -> Option<Field> {
        let (mut name, mut ty, mut from, mut title) = (None, None, None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::type_name => ty = self.type_name(part),
                Rule::from_score => {
                    let mut parts = part.into_inner();
                    let score = parts.find(|part| part.as_rule() == Rule::any_name);
                    from = score.map(|score| self.declared(&score));
                }
                Rule::title => title = Some(self.title(&part)),
                _ => {}
            }
        }
        Some(Field {
            doc,
            name: name?,
            ty: ty?,
            from,
            title,
        })
    }

    pub(super) fn parameter(&mut self, node: Node<'t>) -> Option<Parameter> {
        let (mut name, mut ty) = (None, None);
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => name = Some(self.declared(&part)),
                Rule::type_name => ty = self.type_name(part),
                _ => {}
            }
        }
        Some(Parameter {
            name: name?,
            ty: ty?,
        })
    }

    fn type_name(&mut self, node: Node<'t>) -> Option<Type> {
        let written = node.into_inner().next()?;
        if written.as_rule() == Rule::plain_type {
            return self.plain_type(written);
        }
        let span = self.span(&written);
        let of = written
            .into_inner()
            .find(|part| part.as_rule() == Rule::plain_type)?;
        Some(Type {
            span,
            kind: TypeKind::List(Box::new(self.plain_type(of)?)),
        })
    }

    fn plain_type(&mut self, node: Node<'t>) -> Option<Type> {
        let written = node.into_inner().next()?;
        let span = self.span(&written);
        let kind = match written.as_rule() {
            Rule::number_type => TypeKind::Number(self.range(written)),
            Rule::whole_type => TypeKind::Whole(self.range(written)),
            Rule::yes_no_type => TypeKind::YesNo,
            Rule::date_type => TypeKind::Date,
            Rule::text_type => TypeKind::Text,
            Rule::one_of => {
                let block = written
                    .into_inner()
                    .find(|part| part.as_rule() == Rule::entry_block);
                TypeKind::OneOf(block.map(|block| self.entries(block)).unwrap_or_default())
            }
            _ => TypeKind::Named(self.path(&written)),
        };
        Some(Type { span, kind })
    }

    fn range(&self, node: Node<'t>) -> Option<(Literal, Literal)> {
        let range = node
            .into_inner()
            .find(|part| part.as_rule() == Rule::range)?;
        let mut ends = range
            .into_inner()
            .filter(|part| part.as_rule() == Rule::number);
        let (low, high) = (ends.next()?, ends.next()?);
        Some((self.literal(&low), self.literal(&high)))
    }
}
