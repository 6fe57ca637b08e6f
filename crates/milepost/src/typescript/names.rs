//! Words of a programme in TypeScript: names of types, keys, texts and comments. What comes in may be anybody's; what
//! goes out cannot end the comment or the literal it stands in, and says nothing to the compiler.

use std::collections::BTreeMap;

/// The names of types that were given, and how often each was asked for.
pub(super) type Taken = BTreeMap<String, usize>;

/// The name of a type: the words of these names, each with a capital letter, and none that was taken before.
pub(super) fn type_name(names: &[&str], taken: &mut Taken) -> String {
    let mut name = String::new();
    let mut begins = true;
    for character in names.join("_").chars() {
        if !character.is_ascii_alphanumeric() {
            begins = true;
        } else if begins && !(name.is_empty() && character.is_ascii_digit()) {
            name.push(character.to_ascii_uppercase());
            begins = false;
        } else if !name.is_empty() {
            name.push(character);
        }
    }
    if name.is_empty() {
        name.push_str("Unnamed");
    }
    let uses = taken.entry(name.clone()).or_insert(0);
    *uses += 1;
    if *uses > 1 {
        // No name made here has a `_` of its own, so that this one is free.
        name.push_str(&format!("_{uses}"));
    }
    name
}

/// A key: as it is where that is allowed, else quoted.
pub(super) fn key(key: &str) -> String {
    let letter = |character: char| character.is_ascii_alphabetic() || character == '_';
    let plain = key.starts_with(letter)
        && key
            .chars()
            .all(|character| letter(character) || character.is_ascii_digit());
    if plain { key.to_owned() } else { literal(key) }
}

/// A text in quotation marks.
pub(super) fn literal(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            hidden if hides(hidden) => out.extend(hidden.escape_unicode()),
            plain => out.push(plain),
        }
    }
    out.push('"');
    out
}

/// A comment of paragraphs, with its line break; nothing if there are none.
pub(super) fn comment(paragraphs: &[String], indent: &str) -> String {
    let mut lines = Vec::new();
    for (place, paragraph) in paragraphs.iter().enumerate() {
        if place > 0 {
            lines.push(String::new());
        }
        lines.extend(paragraph.lines().map(comment_line));
    }
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("{indent}/** {one} */\n"),
        many => {
            let mut out = format!("{indent}/**\n");
            for line in many {
                let line = format!("{indent} * {line}");
                out.push_str(line.trim_end());
                out.push('\n');
            }
            out.push_str(indent);
            out.push_str(" */\n");
            out
        }
    }
}

/// A line within a comment: it cannot end it, hide anything, or begin with a tag.
fn comment_line(line: &str) -> String {
    let mut out = String::new();
    let mut bare = true;
    let mut before = ' ';
    for character in line.trim().chars() {
        match character {
            '@' if bare => out.push_str("\\@"),
            '/' if before == '*' => out.push_str("\\/"),
            '\t' => out.push(' '),
            hidden if hides(hidden) => out.push('\u{FFFD}'),
            plain => out.push(plain),
        }
        bare &= character.is_whitespace() || matches!(character, '*' | '/') || hides(character);
        before = character;
    }
    out
}

/// Control characters, those that change the direction of text, and those without any shape. Joiners stay: names in
/// many scripts need them.
fn hides(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}
