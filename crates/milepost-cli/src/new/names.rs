//! Names. In: titles. Out: names that a programme may use for them, each different from the others.

use std::collections::BTreeMap;

/// The longest name made of a title.
const LONGEST: usize = 40;

/// Words that mean something of their own where a scenario says what is given or expected.
const OF_SCENARIOS: [&str; 9] = [
    "credential",
    "waiver",
    "post",
    "met",
    "unmet",
    "pending",
    "needs",
    "waived",
    "enrolled",
];

/// The names that are taken.
#[derive(Debug, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// Names that the draft itself uses.
    pub fn taken(names: &[&str]) -> Self {
        Self(names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// A name for a title; `thing` is what it is the title of.
    pub fn name(&mut self, title: &str, thing: &str) -> String {
        let mut name = plain(title);
        if !name.starts_with(|first: char| first.is_ascii_lowercase()) {
            // the thing comes first where a name could not begin so, and alone where nothing is left of the title
            name = format!("{thing}_{name}").trim_end_matches('_').to_owned();
        }
        if !is_free(&name) {
            name = format!("{name}_{thing}");
        }
        let mut tried = name.clone();
        let mut number = 2;
        while self.0.contains(&tried) {
            tried = format!("{name}_{number}");
            number += 1;
        }
        self.0.push(tried.clone());
        tried
    }
}

/// The letters and digits of a title that names may have, `_` for what lies between them.
fn plain(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().flat_map(char::to_lowercase) {
        let written = written(letter);
        let gap = name.is_empty() || name.ends_with('_');
        if name.len() + written.len().max(1) > LONGEST {
            break;
        }
        if !written.is_empty() {
            name.push_str(written);
        } else if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !gap && !is_mark(letter) {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// Marks within words, which leave no gap.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}')
}

/// A letter of western Europe without its marks.
const fn written(letter: char) -> &'static str {
    match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ț' | 'ť' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

/// Whether the language lets something be called so.
fn is_free(name: &str) -> bool {
    let text = format!("evidence {name} \"E\"\n");
    let sources = BTreeMap::from([("name.pathway", text.as_str())]);
    !OF_SCENARIOS.contains(&name) && !milepost::compile(&sources, "name.pathway").has_errors()
}
