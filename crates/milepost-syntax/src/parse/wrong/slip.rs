//! The likely slips: what stands where something else was expected in, a diagnostic with help made for it out.

use milepost_diagnostics::{Code, Diagnostic, did_you_mean};

use super::expected::{ends, is_keyword};
use super::spelling::{
    UNITS, date, name, nearest, number, quote, sign, spelling, spelt, two_numbers,
};
use super::{DECLARATIONS, Unexpected, place::Place};
use crate::KEYWORDS;
use crate::grammar::Rule;
use crate::parse::Reader;
use crate::phrases::otherwise;

/// The words that a word may have been meant to be, where a rule was expected.
const MEANT: &[(&[Rule], &[&str])] = &[
    (&[Rule::item], DECLARATIONS),
    (
        &[Rule::whole_pathway_property, Rule::pathway_property],
        &[
            "publisher",
            "version",
            "effective",
            "school year",
            "replaces",
            "candidates",
        ],
    ),
    (
        &[Rule::whole_competency_property, Rule::competency_property],
        &["about", "aligned", "requires", "awards"],
    ),
    (
        &[Rule::whole_role_property, Rule::role_property],
        &["about", "incentive", "eligible", "preferred"],
    ),
    (
        &[Rule::whole_line, Rule::scenario_line],
        &["as of", "enrolled", "given", "expect"],
    ),
    (
        &[Rule::type_name, Rule::plain_type, Rule::named_type],
        &["number", "whole", "yes/no", "date", "text", "list"],
    ),
    (
        &[Rule::note, Rule::record_status],
        &[
            "for",
            "with",
            "expires",
            "submitted",
            "decided",
            "accepted",
            "under review",
            "draft",
            "returned",
            "suspended",
            "revoked",
        ],
    ),
    (&[Rule::expected_status], STATUSES),
];
const STATUSES: &[&str] = &["met", "waived", "pending", "needs information", "unmet"];

/// Whether a name may stand where a rule was expected.
fn is_naming(words: &str) -> bool {
    words.starts_with("a name")
        || words.starts_with("the name")
        || words.starts_with("a kind")
        || matches!(
            words,
            "a value"
                | "a requirement"
                | "a condition"
                | "a level"
                | "a number"
                | "the id of a record"
        )
        || words.starts_with("a level such")
        || words.starts_with("a field such")
        || words.starts_with("a type such")
}

/// What is said of a requirement that has no label.
fn unlabelled(wrong: &Unexpected) -> Option<String> {
    let token = wrong.token;
    let said = matches!(token, "cites" | "advice" | "waivable" | "formerly");
    (said && wrong.shown.contains(&"a requirement"))
        .then(|| format!("give the requirement a label: `label {token} …: …`"))
}

/// Where a word belongs that is no word of this block.
fn elsewhere(wrong: &Unexpected, before: &str) -> Option<String> {
    let help = match (wrong.meant, wrong.token) {
        (_, word @ ("total" | "average" | "highest" | "lowest"))
            if wrong.shown.contains(&"a requirement") =>
        {
            return Some(format!(
                "say how much first: `at least 30 {word} hours of …`"
            ));
        }
        (Rule::item, "fact" | "facts" | "field") => {
            "what is known of a candidate stands in `candidate \"TITLE\" { … }`, a line each: `years : number`"
        }
        (Rule::whole_field, _) if wrong.expected.contains(&Rule::colon) && before == "effort" => {
            "it stands before the block: `evidence NAME \"TITLE\" effort 3 hours { … }`"
        }
        (Rule::whole_role_property, "valid") => {
            "how long a post lasts is said of a stage: `stage NAME \"TITLE\" valid 3 years`"
        }
        (Rule::whole_role_property, "if" | "where" | ":") if wrong.shown == ["`when`"] => {
            "write `eligible when`, and then what must hold"
        }
        (_, "for") if before == "valid" => "leave it out: `valid 3 years`",
        (Rule::whole_role_property, "requires") => "of a role it is `eligible when`",
        (Rule::whole_competency_property, "valid") => {
            "it stands behind what is awarded: `awards \"TITLE\" valid 3 years`"
        }
        (Rule::whole_competency_property, "eligible") => "of a competency it is `requires`",
        _ => return None,
    };
    Some(help.to_owned())
}

