//! The likely slips: what stands where something else was expected in, a diagnostic with help made for it out.

use milepost_diagnostics::{Code, Diagnostic};

use super::place::Place;
use crate::KEYWORDS;
use crate::grammar::Rule;
use crate::parse::Reader;

/// Signs of other languages and what they are here.
const SIGNS: &[(&str, &str)] = &[
    ("==", "`=` is enough to compare: write `=`"),
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
    ("[", "write `{ … }`"),
];

/// The words that may stand for one that was expected.
const PROPERTIES: &[&str] = &[
    "about",
    "aligned",
    "requires",
    "awards",
    "incentive",
    "eligible",
    "preferred",
    "publisher",
    "version",
    "effective",
];
const DECLARATIONS: &[&str] = &[
    "pathway",
    "use",
    "scale",
    "rubric",
    "candidate",
    "evidence",
    "competency",
    "role",
    "rule",
    "scenario",
];
const LINES: &[&str] = &["as", "enrolled", "given", "expect"];
const UNITS: &[&str] = &["days", "weeks", "months", "years", "school years"];
const TYPES: &[&str] = &["number", "whole", "yes/no", "date", "text", "one", "list"];
const CLAUSES: &[&str] = &[
    "for",
    "within",
    "since",
    "from",
    "before",
    "after",
    "during",
    "whose",
    "among",
    "including",
    "where",
    "by",
    "with",
];
const STATUSES: &[&str] = &["met", "pending", "needs", "unmet"];

fn is_naming(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::any_name
            | Rule::path
            | Rule::kind
            | Rule::competency_name
            | Rule::role_name
            | Rule::rule_name
            | Rule::scale_name
            | Rule::field_name
            | Rule::named_type
            | Rule::type_name
            | Rule::plain_type
            | Rule::operand
            | Rule::condition
            | Rule::sum
            | Rule::requirement
            | Rule::whole_requirement
            | Rule::whole_entry
            | Rule::whole_level
            | Rule::whole_field
            | Rule::entry
            | Rule::level
            | Rule::field
            | Rule::level_operand
            | Rule::bound_operand
            | Rule::competency_header
            | Rule::role_header
            | Rule::scale_header
            | Rule::rubric_header
            | Rule::evidence_header
            | Rule::whole_evidence_header
            | Rule::rule_header
            | Rule::pathway_header
            | Rule::parameter
            | Rule::argument
            | Rule::given
            | Rule::given_level
            | Rule::list_value
            | Rule::value
            | Rule::record_id
    )
}

impl Reader<'_> {
    /// A diagnostic for a slip, if it is one of those that are known.
    pub(super) fn slip(
        &self,
        start: usize,
        place: &Place,
        expected: &[Rule],
    ) -> Option<Diagnostic> {
        self.doubled_sign(place)
            .or_else(|| self.hyphenated(start, place))
            .or_else(|| {
                let token = place.token(self.clean);
                let help = sign(token)
                    .or_else(|| quote(token))
                    .or_else(|| self.joined(token, expected))
                    .or_else(|| number(token))
                    .or_else(|| self.unquoted(place, expected))
                    .or_else(|| name(token, expected))
                    .or_else(|| meant(token, expected))
                    .or_else(|| self.missing_of(place, expected))?;
                Some(self.plainly(start, place, expected).help(help))
            })
    }

    /// `==` and `=>`, of which the first half was read as `=`.
    fn doubled_sign(&self, place: &Place) -> Option<Diagnostic> {
        let at = place.before.checked_sub(1)?;
        let pair = self
            .clean
            .get(at..at + 2)
            .filter(|pair| matches!(*pair, "==" | "=>" | "=<" | "<>"))?;
        let help = sign(pair)?;
        let message = format!("`{pair}` is not an operator");
        Some(Diagnostic::new(Code::UnexpectedText, self.span_of(at, at + 2), message).help(help))
    }

    /// A name with a hyphen, which was read as a subtraction.
    fn hyphenated(&self, start: usize, place: &Place) -> Option<Diagnostic> {
        if !matches!(place.token(self.clean).chars().next(), Some('"' | ':')) {
            return None;
        }
        let before = self.clean.get(start..place.before)?;
        let from = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
            .map_or(0, |at| at + 1);
        let word = before.get(from..)?;
        if !word.contains('-') || !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let span = self.span_of(start + from, place.before);
        let message = format!("`{word}` is not a name");
        Some(Diagnostic::new(Code::UnexpectedText, span, message).help(spelling(word)))
    }

    /// `and` between requirements.
    fn joined(&self, token: &str, expected: &[Rule]) -> Option<String> {
        let joins = matches!(token, "and" | "or") && !expected.contains(&Rule::k_and);
        let block = if token == "or" { "any of" } else { "all of" };
        joins.then(|| format!("`{token}` joins conditions; requirements stand one below the other in `{block} {{ … }}`"))
    }

    /// A title or text without its quotes.
    fn unquoted(&self, place: &Place, expected: &[Rule]) -> Option<String> {
        let text = expected.iter().any(|rule| {
            matches!(
                rule,
                Rule::title
                    | Rule::text
                    | Rule::use_header
                    | Rule::candidate_header
                    | Rule::scenario_header
            )
        }) && !expected
            .iter()
            .any(|&rule| is_naming(rule) || super::words(rule) == "an operator");
        let token = place.token(self.clean);
        if !text || !token.starts_with(char::is_alphanumeric) || KEYWORDS.contains(&token) {
            return None;
        }
        let rest = self.clean.get(place.start..)?;
        let line = rest.get(
            ..rest
                .find(['\n', '\r', '{', '}', '"', ':'])
                .unwrap_or(rest.len()),
        )?;
        Some(format!(
            "put the text between quotes: `\"{}\"`",
            line.trim_end()
        ))
    }

    /// `all {` without its `of`.
    fn missing_of(&self, place: &Place, expected: &[Rule]) -> Option<String> {
        let before = self.clean.get(..place.before)?;
        let word = ["all", "any", "none"]
            .into_iter()
            .find(|word| before.ends_with(word))?;
        expected
            .contains(&Rule::k_of)
            .then(|| format!("write `{word} of {{ … }}`"))
    }
}

