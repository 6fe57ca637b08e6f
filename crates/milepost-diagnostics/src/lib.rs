//! Where things are in a text, and how a problem in it is described.
//!
//! In: the texts of a programme's files. Out: [`Span`]s into them, lines and columns, and
//! [`Diagnostic`]s with their [`Code`]s. Nothing here knows the language; renderers live elsewhere.

mod code;
mod diagnostic;
mod level;
mod source;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Edit, Label, did_you_mean};
pub use level::{Level, Levels};
pub use source::{FileId, Place, Position, Source, Sources, Span, Units};