/// What is said of a post that is held, and nobody says for how long.
fn for_how_long(wrong: &Unexpected) -> Option<String> {
    let help = "say for how long: `held role NAME for at least 2 school years`";
    let asked = [Rule::for_at_least, Rule::school_years];
    let asked = asked.iter().any(|rule| wrong.expected.contains(rule));
    asked.then(|| help.to_owned())
}

impl Reader<'_> {
    /// A phrase that is said otherwise here: the last one that begins before the place, on its line.
    fn phrase(&self, wrong: &Unexpected) -> Option<String> {
        if !matches!(
            wrong.meant,
            Rule::whole_requirement
                | Rule::whole_clause
                | Rule::whole_role_property
                | Rule::whole_competency_property
        ) || wrong.shown == ["`when`"]
            || wrong.shown == ["`the`"] && wrong.token != "different"
        {
            return None;
        }
        let line = self.line_before(wrong.place.start)?;
        let from = wrong.place.start - line.len();
        let rest = self.clean.get(from..)?;
        let rest = rest.get(..rest.find(['\n', '\r']).unwrap_or(rest.len()))?;
        // What stands in quotes is no phrase, nor what is within another.
        let (mut quoted, mut before, mut end, mut last) = (false, ' ', 0, None);
        for (at, c) in rest.char_indices().take_while(|(at, _)| *at <= line.len()) {
            quoted ^= c == '"';
            if !quoted && at >= end && matches!(before, ' ' | '\t' | '(' | '{' | ':') {
                let found = rest.get(at..).and_then(otherwise);
                if let Some((length, help)) = found {
                    (end, last) = (at + length, Some(help));
                }
            }
            before = c;
        }
        last
    }

    /// A diagnostic for a slip, if it is one of those that are known.
    pub(super) fn slip(&self, wrong: &Unexpected) -> Option<Diagnostic> {
        if let Some(diagnostic) = self
            .split_sign(&wrong.place)
            .or_else(|| self.split_word(wrong))
        {
            return Some(diagnostic);
        }
        let token = wrong.token;
        let complete = wrong
            .shown
            .iter()
            .any(|words| ends(words) || words.starts_with("an operator"));
        let days = wrong.expected.contains(&Rule::day);
        let help = unlabelled(wrong)
            .or_else(|| elsewhere(wrong, self.last_word(&wrong.place)))
            .or_else(|| for_how_long(wrong))
            .or_else(|| self.joining(wrong))
            .or_else(|| sign(token).filter(|_| complete || !matches!(token, ")" | "," | ";")))
            .or_else(|| quote(token))
            .or_else(|| date(token))
            .or_else(|| two_numbers(token, days))
            .or_else(|| number(token))
            .or_else(|| self.nameless(wrong))
            .or_else(|| self.unquoted(wrong))
            .or_else(|| {
                wrong
                    .shown
                    .iter()
                    .any(|words| is_naming(words))
                    .then(|| name(token))
                    .flatten()
            })
            .or_else(|| self.phrase(wrong))
            .or_else(|| self.in_context(wrong))
            .or_else(|| self.meant(wrong))?;
        Some(self.plainly(wrong).help(help))
    }

    fn before(&self, place: &Place) -> &str {
        self.clean.get(..place.before).unwrap_or("")
    }

    /// The last word before a place.
    fn last_word(&self, place: &Place) -> &str {
        let before = self.before(place);
        let from = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .map_or(0, |at| {
                at + before
                    .get(at..)
                    .and_then(|rest| rest.chars().next())
                    .map_or(1, char::len_utf8)
            });
        before.get(from..).unwrap_or("")
    }

    /// `==` and `=>`, of which the first half was read as `=`.
    fn split_sign(&self, place: &Place) -> Option<Diagnostic> {
        let at = place.before.checked_sub(1)?;
        let pair = self
            .clean
            .get(at..at + 2)
            .filter(|pair| matches!(*pair, "==" | "=>" | "=<" | "<>"))?;
        let help = sign(pair)?;
        let message = format!("`{pair}` is not an operator");
        Some(Diagnostic::new(Code::UnexpectedText, self.span_of(at, at + 2), message).help(help))
    }

    /// A name with a hyphen or a number with a comma or point, of which the first half was read.
    fn split_word(&self, wrong: &Unexpected) -> Option<Diagnostic> {
        let place = &wrong.place;
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ',' | '.');
        let split = matches!(wrong.token, "-" | "," | ".") && place.before == place.start;
        let middle = if split {
            place.end
        } else if wrong.token.starts_with(['"', ':']) {
            place.before
        } else {
            return None;
        };
        let before = self.clean.get(wrong.start..place.before)?;
        let from = wrong.start + before.rfind(|c: char| !part(c)).map_or(0, |at| at + 1);
        let after = self.clean.get(middle..)?;
        let length = if split {
            after.find(|c: char| !part(c)).unwrap_or(after.len())
        } else {
            0
        };
        let word = self.clean.get(from..middle + length)?;
        let span = self.span_of(from, from + word.trim_end_matches(['-', ',']).len());
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            let help = number(word.trim_end_matches(','))?;
            return Some(
                Diagnostic::new(
                    Code::UnexpectedText,
                    span,
                    format!("`{word}` is not a number"),
                )
                .help(help),
            );
        }
        let hyphen = word.trim_end_matches('-').contains('-') && !word.contains([',', '.']);
        if !hyphen || !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let diagnostic = Diagnostic::new(
            Code::UnexpectedText,
            span,
            format!("`{word}` is not a name"),
        );
        let id = wrong.meant == Rule::whole_line;
        Some(diagnostic.help(if id {
            format!("write it as a text: `\"{word}\"`")
        } else {
            spelling(word)
        }))
    }

    /// `and` between requirements.
    fn joining(&self, wrong: &Unexpected) -> Option<String> {
        let token = wrong.token;
        let incomplete = wrong
            .shown
            .iter()
            .any(|words| matches!(*words, "a value" | "a condition" | "a requirement"));
        let before = self.last_word(&wrong.place);
        let joins = match (before, token) {
            (_, "and" | "or") if !incomplete => token,
            ("and" | "or", "competency" | "at" | "all" | "any" | "none" | "no" | "every") => before,
            _ => return None,
        };
        let block = if joins == "or" { "any of" } else { "all of" };
        Some(format!(
            "`{joins}` joins conditions; requirements stand one below the other in `{block} {{ … }}`"
        ))
    }

    /// A title where the name was left out.
    fn nameless(&self, wrong: &Unexpected) -> Option<String> {
        let title = wrong.token.strip_prefix('"')?.split('"').next()?;
        let named =
            wrong.shown == ["a name"] && title.contains(|c: char| c.is_ascii_alphanumeric());
        let keyword = self.last_word(&wrong.place);
        named.then(|| {
            format!(
                "say its name before the title: `{keyword} {} \"{title}\"`",
                spelt(title)
            )
        })
    }

    /// A title or text without its quotes.
    fn unquoted(&self, wrong: &Unexpected) -> Option<String> {
        let text = wrong
            .shown
            .iter()
            .any(|words| matches!(*words, "a title" | "a text in quotes"));
        let only = wrong.shown.len() == 1;
        let token = wrong.token;
        let wordy = token.starts_with(char::is_alphabetic)
            || only && token.starts_with(char::is_alphanumeric);
        if !text
            || !wordy
            || wrong.shown.iter().any(|words| is_keyword(words))
            || KEYWORDS.contains(&token)
        {
            return None;
        }
        let rest = self.clean.get(wrong.place.start..)?;
        let line = rest.get(
            ..rest
                .find(['\n', '\r', '{', '}', '"', ':'])
                .unwrap_or(rest.len()),
        )?;
        let words = line.trim_end();
        if wrong.shown.contains(&"a title") && rest.get(line.len()..)?.starts_with('"') {
            return Some(match self.last_word(&wrong.place) {
                "candidate" => format!("leave `{words}` out: a candidate has a title only"),
                name => format!(
                    "a name is one word: `{}`",
                    spelt(&format!("{name} {words}"))
                ),
            });
        }
        Some(format!("put the text between quotes: `\"{words}\"`"))
    }

    /// Help that what stands before the place suggests.
    fn in_context(&self, wrong: &Unexpected) -> Option<String> {
        let before = self.last_word(&wrong.place);
        let expects = |rule| wrong.expected.contains(&rule);
        Some(match (before, wrong.token) {
            ("all" | "any" | "none", _) if expects(Rule::k_of) => {
                format!("write `{before} of {{ … }}`")
            }
            (_, ",") if expects(Rule::or_another) => {
                "join authorities by `or`: `waivable by superintendent or board`".to_owned()
            }
            ("is", "not") => "write `not` before it: `not hours is known`".to_owned(),
            ("is", _) => {
                "write `=` to compare; `is known` asks whether there is a value".to_owned()
            }
            (_, "total" | "average" | "highest" | "lowest")
                if wrong.shown.contains(&"a requirement") =>
            {
                format!(
                    "say how much first: `at least 30 {} hours of …`",
                    wrong.token
                )
            }
            ("with", "same") => "write `with the same …`".to_owned(),
            ("with", _) if wrong.shown == ["`the`"] => {
                "what must hold of a record stands after `where`".to_owned()
            }
            (_, "of") if wrong.meant == Rule::whole_requirement && expects(Rule::clause) => {
                format!("to add them up write `total {before} of …`")
            }
            ("the", "last") => "for the time up to today write `within 3 years`".to_owned(),
            (_, "%") => format!("write `{before}%`, without a space"),
            (_, "=") if wrong.meant == Rule::whole_line => {
                "leave it out: a value stands behind its name".to_owned()
            }
            (_, "") if expects(Rule::expected_status) => did_you_mean(nearest(before, STATUSES)?),
            _ if expects(Rule::unit) && wrong.shown == ["a unit of time"] => {
                match nearest(wrong.token, UNITS) {
                    Some(unit) => did_you_mean(unit),
                    None => "the units are `days`, `weeks`, `months`, `years` and `school years`"
                        .to_owned(),
                }
            }
            _ => return None,
        })
    }

    /// The word that was probably meant, or where the thing itself belongs.
    fn meant(&self, wrong: &Unexpected) -> Option<String> {
        let token = wrong.token;
        if !token.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let listed = MEANT
            .iter()
            .filter(|(rules, _)| rules.iter().any(|rule| wrong.expected.contains(rule)));
        let listed = listed.filter_map(|(_, words)| nearest(token, words));
        let shown = wrong
            .shown
            .iter()
            .filter_map(|words| nearest(token, &[words.trim_matches('`')]));
        if let Some(near) = listed.chain(shown).next() {
            return Some(did_you_mean(near));
        }
        let property = matches!(
            wrong.meant,
            Rule::whole_competency_property | Rule::whole_role_property
        );
        let line = self.line_before(wrong.start).unwrap_or("");
        let behind = property
            && wrong.place.start == wrong.start
            && !line.trim().is_empty()
            && !line.ends_with('{');
        behind.then(|| "one requirement stands here; several stand in `all of { … }`".to_owned())
    }
}