fn sign(token: &str) -> Option<String> {
    SIGNS
        .iter()
        .find(|(sign, _)| *sign == token)
        .map(|(_, help)| (*help).to_owned())
}

fn quote(token: &str) -> Option<String> {
    matches!(token, "'" | "‘" | "’" | "“" | "”" | "„" | "«" | "»" | "`")
        .then(|| "put texts between straight double quotes: `\"…\"`".to_owned())
}

/// Dates, durations and numbers written in another way.
fn number(token: &str) -> Option<String> {
    if !token.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<_> = token.split(['-', '/', '.']).collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if let [first, middle, last] = parts.as_slice() {
        if digits(first) && digits(middle) && digits(last) {
            return Some(match first.len() {
                4 => format!("write the date as `{first}-{middle:0>2}-{last:0>2}`"),
                _ => "a date is written year-month-day, such as `2026-07-01`".to_owned(),
            });
        }
    }
    if let [first, last] = parts.as_slice() {
        if token.contains('-') && digits(first) && digits(last) {
            return Some("a minus has a space on both sides; a date is written year-month-day, such as `2026-07-01`".to_owned());
        }
    }
    let plain = token.replace(',', "");
    if token.contains(',')
        && plain
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return Some(format!(
            "write the number without a comma: `{plain}`, or `3.5` with a point"
        ));
    }
    let (count, word) = token.split_at_checked(token.find(|c: char| !c.is_ascii_digit())?)?;
    let unit = word
        .starts_with(|c: char| c.is_ascii_alphabetic())
        .then(|| nearest(word, UNITS))
        .flatten()?;
    Some(format!(
        "put a space between the number and its unit: `{count} {unit}`"
    ))
}

/// A name that is not spelled as names are, or that is a reserved word.
fn name(token: &str, expected: &[Rule]) -> Option<String> {
    if !expected.iter().any(|&rule| is_naming(rule)) {
        return None;
    }
    if KEYWORDS.contains(&token) {
        return Some(format!(
            "`{token}` is a word of the language and cannot be a name"
        ));
    }
    let word = token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let odd = token.contains(|c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'))
        || token.starts_with('_');
    (word && odd).then(|| spelling(token))
}

fn spelling(word: &str) -> String {
    let small: String = word
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    format!(
        "a name has small letters, digits and `_`: `{}`",
        small.trim_start_matches('_')
    )
}

/// The word that was probably meant.
fn meant(token: &str, expected: &[Rule]) -> Option<String> {
    if !token.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    if expected.contains(&Rule::unit) {
        let near = nearest(token, UNITS);
        return Some(match near {
            Some(unit) => format!("did you mean `{unit}`?"),
            None => {
                "the units are `days`, `weeks`, `months`, `years` and `school years`".to_owned()
            }
        });
    }
    let near = expected.iter().find_map(|&rule| {
        let single = [super::words(rule).trim_matches('`')];
        let words: &[&str] = match rule {
            Rule::item => DECLARATIONS,
            Rule::whole_competency_property
            | Rule::competency_property
            | Rule::whole_role_property
            | Rule::role_property
            | Rule::whole_pathway_property
            | Rule::pathway_property => PROPERTIES,
            Rule::whole_line | Rule::scenario_line => LINES,
            Rule::type_name | Rule::plain_type | Rule::named_type => TYPES,
            Rule::known_clause | Rule::whole_clause | Rule::clause => CLAUSES,
            Rule::expected_status => STATUSES,
            _ => &single,
        };
        nearest(token, words).map(str::to_owned)
    })?;
    Some(format!("did you mean `{near}`?"))
}

/// The word of a list that is nearly this one.
fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let word = word.to_lowercase();
    if word.len() > 30 {
        return None;
    }
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
