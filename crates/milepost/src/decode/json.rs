//! JSON by pieces: a text in, its parts out, borrowed. Each byte is looked at once to find where a piece ends.
//!
//! Nothing here builds a tree, follows nesting by recursion, or makes a number a float. What is taken is what serde_json
//! takes, and it is taken without serde_json, which would be a fifth of the module that browsers load.

use std::borrow::Cow;

use super::escapes;
use crate::plain::plain;

/// The text is no JSON from here on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// Why a text is no JSON where a cursor stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Value,
    Word,
    Number,
    Key,
    /// A key has an escape that stands for no character.
    KeyEscape,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    Follows,
    Escape,
    Control,
}

/// A piece of JSON whose syntax is right, without the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Raw<'t> {
    json: &'t str,
    /// Whether it is a text with escapes.
    escaped: bool,
}

impl<'t> Raw<'t> {
    /// A cursor before it.
    pub(super) const fn cursor(self) -> Cursor<'t> {
        Cursor::new(self.json)
    }

    /// Its text.
    pub(super) const fn json(self) -> &'t str {
        self.json
    }

    /// What stands between the quotation marks of a text.
    fn inner(self) -> &'t str {
        self.json
            .get(1..self.json.len().saturating_sub(1))
            .unwrap_or("")
    }
}

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
pub(super) fn shape(raw: Raw<'_>) -> Shape<'_> {
    match raw.json.as_bytes().first() {
        Some(b'{') => Shape::Object,
        Some(b'[') => Shape::List,
        Some(b't') => Shape::YesNo(true),
        Some(b'f') => Shape::YesNo(false),
        Some(b'"') => unescaped(raw).map_or(Shape::BrokenText, Shape::Text),
        Some(b'-' | b'0'..=b'9') => Shape::Number(raw.json),
        _ => Shape::Null,
    }
}

/// What a text in quotation marks says; nothing if an escape stands for no character.
fn unescaped(raw: Raw<'_>) -> Option<Cow<'_, str>> {
    if raw.escaped {
        escapes::resolved(raw.inner()).map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(raw.inner()))
    }
}

/// Whether a piece of JSON is `null`.
pub(super) fn is_null(raw: Raw<'_>) -> bool {
    raw.json.starts_with('n')
}

/// A place in a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// The brackets that are open within the value being skipped: whether each is of an object.
    open: Vec<bool>,
    /// Why it stopped, if it did.
    fault: Option<Fault>,
}

impl<'t> Cursor<'t> {
    /// The beginning of a text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            open: Vec::new(),
            fault: None,
        }
    }

    /// Stops here.
    #[cold]
    pub(super) const fn stop(&mut self, fault: Fault) -> Broken {
        self.fault = Some(fault);
        Broken
    }

    /// Where it stopped and why, if it did.
    pub(super) fn fault(&self) -> Option<(usize, Fault)> {
        Some((self.at, self.fault?))
    }

    /// How many bytes are left.
    pub(super) const fn left(&self) -> usize {
        self.text.len().saturating_sub(self.at)
    }

    fn here(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.here() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Nothing but space is left.
    pub(super) fn end(&mut self) -> Result<(), Broken> {
        self.peek()
            .map_or(Ok(()), |_| Err(self.stop(Fault::Follows)))
    }

    fn take(&mut self, byte: u8, fault: Fault) -> Result<(), Broken> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(self.stop(fault))
        }
    }

    /// Hands each key of an object to `each`, which reads its value.
    pub(super) fn object(
        &mut self,
        mut each: impl FnMut(&mut Self, Option<Cow<'t, str>>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.take(b'{', Fault::Value)?;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(());
        }
        loop {
            let key = self.key()?;
            each(self, key)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(self.stop(Fault::CommaOrBrace)),
            }
        }
    }

    /// A key and the colon after it; nothing for a key that has an escape that stands for no character.
    fn key(&mut self) -> Result<Option<Cow<'t, str>>, Broken> {
        if self.peek() != Some(b'"') {
            return Err(self.stop(Fault::Key));
        }
        let from = self.at;
        let escaped = self.text()?;
        let raw = self.since(from, escaped);
        self.take(b':', Fault::Colon)?;
        Ok(unescaped(raw))
    }

    /// Hands each place of a list to `each`, which reads the item.
    pub(super) fn list(
        &mut self,
        mut each: impl FnMut(&mut Self, usize) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.take(b'[', Fault::Value)?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        for index in 0.. {
            each(self, index)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                _ => return Err(self.stop(Fault::CommaOrBracket)),
            }
        }
        Ok(())
    }

    /// Any value.
    pub(super) fn value(&mut self) -> Result<Raw<'t>, Broken> {
        let first = self.peek();
        let from = self.at;
        if first == Some(b'"') {
            let escaped = self.text()?;
            return Ok(self.since(from, escaped));
        }
        self.open.clear();
        loop {
            let opened = self.scalar_or_opening()?;
            if let Some(object) = opened {
                // An empty one is closed at once; else its first item comes next.
                if self.peek() == Some(closing(object)) {
                    self.at += 1;
                } else {
                    self.open.push(object);
                    self.next_key(object)?;
                    continue;
                }
            }
            // After a value: the end of what it stands in, perhaps of several, or the next item.
            loop {
                let Some(object) = self.open.last().copied() else {
                    return Ok(self.since(from, false));
                };
                match self.peek() {
                    Some(b',') => {
                        self.at += 1;
                        self.next_key(object)?;
                        break;
                    }
                    Some(byte) if byte == closing(object) => {
                        self.at += 1;
                        self.open.pop();
                    }
                    _ if object => return Err(self.stop(Fault::CommaOrBrace)),
                    _ => return Err(self.stop(Fault::CommaOrBracket)),
                }
            }
        }
    }

    /// The key of the next item, if it has one.
    fn next_key(&mut self, object: bool) -> Result<(), Broken> {
        if object {
            if self.peek() != Some(b'"') {
                return Err(self.stop(Fault::Key));
            }
            self.text()?;
            self.take(b':', Fault::Colon)?;
        }
        Ok(())
    }

    /// Passes a value that holds no others, or an opening bracket; then, whether that is of an object.
    fn scalar_or_opening(&mut self) -> Result<Option<bool>, Broken> {
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                Ok(Some(true))
            }
            Some(b'[') => {
                self.at += 1;
                Ok(Some(false))
            }
            Some(b'"') => self.text().map(|_| None),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(self.stop(Fault::Value)),
        }
    }

    fn word(&mut self, word: &str) -> Result<Option<bool>, Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(None)
        } else {
            let alike = rest.iter().zip(word.as_bytes());
            self.at += alike.take_while(|(one, other)| one == other).count();
            Err(self.stop(Fault::Word))
        }
    }

    fn number(&mut self) -> Result<Option<bool>, Broken> {
        if self.here() == Some(b'-') {
            self.at += 1;
        }
        if self.here() == Some(b'0') {
            self.at += 1;
            if self.here().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(self.stop(Fault::Number));
            }
        } else {
            self.digits()?;
        }
        if self.here() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.here(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.here(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(None)
    }

    fn digits(&mut self) -> Result<(), Broken> {
        let from = self.at;
        while self.here().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at > from {
            Ok(())
        } else {
            Err(self.stop(Fault::Number))
        }
    }

    /// Passes a text, and says whether it has escapes. Whether they stand for characters is asked when somebody reads it.
    fn text(&mut self) -> Result<bool, Broken> {
        let mut escaped = false;
        self.at += 1;
        loop {
            self.at += plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.here() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    self.escape()?;
                }
                _ => return Err(self.stop(Fault::Control)),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        self.at += match rest {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => 2,
            [b'u', digits @ ..]
                if digits.len() >= 4 && digits.iter().take(4).all(u8::is_ascii_hexdigit) =>
            {
                6
            }
            [] => 1,
            [b'u', digits @ ..] if digits.len() < 4 && digits.iter().all(u8::is_ascii_hexdigit) => {
                1 + rest.len()
            }
            _ => return Err(self.stop(Fault::Escape)),
        };
        Ok(())
    }

    fn since(&self, from: usize, escaped: bool) -> Raw<'t> {
        Raw {
            json: self.text.get(from..self.at).unwrap_or_default(),
            escaped,
        }
    }
}

