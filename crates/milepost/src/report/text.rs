//! JSON texts and numbers: values in, their bytes at the end of a document out.

use milepost_engine::Date;

use crate::plain::plain;

/// A text in quotation marks.
pub(crate) fn text(out: &mut String, text: &str) {
    out.push('"');
    escaped(out, text);
    out.push('"');
}

/// A text, or `null`.
pub(crate) fn text_or_null(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text(out, value),
        None => out.push_str("null"),
    }
}

/// A list of what `write` makes of each item.
pub(crate) fn list<T>(
    out: &mut String,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    out.push('[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// Yes or no.
pub(crate) fn yes_no(out: &mut String, yes: bool) {
    out.push_str(if yes { "true" } else { "false" });
}

/// A day in quotation marks.
pub(crate) fn day(out: &mut String, date: Date) {
    let (year, month, day) = date.civil();
    out.push('"');
    padded(out, year.unsigned_abs(), 4);
    out.push('-');
    padded(out, u32::from(month), 2);
    out.push('-');
    padded(out, u32::from(day), 2);
    out.push('"');
}

/// A hash as documents name it.
pub(crate) fn hash(hash: &[u8; 32]) -> String {
    let halves = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = halves.filter_map(|half| char::from_digit(u32::from(half), 16));
    "sha256:".chars().chain(digits).collect()
}

fn padded(out: &mut String, number: u32, digits: u32) {
    for place in (0..digits).rev() {
        let digit = number / 10u32.pow(place) % 10;
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// What JSON writes with a backslash.
const fn escape(byte: u8) -> &'static str {
    match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        0x08 => "\\b",
        b'\t' => "\\t",
        b'\n' => "\\n",
        0x0c => "\\f",
        b'\r' => "\\r",
        _ => "\\u00",
    }
}

fn escaped(out: &mut String, text: &str) {
    let mut rest = text;
    loop {
        let (as_it_is, special) = rest
            .split_at_checked(plain(rest.as_bytes()))
            .unwrap_or((rest, ""));
        out.push_str(as_it_is);
        let Some(byte) = special.bytes().next() else {
            return;
        };
        let escape = escape(byte);
        out.push_str(escape);
        if escape.len() > 2 {
            for half in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(half), 16));
            }
        }
        rest = special.get(1..).unwrap_or("");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_other_json_writers_do() {
        let all: String = (0..0x300u32).filter_map(char::from_u32).collect();
        for sample in ["", "plain", &all, "a\u{2028}\u{1f600}\"\\"] {
            let mut out = String::new();
            text(&mut out, sample);
            assert_eq!(out, serde_json::to_string(sample).unwrap());
        }
    }

    #[test]
    fn days_are_written_as_they_are_shown() {
        for date in [Date::MIN, Date::MAX, "2026-07-01".parse().unwrap()] {
            let mut out = String::new();
            day(&mut out, date);
            assert_eq!(out, format!("\"{date}\""));
        }
    }
}
