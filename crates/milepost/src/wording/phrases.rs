//! Small phrases: titles, counts and lists.

use std::borrow::Cow;

use milepost_engine::plan::{Entry, How};

/// The title, else the name with spaces.
pub(crate) fn title(entry: &Entry) -> Cow<'_, str> {
    match &entry.title {
        Some(title) => Cow::Borrowed(title),
        None => Cow::Owned(entry.name.replace('_', " ")),
    }
}

/// A number of things: in words up to ten.
pub(crate) fn count(number: u64) -> Cow<'static, str> {
    const WORDS: [&str; 11] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    match usize::try_from(number)
        .ok()
        .and_then(|number| WORDS.get(number))
    {
        Some(word) => Cow::Borrowed(word),
        None => Cow::Owned(number.to_string()),
    }
}

/// "one Annual rating", "two records of Annual rating"; `more` is "" or " more".
pub(super) fn records(number: u64, more: &str, kind: &str) -> String {
    match number {
        1 => format!("one{more} {kind}"),
        _ => format!("{}{more} records of {kind}", count(number)),
    }
}

/// How a bound is read.
pub(super) const fn how(how: How) -> &'static str {
    match how {
        How::AtLeast => "at least",
        How::AtMost => "at most",
        How::Exactly => "exactly",
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String], and: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {and} {last}", first.join(", ")),
    }
}

/// The same of a list that may be long.
pub(super) fn short_list(items: &[String], and: &str) -> String {
    const SHOWN: usize = 3;
    match items.split_at_checked(SHOWN) {
        Some((shown, rest)) if rest.len() > 1 => {
            format!("{} and {} more", shown.join(", "), count(rest.len() as u64))
        }
        _ => list(items, and),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts_read_well() {
        let items = |count: usize| {
            ["a", "b", "c", "d", "e"]
                .map(str::to_owned)
                .get(..count)
                .unwrap()
                .to_vec()
        };
        assert_eq!(list(&items(1), "and"), "a");
        assert_eq!(list(&items(3), "or"), "a, b or c");
        assert_eq!(short_list(&items(4), "and"), "a, b, c and d");
        assert_eq!(short_list(&items(5), "and"), "a, b, c and two more");
        assert_eq!(records(1, " more", "Task"), "one more Task");
        assert_eq!(records(12, "", "Task"), "12 records of Task");
    }
}