const fn closing(object: bool) -> u8 {
    if object { b'}' } else { b']' }
}

/// Hands each item of a list to `each`, until that says `false`. Of what is no list, nothing.
pub(super) fn items<'t>(list: Raw<'t>, mut each: impl FnMut(usize, Raw<'t>) -> bool) {
    let mut on = true;
    // Its syntax is right, so nothing breaks here.
    let _right = list.cursor().list(|cursor, index| {
        let value = cursor.value()?;
        on = on && each(index, value);
        if on { Ok(()) } else { Err(Broken) }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::value::RawValue;

    /// Texts put together by a fixed rule from what JSON is made of and what it is not.
    fn made_up() -> impl Iterator<Item = String> {
        const PIECES: [&str; 40] = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"\"",
            "\"\\u00e9\"",
            "\"\\ud800\"",
            "\"\\x\"",
            "\"a\\\"b\"",
            "\"\u{1}\"",
            "\"123456789\\n12345678\"",
            "\"é\u{7f}\"",
            "true",
            "false",
            "null",
            "nul",
            "0",
            "-",
            "1",
            "01",
            "-0",
            "1.5",
            "1.",
            ".5",
            "1e5",
            "1e",
            "1E+5",
            "-1.25e-7",
            " ",
            "\n",
            "\t",
            "\r",
            "\u{c}",
            "\u{a0}",
            "[1,",
            "{\"k\":",
        ];
        let mut state = 7u64;
        let mut next = move |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        (0..200_000).map(move |_| {
            let pieces = 1 + next(9);
            (0..pieces).map(|_| PIECES[next(PIECES.len())]).collect()
        })
    }

    #[test]
    fn what_is_taken_is_what_others_take() {
        let mut taken = 0;
        for text in made_up() {
            let mut cursor = Cursor::new(&text);
            let own = cursor
                .value()
                .and_then(|raw| cursor.end().map(|()| raw.json));
            let other = serde_json::from_str::<&RawValue>(&text).map(RawValue::get);
            assert_eq!(own.ok(), other.ok(), "{text:?}");
            taken += usize::from(own.is_ok());
        }
        assert!(taken > 10_000, "{taken}");
    }

    #[test]
    fn nothing_special_is_missed_wherever_it_stands() {
        for length in 0..40 {
            let mut text = vec![b'x'; length];
            assert_eq!(plain(&text), length);
            for place in 0..length {
                for special in [b'"', b'\\', 0, 0x1f] {
                    text[place] = special;
                    assert_eq!(plain(&text), place);
                }
                for ordinary in [b' ', b'!', b'#', b'[', b']', 0x7f, 0x80, 0xa2, 0xdc, 0xff] {
                    text[place] = ordinary;
                    assert_eq!(plain(&text), length, "{ordinary}");
                }
                text[place] = b'x';
            }
        }
    }
}
