//! Declarations: a pair in, the declaration out, unless its header does not even say its name.
//!
//! A block is read whatever its header was like, so that its own mistakes are found.

use super::{Node, Reader};
use crate::grammar::Rule;
use crate::tree::{
    Candidate, CohortMeasure, Competency, Evidence, Figure, Item, ItemKind, Literal, Name,
    Parameter, Path, Pathway, Requirement, Role, Rubric, Rule as RuleItem, Scale, Scenario, Use,
};

/// What a header says, as far as it could be read.
#[derive(Default)]
struct Header {
    name: Option<Name>,
    title: Option<Literal>,
    text: Option<Literal>,
    alias: Option<Name>,
    scale: Option<Path>,
    parameters: Vec<Parameter>,
    formerly: Vec<Name>,
    figure: Option<Figure>,
    among: Option<Requirement>,
    effort: Option<Literal>,
}

impl<'t> Reader<'t> {
    pub(super) fn item(&mut self, node: Node<'t>) -> Option<Item> {
        let doc = self.doc(&node);
        let span = self.span(&node);
        let item = node.into_inner().next()?;
        let declared = item.as_rule();
        let meant = header_rule(declared);
        let (mut header, mut block) = (Header::default(), None);
        let mut malformed = None;
        for part in item.into_inner() {
            match part.as_rule() {
                Rule::malformed_header | Rule::malformed_measure => malformed = Some(part),
                Rule::use_header | Rule::evidence_header | Rule::measure_header => {
                    header = self.header(part);
                }
                rule if rule == meant => header = self.header(part),
                Rule::pathway_block
                | Rule::scale_block
                | Rule::entry_block
                | Rule::field_block
                | Rule::competency_block
                | Rule::role_block
                | Rule::rule_block
                | Rule::scenario_block => block = Some(part),
                _ => {}
            }
        }
        if let Some(malformed) = malformed {
            let first = block.clone().and_then(|block| block.into_inner().next());
            let opened = first.as_ref().filter(|first| first.as_rule() == Rule::open);
            self.malformed_header(&malformed, opened, meant);
            if let Some(first) = first {
                self.explained(first.as_span().start());
            }
            header = self.guessed_header(&malformed, declared);
        }
        let kind = self.item_kind(declared, header, block)?;
        Some(Item { doc, span, kind })
    }

    fn item_kind(
        &mut self,
        declared: Rule,
        header: Header,
        block: Option<Node<'t>>,
    ) -> Option<ItemKind> {
        let Header {
            name,
            title,
            text,
            alias,
            scale,
            parameters,
            formerly,
            figure,
            among,
            effort,
        } = header;
        Some(match declared {
            Rule::pathway_item => {
                let properties = block
                    .map(|block| self.pathway_properties(block))
                    .unwrap_or_default();
                ItemKind::Pathway(Pathway {
                    name: name?,
                    title,
                    properties,
                })
            }
            Rule::use_item => ItemKind::Use(Use { path: text?, alias }),
            Rule::scale_item => {
                let levels = block.map(|block| self.levels(block));
                let (levels, cut_scores) = levels.unwrap_or_default();
                ItemKind::Scale(Scale {
                    name: name?,
                    title,
                    levels,
                    cut_scores,
                })
            }
            Rule::rubric_item => {
                let criteria = block.map(|block| self.entries(block)).unwrap_or_default();
                ItemKind::Rubric(Rubric {
                    name: name?,
                    title,
                    scale: scale?,
                    criteria,
                })
            }
            Rule::candidate_item => {
                let facts = block.map(|block| self.fields(block)).unwrap_or_default();
                ItemKind::Candidate(Candidate {
                    title: title?,
                    facts,
                })
            }
            Rule::evidence_item => {
                let fields = block.map(|block| self.fields(block)).unwrap_or_default();
                ItemKind::Evidence(Evidence {
                    name: name?,
                    title,
                    effort,
                    fields,
                })
            }
            Rule::competency_item => {
                let properties = block
                    .map(|block| self.competency_properties(block))
                    .unwrap_or_default();
                ItemKind::Competency(Competency {
                    name: name?,
                    title,
                    formerly,
                    properties,
                })
            }
            Rule::role_item => {
                let properties = block
                    .map(|block| self.role_properties(block))
                    .unwrap_or_default();
                ItemKind::Role(Role {
                    name: name?,
                    title,
                    formerly,
                    properties,
                })
            }
            Rule::rule_item => {
                let requirements = block
                    .map(|block| self.requirements(block))
                    .unwrap_or_default();
                ItemKind::Rule(RuleItem {
                    name: name?,
                    parameters,
                    requirements,
                })
            }
            Rule::measure_item => ItemKind::Measure(CohortMeasure {
                name: name?,
                title,
                figure: figure.unwrap_or(Figure::Missing),
                among,
            }),
            _ => {
                let lines = block
                    .map(|block| self.scenario_lines(block))
                    .unwrap_or_default();
                ItemKind::Scenario(Scenario {
                    title: title?,
                    lines,
                })
            }
        })
    }

