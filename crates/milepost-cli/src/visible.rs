//! Texts of others made fit to print. In: a title, a reason, an id, a path. Out: the same, with every character that
//! would steer a terminal or hide from a reader written out as `\u{…}`.

use std::borrow::Cow;

/// The text as it may be printed within a line: breaks and tabs are spaces.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\n' | '\r' | '\t' => out.push(' '),
            hidden if hides(hidden) => out.extend(hidden.escape_unicode()),
            plain => out.push(plain),
        }
    }
    Cow::Owned(out)
}

/// A text that has its own lines and colours, as a renderer made it: what else would steer a terminal is replaced.
pub fn shown(text: &str) -> Cow<'_, str> {
    let stray = |character: char| hides(character) && !matches!(character, '\n' | '\u{1b}');
    if text.contains(stray) {
        Cow::Owned(text.replace(stray, "\u{FFFD}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Control characters, those that change the direction of text, and those without any shape. Joiners stay: names in
/// many scripts need them.
fn hides(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(visible("Zoë 👩‍🏫 \"x\""), "Zoë 👩‍🏫 \"x\"");
        assert_eq!(visible("a\u{1b}[31mb\u{9b}c"), "a\\u{1b}[31mb\\u{9b}c");
        assert_eq!(visible("one\r\ntwo\tthree"), "one  two three");
        assert_eq!(visible("\u{202e}abc\u{feff}"), "\\u{202e}abc\\u{feff}");
    }
}
