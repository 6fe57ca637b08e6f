//! JSON by pieces: a stretch of text whose syntax is known to be right in, its parts out, borrowed.
//!
//! Nothing here builds a tree of the document, and no number passes through a float.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What a piece of JSON is.
pub(super) enum Shape<'t> {
    Null,
    YesNo(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    /// A text with an escape that stands for no character.
    BrokenText,
    List,
    Object,
}

/// Looks at a piece of JSON.
pub(super) fn shape(raw: &RawValue) -> Shape<'_> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'{') => Shape::Object,
        Some(b'[') => Shape::List,
        Some(b't') => Shape::YesNo(true),
        Some(b'f') => Shape::YesNo(false),
        Some(b'"') if !text.contains('\\') => Shape::Text(Cow::Borrowed(text.trim_matches('"'))),
        Some(b'"') => serde_json::from_str(text).map_or(Shape::BrokenText, |text: String| {
            Shape::Text(Cow::Owned(text))
        }),
        Some(b'-' | b'0'..=b'9') => Shape::Number(text),
        _ => Shape::Null,
    }
}

/// Whether a piece of JSON is `null`.
pub(super) fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

/// Hands each key of an object and its value to `each`. Fails if the text is no object, or a key is no text.
pub(super) fn entries<'t>(
    text: &'t str,
    each: impl FnMut(Cow<'t, str>, &'t RawValue),
) -> Result<(), serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    json.deserialize_map(Entries(each))?;
    json.end()
}

/// Hands each item of a list to `each`, until that says `false`. Fails if the text is no list.
pub(super) fn items<'t>(
    list: &'t RawValue,
    each: impl FnMut(usize, &'t RawValue) -> bool,
) -> Result<(), serde_json::Error> {
    serde_json::Deserializer::from_str(list.get()).deserialize_seq(Items(each))
}

struct Entries<F>(F);

impl<'t, F: FnMut(Cow<'t, str>, &'t RawValue)> Visitor<'t> for Entries<F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            (self.0)(key, map.next_value()?);
        }
        Ok(())
    }
}

struct Items<F>(F);

impl<'t, F: FnMut(usize, &'t RawValue) -> bool> Visitor<'t> for Items<F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(mut self, mut list: A) -> Result<(), A::Error> {
        let mut index = 0;
        while let Some(item) = list.next_element()? {
            if !(self.0)(index, item) {
                break;
            }
            index += 1;
        }
        Ok(())
    }
}

/// A key: borrowed where it is written without escapes.
struct Key;

impl<'t> DeserializeSeed<'t> for Key {
    type Value = Cow<'t, str>;

    fn deserialize<D: de::Deserializer<'t>>(self, json: D) -> Result<Cow<'t, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'t> Visitor<'t> for Key {
    type Value = Cow<'t, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'t, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