    fn header(&mut self, node: Node<'t>) -> Header {
        let mut header = Header::default();
        for part in node.into_inner() {
            match part.as_rule() {
                Rule::any_name => {
                    let name = self.declared(&part);
                    if header.text.is_some() {
                        header.alias = Some(name);
                    } else {
                        header.name = Some(name);
                    }
                }
                Rule::title => header.title = Some(self.title(&part)),
                Rule::text => header.text = Some(self.quoted(&part)),
                Rule::effort => {
                    let mut parts = part.into_inner();
                    let number = parts.find(|part| part.as_rule() == Rule::number);
                    header.effort = number.map(|number| self.literal(&number));
                }
                Rule::formerly => header.formerly.extend(self.former_names(part)),
                Rule::scale_name => header.scale = Some(self.path(&part)),
                Rule::figure => header.figure = Some(self.figure(part)),
                Rule::among_candidates => header.among = self.who(part),
                Rule::parameters => {
                    header.parameters = part
                        .into_inner()
                        .filter_map(|part| self.parameter(part))
                        .collect();
                }
                _ => {}
            }
        }
        header
    }

    /// What a malformed header still tells, so that its declaration is not missed elsewhere.
    fn guessed_header(&self, node: &Node, declared: Rule) -> Header {
        let start = node.as_span().start();
        let mut words = node.as_str().split_whitespace().map(|word| {
            let at =
                start + (word.as_ptr() as usize).saturating_sub(node.as_str().as_ptr() as usize);
            (word, self.span_of(at, at + word.len()))
        });
        if matches!(declared, Rule::candidate_item | Rule::scenario_item) {
            let text = node.as_str().trim().trim_matches('"').to_owned();
            return Header {
                title: Some(Literal {
                    text,
                    span: self.span(node),
                }),
                ..Header::default()
            };
        }
        let name = words.next().and_then(|(word, span)| {
            let word = word
                .split_once(['(', '"', '{'])
                .map_or(word, |(before, _)| before);
            let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
            let text = word
                .to_ascii_lowercase()
                .replace(|c: char| !c.is_ascii_alphanumeric(), "_");
            text.starts_with(|c: char| c.is_ascii_lowercase())
                .then_some(Name { text, span })
        });
        let scale = words
            .skip_while(|&(word, _)| word != "on")
            .nth(1)
            .map(|(word, span)| Path {
                names: vec![Name {
                    text: word.to_owned(),
                    span,
                }],
                span,
            });
        Header {
            name,
            scale,
            ..Header::default()
        }
    }
}

/// The rule of the header of a declaration.
fn header_rule(declared: Rule) -> Rule {
    match declared {
        Rule::pathway_item => Rule::pathway_header,
        Rule::use_item => Rule::whole_use_header,
        Rule::scale_item => Rule::scale_header,
        Rule::rubric_item => Rule::rubric_header,
        Rule::candidate_item => Rule::candidate_header,
        Rule::evidence_item => Rule::whole_evidence_header,
        Rule::competency_item => Rule::competency_header,
        Rule::role_item => Rule::role_header,
        Rule::rule_item => Rule::rule_header,
        Rule::measure_item => Rule::whole_measure_header,
        _ => Rule::scenario_header,
    }
}
