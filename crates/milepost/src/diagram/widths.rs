//! How wide a text is, and where it is broken. In: a text and a width, in tenths of the size of its letters. Out: its lines.
//!
//! A viewer draws with a font of its own. The figures are those of a wide one, so that with others there is room left.

/// How wide a letter is, in hundredths of its size.
const fn letter(character: char) -> usize {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' => 36,
        'f' | 't' | 'r' | '(' | ')' | '-' | '"' | '/' | '[' | ']' => 46,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 100,
        'A'..='Z' => 76,
        '\0'..='\u{24f}' => 64,
        _ => 110,
    }
}

/// How wide a text is.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(letter).sum()
}

/// A text in lines that are no wider than this: broken between words, and within one only if it is wider itself.
pub(super) fn lines(text: &str, widest: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + letter(' ') + width(word) <= widest {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
        while let Some(rest) = lines.last_mut().and_then(|line| split(line, widest)) {
            lines.push(rest);
        }
    }
    lines
}

/// Cuts a line that is too wide; gives what is left over.
fn split(line: &mut String, widest: usize) -> Option<String> {
    if width(line) <= widest {
        return None;
    }
    let mut room = widest;
    let cut = line.char_indices().find(|(at, character)| {
        let fits = letter(*character) <= room;
        room = room.saturating_sub(letter(*character));
        !fits && *at > 0
    });
    let (at, _) = cut?;
    Some(line.split_off(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_where_that_can_be() {
        let title = "Data Driver micro-credential";
        assert_eq!(lines(title, 1000), ["Data Driver", "micro-credential"]);
        assert_eq!(lines("", 1000), [""]);
        let long = "m".repeat(25);
        assert_eq!(
            lines(&long, 1000),
            ["m".repeat(10), "m".repeat(10), "m".repeat(5)]
        );
        assert_eq!(lines("ww", 10), ["w", "w"]);
    }
}
