//! JSON text in, a tree of it out, for documents that are compared piece by piece: numbers as written, each key once.

use std::borrow::Cow;
use std::collections::HashSet;

use super::json::{self, Broken, Cursor, Shape};
use super::place::Place;
use super::problems::{Problems, say};
use crate::wire::Refusal;

/// So deep may a document nest; an outcome of the deepest programme nests some 400 deep.
const NESTING: usize = 512;
/// So many values a document may have.
const VALUES: usize = 4_000_000;

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tree<'t> {
    /// `null`
    Null,
    /// `true` or `false`
    YesNo(bool),
    /// A number, as written.
    Number(&'t str),
    /// A text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Tree<'t>>),
    /// An object, its keys in the order written.
    Object(Vec<(Cow<'t, str>, Tree<'t>)>),
}

impl Tree<'_> {
    /// What an object has under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries
                .iter()
                .find(|(known, _)| known == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// What a text says.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The tree of a text that is right JSON and stands at a place of a document.
///
/// # Errors
///
/// It nests too deeply, has too many values, a key twice, or a text with an escape that stands for no character.
pub(crate) fn tree<'t>(text: &'t str, place: &Place<'_>) -> Result<Tree<'t>, Refusal> {
    let mut reader = Reader {
        problems: Problems::default(),
        values: 0,
    };
    match reader.value(&mut Cursor::new(text), place, 0) {
        Ok(tree) if reader.problems.is_empty() => Ok(tree),
        _ => Err(reader.problems.refusal()),
    }
}

struct Reader {
    problems: Problems,
    values: usize,
}

impl Reader {
    fn value<'t>(
        &mut self,
        cursor: &mut Cursor<'t>,
        place: &Place<'_>,
        depth: usize,
    ) -> Result<Tree<'t>, Broken> {
        self.values += 1;
        if self.values > VALUES {
            return self.stop(place, "a document of more than 4 000 000 values");
        }
        if depth > NESTING {
            return self.stop(place, "the document nests more than 512 deep");
        }
        match cursor.peek() {
            Some(b'{') => self.object(cursor, place, depth),
            Some(b'[') => {
                let mut items = Vec::new();
                cursor.list(|cursor, index| {
                    items.push(self.value(cursor, &place.index(index), depth + 1)?);
                    Ok(())
                })?;
                Ok(Tree::List(items))
            }
            _ => Ok(match json::shape(cursor.value()?) {
                Shape::YesNo(yes) => Tree::YesNo(yes),
                Shape::Number(number) => Tree::Number(number),
                Shape::Text(text) => Tree::Text(text),
                Shape::BrokenText => {
                    return self.stop(place, "the text has an escape that stands for no character");
                }
                Shape::Null | Shape::List | Shape::Object => Tree::Null,
            }),
        }
    }

    fn object<'t>(
        &mut self,
        cursor: &mut Cursor<'t>,
        place: &Place<'_>,
        depth: usize,
    ) -> Result<Tree<'t>, Broken> {
        let mut entries = Vec::new();
        // It is only asked, never walked, so its order shows nowhere.
        let mut seen = HashSet::new();
        cursor.object(|cursor, key| {
            let Some(key) = key else {
                return self.stop(place, "a key has an escape that stands for no character");
            };
            let place = place.key(&key);
            if !seen.insert(key.clone()) {
                return self.stop(&place, "this key stands twice in one object");
            }
            let value = self.value(cursor, &place, depth + 1)?;
            entries.push((key.clone(), value));
            Ok(())
        })?;
        Ok(Tree::Object(entries))
    }

    /// Says why there is no tree.
    fn stop<T>(&mut self, place: &Place<'_>, why: &str) -> Result<T, Broken> {
        self.problems.add(place, || say(why));
        Err(Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(text: &str) -> String {
        let refusal = tree(text, &Place::ROOT).unwrap_err();
        refusal.problems.first().unwrap().to_string()
    }

    #[test]
    fn a_tree_has_what_is_written() {
        let text = r#" { "a" : [ 1.50, "\u00e9", true, null ], "b\n" : { } } "#;
        let read = tree(text, &Place::ROOT).unwrap();
        let list = vec![
            Tree::Number("1.50"),
            Tree::Text("é".into()),
            Tree::YesNo(true),
            Tree::Null,
        ];
        assert_eq!(read.get("a"), Some(&Tree::List(list)));
        assert_eq!(read.get("b\n"), Some(&Tree::Object(Vec::new())));
        assert_eq!(read.get("c"), None);
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        assert_eq!(
            why(r#"{"a":[{"b":1,"\u0062":2}]}"#),
            "/a/0/b: this key stands twice in one object"
        );
        assert_eq!(
            why(r#"["\ud800"]"#),
            "/0: the text has an escape that stands for no character"
        );
        let deep = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
        assert!(tree(&deep(NESTING), &Place::ROOT).is_ok());
        assert!(why(&deep(NESTING + 2)).ends_with("the document nests more than 512 deep"));
        let many = format!("[{}0]", "0,".repeat(VALUES));
        assert!(why(&many).ends_with("a document of more than 4 000 000 values"));
    }
}
