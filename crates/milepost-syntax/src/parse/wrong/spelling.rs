//! Words and numbers that are nearly right: a token in, help out.

use crate::KEYWORDS;

/// Signs of other languages and what they are here.
const SIGNS: &[(&str, &str)] = &[
    ("==", "write `=`"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("<>", "write `!=`"),
    ("≥", "write `>=`"),
    ("≤", "write `<=`"),
    ("≠", "write `!=`"),
    ("&&", "write `and`"),
    ("&", "write `and`"),
    ("||", "write `or`"),
    ("|", "write `or`"),
    ("!", "write `not`"),
    ("–", "write a minus, `-`, with a space on both sides"),
    ("−", "write a minus, `-`, with a space on both sides"),
    ("×", "write `*`"),
    ("/", "there is no division; multiply the other side instead"),
    (";", "leave it out: nothing stands at the end of a line"),
    (",", "leave it out: nothing stands at the end of a line"),
    (")", "remove it: there is no `(` that it closes"),
    ("[", "write `{ … }`"),
    ("until", "write `to`"),
];

/// What a sign of another language is here.
pub(super) fn sign(token: &str) -> Option<String> {
    SIGNS
        .iter()
        .find(|(sign, _)| *sign == token)
        .map(|(_, help)| (*help).to_owned())
}

/// Quotes that are not `"`.
pub(super) fn quote(token: &str) -> Option<String> {
    matches!(token, "'" | "‘" | "’" | "“" | "”" | "„" | "«" | "»" | "`")
        .then(|| "put texts between straight double quotes: `\"…\"`".to_owned())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A date that is not written year-month-day.
pub(super) fn date(token: &str) -> Option<String> {
    let parts: Vec<_> = token.split(['-', '/', '.']).collect();
    let [first, middle, last] = parts.as_slice() else {
        return None;
    };
    let years = [first, last].iter().any(|part| part.len() == 4);
    if !years || !is_digits(first) || !is_digits(middle) || !is_digits(last) {
        return None;
    }
    let date = format!("{first}-{middle:0>2}-{last:0>2}");
    if date == token {
        return None;
    }
    Some(if first.len() == 4 {
        format!("write the date as `{date}`")
    } else {
        "a date is written year-month-day, such as `2026-07-01`".to_owned()
    })
}

/// A day of the year, a school year or a subtraction, all of which are two numbers.
pub(super) fn two_numbers(token: &str, day: bool) -> Option<String> {
    let (first, last) = token.split_once(['-', '/'])?;
    if !is_digits(first) || !is_digits(last) {
        return None;
    }
    Some(match (first.len(), last.len()) {
        (4, 2) => format!("a school year is written `school year {first}-{last}`"),
        (4, 4) => format!(
            "a school year is written `school year {first}-{}`",
            last.get(2..).unwrap_or(last)
        ),
        (..=2, ..=2) if day => {
            format!("a day of the year is month-day, in two digits each: `{first:0>2}-{last:0>2}`")
        }
        _ if token.contains('-') => {
            format!("write a minus with a space on both sides: `{first} - {last}`")
        }
        _ => "there is no division; multiply the other side instead".to_owned(),
    })
}

/// A number with commas, or with its unit or sign in the wrong place.
pub(super) fn number(token: &str) -> Option<String> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plain = token.replace(',', "");
    if token.contains(',')
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        let groups = token.split(',').skip(1).all(|group| group.len() == 3);
        let number = if groups {
            plain
        } else {
            token.replacen(',', ".", 1)
        };
        return Some(format!("write the number as `{number}`"));
    }
    let (count, word) = token.split_at_checked(token.find(|c: char| !c.is_ascii_digit())?)?;
    if word == "." {
        return Some(format!("write `{count}`, or a digit after the point"));
    }
    let unit = word
        .starts_with(|c: char| c.is_ascii_alphabetic())
        .then(|| nearest(word, UNITS))
        .flatten()?;
    Some(format!(
        "put a space between the number and its unit: `{count} {unit}`"
    ))
}

/// The units of a duration.
pub(super) const UNITS: &[&str] = &[
    "days",
    "weeks",
    "months",
    "years",
    "day",
    "week",
    "month",
    "year",
    "school years",
];

/// A name that is not spelled as names are, or that is a reserved word.
pub(super) fn name(token: &str) -> Option<String> {
    if token == "candidate" {
        return Some("a fact of the candidate is written `candidate.NAME`".to_owned());
    }
    if KEYWORDS.contains(&token) {
        return Some(format!(
            "`{token}` is a word of the language and cannot be a name"
        ));
    }
    let word = token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let odd = token.contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    (word && (odd || token.starts_with('_'))).then(|| spelling(token))
}

/// How a name is spelled.
pub(super) fn spelling(word: &str) -> String {
    format!(
        "a name has small letters, digits and `_`: `{}`",
        spelt(word)
    )
}

/// Words as a name spells them.
pub(super) fn spelt(words: &str) -> String {
    let small: String = words
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    small.trim_matches('_').to_owned()
}

/// The word of a list that is nearly this one.
pub(super) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    if word.len() > 30 {
        return None;
    }
    let word = word.to_lowercase();
    words
        .iter()
        .copied()
        .map(|candidate| (strsim::damerau_levenshtein(&word, candidate), candidate))
        .filter(|&(distance, candidate)| {
            distance <= 1 + candidate.len() / 5 && distance < candidate.len()
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}
