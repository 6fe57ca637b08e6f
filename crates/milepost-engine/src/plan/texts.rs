//! The texts a plan writes out: parts in, each text once and in order out.

use std::sync::Arc;

use crate::order;

use super::{Constant, Form, Parts, Source, Test, Text};

/// The texts in conditions, sorted, and whether a condition looks at the ids of records.
pub(super) fn written(parts: &Parts) -> (Vec<Arc<str>>, bool) {
    let mut found = Found::default();
    for node in &parts.nodes {
        match &node.form {
            Form::Condition(test) => found.test(test),
            Form::Records(records) => {
                for test in [&records.whose, &records.matching].into_iter().flatten() {
                    found.test(test);
                }
            }
            _ => {}
        }
    }
    order::sort(&mut found.texts);
    found.texts.dedup();
    (found.texts, found.ids)
}

#[derive(Default)]
struct Found {
    texts: Vec<Arc<str>>,
    ids: bool,
}

impl Found {
    /// The nesting of tests has been checked.
    fn test(&mut self, test: &Test) {
        match test {
            Test::All(tests) | Test::Any(tests) | Test::OneOf(tests) => {
                for test in tests {
                    self.test(test);
                }
            }
            Test::Not(test) => self.test(test),
            Test::Texts(left, _, right) => {
                for text in [left, right] {
                    match text {
                        Text::Literal(text) => self.texts.push(text.as_str().into()),
                        Text::Of(source) => self.ids |= *source == Source::Id,
                    }
                }
            }
            Test::Contains(_, Constant::Text(text)) => self.texts.push(text.as_str().into()),
            _ => {}
        }
    }
}
