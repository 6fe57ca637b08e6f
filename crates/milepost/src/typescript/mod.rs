//! TypeScript: JSON Schemas in, declarations out; of the documents, which are one for all programmes, and of the records
//! and outcomes of one programme.

mod documents;
mod names;
mod print;
mod programme;
mod read;

#[cfg(test)]
mod tests;

use std::fmt;

pub use documents::documents;
pub use programme::programme;

/// A type, as far as our schemas need them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Type {
    /// `string`, `number`, `boolean`, `null`, `never`.
    Word(&'static str),
    /// This text and no other.
    Text(String),
    /// The type of that name.
    Name(String),
    /// A list.
    List(Box<Self>),
    /// An object with these keys and no others.
    Object(Vec<Property>),
    /// One of these.
    Union(Vec<Member>),
}

/// A key of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Property {
    key: String,
    optional: bool,
    /// What is said of it: paragraphs.
    doc: Vec<String>,
    ty: Type,
}

/// A member of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    doc: Vec<String>,
    ty: Type,
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Declaration {
    name: String,
    doc: Vec<String>,
    ty: Type,
}

/// A schema says something that has no type here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoType {
    /// Where: a JSON pointer into the schema.
    pointer: String,
    /// What it says.
    what: String,
}

impl fmt::Display for NoType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "no TypeScript for {} at `{}`", self.what, self.pointer)
    }
}

impl std::error::Error for NoType {}
