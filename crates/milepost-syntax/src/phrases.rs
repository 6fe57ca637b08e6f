//! What people write in policies and this language says otherwise: text in, how to say it here out.

/// Phrases, and how to say them. Of two that begin alike the longer stands first.
const PHRASES: &[(&str, &str)] = &[
    (
        "more than",
        "a count is written `at least`: more than 2 is `at least 3`; values are compared with `>`",
    ),
    (
        "greater than",
        "values are compared with `>`, and with `>=` for at least",
    ),
    (
        "no more than",
        "write `at most`; values are compared with `<=`",
    ),
    (
        "not more than",
        "write `at most`; values are compared with `<=`",
    ),
    ("up to", "write `at most`; values are compared with `<=`"),
    ("maximum", "write `at most`; values are compared with `<=`"),
    (
        "no fewer than",
        "write `at least`; values are compared with `>=`",
    ),
    (
        "no less than",
        "write `at least`; values are compared with `>=`",
    ),
    (
        "not less than",
        "write `at least`; values are compared with `>=`",
    ),
    ("minimum", "write `at least`; values are compared with `>=`"),
    (
        "fewer than",
        "a count is written `at most`: fewer than 3 is `at most 2`; values are compared with `<`",
    ),
    (
        "less than",
        "a count is written `at most`: less than 3 is `at most 2`; values are compared with `<`",
    ),
    (
        "between",
        "say both ends: `at least 2 …` and `at most 5 …` one below the other, or `hours >= 2 and hours <= 5`",
    ),
    ("is at least", "values are compared with `>=`: `years >= 3`"),
    ("is at most", "values are compared with `<=`: `years <= 3`"),
    ("= at least", "values are compared with `>=`: `years >= 3`"),
    ("= at most", "values are compared with `<=`: `years <= 3`"),
    ("equals", "write `=`"),
    (
        "if",
        "of records write `where`; if one thing then another is `any of { not …  … }`",
    ),
    (
        "unless",
        "write `any of { … }` around both: what exempts, and what is asked otherwise",
    ),
    ("either", "write `any of { … }` around what may be chosen"),
    ("one of", "of requirements write `any of { … }`"),
    ("then", "if one thing then another is `any of { not …  … }`"),
    (
        "must",
        "leave it out: a requirement says what holds, such as `years >= 3`",
    ),
    (
        "should",
        "leave it out: a requirement says what holds, such as `years >= 3`",
    ),
    (
        "has",
        "leave it out: a requirement says what holds, such as `competency data_analyst`",
    ),
    (
        "have",
        "leave it out: a requirement says what holds, such as `competency data_analyst`",
    ),
    ("the following", "leave `the following` out: `all of { … }`"),
    ("sum", "write `at least 30 total hours of …`"),
    (
        "in the past",
        "for the time up to today write `within 3 years`",
    ),
    (
        "over the past",
        "for the time up to today write `within 3 years`",
    ),
    (
        "over the last",
        "for the time up to today write `within 3 years`",
    ),
    (
        "over",
        "for the time up to today write `within 3 years`; values are compared with `>`",
    ),
    ("met", "leave it out: a requirement says what has to be met"),
    (
        "each by",
        "write `by different`, and the field in which they differ: `by different assessor`",
    ),
    (
        "each with",
        "write `by different`, and the field in which they differ: `by different assessor`",
    ),
    (
        "with different",
        "write `by different`, and the field in which they differ: `by different assessor`",
    ),
    (
        "from different",
        "write `by different`, and the field in which they differ: `by different assessor`",
    ),
];
/// Numbers in words.
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

/// How long the phrase is that a text begins with, and how to say it, if it is said otherwise here.
#[must_use]
pub fn otherwise(text: &str) -> Option<(usize, String)> {
    let begins = |phrase: &str| {
        let mut rest = text;
        let all = phrase.split(' ').all(|word| {
            rest = rest.trim_start_matches([' ', '\t']);
            let head = rest.get(..word.len()).unwrap_or("");
            rest = rest.get(word.len()..).unwrap_or("");
            let whole = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
            whole && head.eq_ignore_ascii_case(word)
        });
        all.then_some(text.len() - rest.len())
    };
    let phrase = PHRASES
        .iter()
        .find_map(|(phrase, help)| Some((begins(phrase)?, (*help).to_owned())));
    phrase.or_else(|| {
        (1..).zip(NUMBERS).find_map(|(number, word)| {
            Some((
                begins(word)?,
                format!("write the number in digits: `{number}`"),
            ))
        })
    })
}
