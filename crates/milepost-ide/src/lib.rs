//! What an editor asks of pathway files: texts and a place in them in; plain data out, without a word of any protocol.
//!
//! An [`Analysis`] is made of a main file and what it uses, whole or broken, and answers every question about them. Places
//! are byte offsets into the text of a file.

mod actions;
mod analysis;
mod complete;
mod declarations;
mod edit;
mod folding;
mod hints;
mod hover;
mod lexis;
mod navigation;
mod outline;
mod rename;
mod rest;
mod signature;
mod symbols;
mod tokens;

pub use actions::Action;
pub use analysis::{Analysis, NameAt, Read};
pub use complete::{Completion, CompletionKind};
pub use declarations::{Declaration, DeclarationKind, Former};
pub use edit::Edit;
pub use folding::Fold;
pub use hints::Hint;
pub use hover::{Hover, Reading};
pub use milepost_compiler::beside;
pub use outline::{Outline, uses};
pub use signature::Signature;
pub use tokens::{Token, TokenKind, WORDS};
