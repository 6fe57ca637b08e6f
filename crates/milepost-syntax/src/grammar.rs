//! The parser that pest makes of `grammar/pathway.pest`: text and rule in, pairs out.

/// See the reading guide beside the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/pathway.pest"]
pub(crate) struct Grammar;
