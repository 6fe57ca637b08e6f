//! Bytes in, text whose JSON syntax is known to be right out; or where it breaks, in lines and columns.

use std::borrow::Cow;

use crate::decode::json::{self, Broken, Cursor, Fault};
use crate::decode::problems::say;
use crate::wire::Refusal;

/// The most bytes a document has.
const BYTES: usize = 256 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The text of a document, which is a `what`: UTF-8, with or without a byte-order mark.
pub(super) fn text<'t>(bytes: &'t [u8], what: &str) -> Result<&'t str, Refusal> {
    if bytes.len() > BYTES {
        return Err(say(format!("{} of more than 256 MiB", a(what))).refusal(None));
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

/// A document by its name, with the article.
fn a(what: &str) -> String {
    let article = if what == "outcome" { "an" } else { "a" };
    format!("{article} {what}")
}

fn begins_as_object(text: &str) -> bool {
    let first = text.trim_start_matches([' ', '\t', '\r', '\n']);
    first.is_empty() || first.starts_with('{')
}

/// Whether a text is an object. If it is another value, that is what is wrong with it.
pub(super) fn is_object(text: &str, what: &str) -> Result<(), Refusal> {
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
            Err(say(format!("{} is an object, found {found}", a(what))).refusal(None))
        }
        Err(Broken) => Err(broken(text, what)),
    }
}

/// Where and why a text is no JSON, or an object with a key that cannot be read.
pub(super) fn broken(text: &str, what: &str) -> Refusal {
    let mut cursor = Cursor::new(text);
    let read = if begins_as_object(text) {
        cursor.object(|cursor, key| match key {
            Some(_) => cursor.value().map(|_| ()),
            None => Err(cursor.stop(Fault::KeyEscape)),
        })
    } else {
        cursor.value().map(|_| ())
    };
    // What it says of itself is asked next.
    let _broken = read.and_then(|()| cursor.end());
    let Some((at, fault)) = cursor.fault() else {
        return say("this is not JSON").refusal(None);
    };
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
    let place = |number| u32::try_from(number).unwrap_or(u32::MAX);
    say(format!(
        "this is not JSON: {}",
        reason(before, text.get(at..).unwrap_or(""), fault, what)
    ))
    .refusal(Some((place(line), place(column))))
}

/// Why a text breaks between what stands before and what stands after.
fn reason(before: &str, after: &str, fault: Fault, what: &str) -> Cow<'static, str> {
    let after_comma = before
        .trim_end_matches([' ', '\t', '\r', '\n'])
        .ends_with(',');
    Cow::Borrowed(match fault {
        _ if after.is_empty() => "the text ends in the middle",
        Fault::Value | Fault::Key if after_comma && after.starts_with(['}', ']']) => {
            "a comma with nothing after it"
        }
        Fault::Value => "a value was expected here",
        Fault::Word => "`true`, `false` or `null` was expected here",
        Fault::Number => "this is no number as JSON writes them",
        Fault::Key => "a key in quotation marks was expected here",
        Fault::KeyEscape => "the key before this has an escape that stands for no character",
        Fault::Colon => "expected `:`",
        Fault::CommaOrBrace => "expected `,` or `}`",
        Fault::CommaOrBracket => "expected `,` or `]`",
        Fault::Follows => return format!("something follows the end of the {what}").into(),
        Fault::Escape => "an escape that JSON does not have",
        Fault::Control => "a line break or another control character inside a text",
    })
}
