//! Bytes in, text whose JSON syntax is known to be right out; or where it breaks, in lines and columns.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode::json::{self, Broken, Cursor};
use crate::decode::problems::say;
use crate::wire::Refusal;

/// The most bytes a record has.
const BYTES: usize = 256 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The text of a record: UTF-8, with or without a byte-order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > BYTES {
        return Err(say("a record of more than 256 MiB").refusal(None));
    }
    let content = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    std::str::from_utf8(content).map_err(|error| {
        let offset = bytes.len() - content.len() + error.valid_up_to();
        say(format!(
            "the text is not UTF-8: byte {offset} (counted from 0) does not belong to a character"
        ))
        .help("save the file with the encoding UTF-8".to_owned())
        .refusal(None)
    })
}

fn begins_as_object(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\t', '\r', '\n']);
    first.is_empty() || first.starts_with('{')
}

/// Whether a text is an object. If it is another value, that is what is wrong with it.
pub(super) fn is_object(text: &str) -> Result<(), Refusal> {
    if begins_as_object(text) {
        return Ok(());
    }
    // Syntax first: what is broken is not yet a list or a text.
    let mut cursor = Cursor::new(text);
    match cursor
        .value()
        .and_then(|whole| cursor.end().map(|()| whole))
    {
        Ok(whole) => {
            let found = super::values::found(&json::shape(whole));
            Err(say(format!("a record is an object, found {found}")).refusal(None))
        }
        Err(Broken) => Err(broken(text)),
    }
}

/// Where and why a text is no JSON, or an object with a key that cannot be read.
pub(super) fn broken(text: &str) -> Refusal {
    let read = if begins_as_object(text) {
        serde_json::from_str(text).map(|Entries| ())
    } else {
        serde_json::from_str(text).map(|_: &RawValue| ())
    };
    match read {
        Ok(()) => say("this is not JSON").refusal(None),
        Err(error) => reason(text, &error),
    }
}

/// An object that is read for its mistakes alone: its keys as texts, its values as any.
struct Entries;

impl<'t> Deserialize<'t> for Entries {
    fn deserialize<D: Deserializer<'t>>(json: D) -> Result<Self, D::Error> {
        json.deserialize_map(Self)
    }
}

impl<'t> Visitor<'t> for Entries {
    type Value = Self;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<String, &RawValue>()?.is_some() {}
        Ok(self)
    }
}

fn reason(text: &str, error: &serde_json::Error) -> Refusal {
    let full = error.to_string();
    let reason = full
        .rsplit_once(" at line ")
        .map_or(full.as_str(), |(reason, _)| reason);
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or("");
    let before = line
        .get(..line.floor_char_boundary(error.column()))
        .unwrap_or("");
    let column = u32::try_from(before.chars().count())
        .unwrap_or(u32::MAX)
        .max(1);
    let reason = match reason {
        _ if error.is_eof() => "the text ends in the middle",
        "expected value" => "a value was expected here",
        "expected ident" => "`true`, `false` or `null` was expected here",
        "key must be a string" => "a key in quotation marks was expected here",
        "trailing comma" => "a comma with nothing after it",
        "trailing characters" => "something follows the end of the record",
        "invalid number" => "this is no number as JSON writes them",
        "invalid escape" => "an escape that JSON does not have",
        "lone leading surrogate in hex escape" | "unexpected end of hex escape" => {
            "an escape that stands for no character"
        }
        other if other.starts_with("control character") => {
            "a line break or another control character inside a text"
        }
        other => other,
    };
    say(format!("this is not JSON: {reason}")).refusal(Some((
        u32::try_from(error.line()).unwrap_or(u32::MAX),
        column,
    )))
}
