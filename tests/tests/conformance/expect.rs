//! The lines of an outcome block. In: a line as written, and an outcome's JSON. Out: the line as it should be.
//!
//! A line is `ADDRESS: STATUS, DETAIL, …` about a requirement, or `competency NAME: …`, `role NAME: …`, `stage ROLE.NAME: …`
//! about what the requirement belongs to. `at risk` and `locked` belong to the status; without them neither is so. A detail that is
//! given is checked in full, one that is not given is not looked at.
//!
//! | detail | key of the outcome |
//! |---|---|
//! | `2/3 66%` | `progress` |
//! | `found 1 of 2` | `found` and `needed`; `nothing` where there is none |
//! | `counted pt1 pt2` | `counted` |
//! | `near pt3`, `near pt3 "under review"` | `near_misses`, with or without their reasons |
//! | `unknown years_teaching pt1.score` | `unknown` |
//! | `missing "…"`, `advice "…"`, `cites "…"`, `title "…"` | the keys of these names |
//! | `shared lead.a(t1 t2) lead.b()` | `allocation.assigned` |
//! | `blocked lead.a lead.b 1 of 2` | `allocation.blocking` |
//! | `refers to lead` | `refers_to` |
//! | `until 2027-06-30 by pt1`, `opens 2027-01-01` | `holds_until`, `opens_on`, with or without their `record` or `"because"` |
//! | `by mc1`, `renewal after 2026-01-31` | `credential`, `renewal_after` of a competency |
//! | `waived by p-3 as board "late hire" without unmet` | `waiver` |
//! | `without waivers unmet` | `without_waivers` |
//! | `next qualified` | `next` of a role |
//! | `held 2026-07-01 to 2028-06-30` | `held` of a role or stage |
//! | `valid 2 school years` | `valid` of a stage |
//!
//! `none` stands where there is nothing. The line `notices: 1` is about how many notices there are, `waivers: 1` about how
//! many waivers, `version: 2025.1, in force 2026.1, until 2027-06-30, why "…"` about the version that governs, and `waiver 1: lead.years by p-3 as board in effect` about the first of them; in place of `in effect` it says
//! why not.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// An outcome, looked up by what lines begin with.
pub struct Outcome {
    subjects: BTreeMap<String, Value>,
    nodes: BTreeSet<String>,
    notices: usize,
    waivers: Vec<Value>,
    programme: Value,
}

impl Outcome {
    /// Reads an outcome; its numbers stay the digits they are.
    pub fn read(json: &str) -> Result<Self, String> {
        let whole: Value = serde_json::from_str(&digits_as_texts(json))
            .map_err(|error| format!("the outcome is no JSON: {error}"))?;
        let mut outcome = Self {
            subjects: BTreeMap::new(),
            nodes: BTreeSet::new(),
            notices: list(&whole["notices"]).len(),
            waivers: list(&whole["waivers"]).to_vec(),
            programme: whole["programme"].clone(),
        };
        for (what, subjects) in [
            ("role", list(&whole["roles"])),
            ("competency", list(&whole["competencies"])),
        ] {
            for subject in subjects {
                outcome.nodes(&subject["requirement"]);
                list(&subject["preferred"])
                    .iter()
                    .for_each(|node| outcome.nodes(node));
                for stage in list(&subject["stages"]) {
                    outcome.nodes(&stage["requirement"]);
                    let name = format!("{}.{}", text(&subject["name"]), text(&stage["name"]));
                    outcome
                        .subjects
                        .insert(format!("stage {name}"), stage.clone());
                }
                outcome.subjects.insert(
                    format!("{what} {}", text(&subject["name"])),
                    subject.clone(),
                );
            }
        }
        Ok(outcome)
    }

    fn nodes(&mut self, node: &Value) {
        if node.is_object() {
            list(&node["children"])
                .iter()
                .for_each(|child| self.nodes(child));
            let address = text(&node["address"]);
            self.nodes.insert(address.clone());
            self.subjects.insert(address, node.clone());
        }
    }

    /// The line as it should be, with the details that the written one has.
    pub fn line(&self, written: &str) -> Result<String, String> {
        let (subject, said) = written
            .split_once(": ")
            .ok_or_else(|| format!("`{written}` is no `ADDRESS: STATUS`"))?;
        if subject == "notices" {
            return Ok(format!("notices: {}", self.notices));
        }
        if subject == "version" {
            return Ok(self.version(said));
        }
        if subject == "waivers" {
            return Ok(format!("waivers: {}", self.waivers.len()));
        }
        if let Some(place) = subject.strip_prefix("waiver ") {
            let place: usize = place
                .parse()
                .map_err(|_| format!("`{place}` is no number"))?;
            let found = place.checked_sub(1).and_then(|at| self.waivers.get(at));
            let found = found.ok_or_else(|| format!("there is no waiver {place}"))?;
            return Ok(format!("{subject}: {}", waiver(found)));
        }
        let found = self.subjects.get(subject).ok_or_else(|| {
            let known: Vec<&str> = self.subjects.keys().map(String::as_str).collect();
            format!(
                "nothing in the outcome is called `{subject}`; there are: {}",
                known.join(", ")
            )
        })?;
        let mut line = format!("{subject}: {}", status(found));
        for detail in details(said).iter().skip(1) {
            line = format!("{line}, {}", self::detail(found, detail)?);
        }
        Ok(line)
    }

    /// Which version governs, with the details that are written.
    fn version(&self, said: &str) -> String {
        let of = |key: &str| or_nothing(&self.programme[key]);
        let mut line = format!("version: {}", of("version"));
        for detail in details(said).iter().skip(1) {
            line.push_str(", ");
            line.push_str(&match detail.split(' ').next() {
                Some("in") => format!("in force {}", of("in_force")),
                Some("until") => format!("until {}", of("until")),
                _ => format!("why {}", quoted(&self.programme["why"])),
            });
        }
        line
    }

    /// The requirements that no line is about.
    pub fn unmentioned<'l>(&self, lines: impl Iterator<Item = &'l str>) -> Vec<String> {
        let said: BTreeSet<&str> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(subject, _)| subject)
            .collect();
        self.nodes
            .iter()
            .filter(|node| !said.contains(node.as_str()))
            .cloned()
            .collect()
    }
}

fn status(found: &Value) -> String {
    let mut said = text(&found["status"]).replace('_', " ");
    if found["at_risk"] == true {
        said.push_str(" at risk");
    }
    if found["locked"] == true {
        said.push_str(" locked");
    }
    said
}

fn waiver(found: &Value) -> String {
    let (by, authority) = (text(&found["by"]), text(&found["as"]));
    let effect = match found["effective"] == true {
        true => "in effect".to_owned(),
        false => quoted(&found["why"]),
    };
    let requirement = text(&found["requirement"]);
    format!("{requirement} by {by} as {authority} {effect}")
}

fn detail(found: &Value, written: &str) -> Result<String, String> {
    let (word, rest) = written.split_once(' ').unwrap_or((written, ""));
    Ok(match word {
        "found" => format!(
            "found {} of {}",
            or_nothing(&found["found"]),
            or_nothing(&found["needed"])
        ),
        "counted" => names("counted", &found["counted"], text),
        "near" if rest.contains('"') => names("near", &found["near_misses"], |miss| {
            format!("{} {}", text(&miss["id"]), quoted(&miss["reason"]))
        }),
        "near" => names("near", &found["near_misses"], |miss| text(&miss["id"])),
        "unknown" => names("unknown", &found["unknown"], |unknown| {
            match unknown.get("fact") {
                Some(fact) => text(fact),
                None => format!("{}.{}", text(&unknown["record"]), text(&unknown["field"])),
            }
        }),
        "missing" | "cites" => names(word, &found[word], quoted),
        "advice" | "title" if found[word].is_null() => format!("{word} none"),
        "advice" | "title" => format!("{word} {}", quoted(&found[word])),
        "shared" => names("shared", &found["allocation"]["assigned"], |share| {
            let records: Vec<String> = list(&share["records"]).iter().map(text).collect();
            format!("{}({})", text(&share["requirement"]), records.join(" "))
        }),
        "blocked" => {
            let blocking = &found["allocation"]["blocking"];
            let by = names("blocked", &blocking["requirements"], text);
            if blocking.is_null() {
                by
            } else {
                format!(
                    "{by} {} of {}",
                    text(&blocking["found"]),
                    text(&blocking["needed"])
                )
            }
        }
        "refers" => format!("refers to {}", or_nothing(&found["refers_to"])),
        "until" => turn("until", &found["holds_until"], rest),
        "opens" => turn("opens", &found["opens_on"], rest),
        "by" if found["credential"].is_null() => "by none".to_owned(),
        "by" => format!("by {}", text(&found["credential"]["id"])),
        "waived" if found["waiver"].is_null() => "waived none".to_owned(),
        "waived" => {
            let waiver = &found["waiver"];
            format!(
                "waived by {} as {} {} without {}",
                text(&waiver["by"]),
                text(&waiver["as"]),
                quoted(&waiver["reason"]),
                text(&waiver["without"]).replace('_', " ")
            )
        }
        "without" if found["without_waivers"].is_null() => "without waivers none".to_owned(),
        "without" => {
            let without = text(&found["without_waivers"]).replace('_', " ");
            format!("without waivers {without}")
        }
        "next" => format!("next {}", or_nothing(&found["next"])),
        "held" if found["held"].is_null() => "held none".to_owned(),
        "held" => {
            let held = &found["held"];
            format!(
                "held {} to {}",
                text(&held["from"]),
                or_nothing(&held["until"])
            )
        }
        "valid" => format!("valid {}", or_nothing(&found["valid"])),
        "renewal" if found["renewal_after"].is_null() => "renewal none".to_owned(),
        "renewal" => format!("renewal after {}", text(&found["renewal_after"])),
        _ if word.contains('/') => {
            let progress = &found["progress"];
            format!(
                "{}/{} {}%",
                text(&progress["met"]),
                text(&progress["of"]),
                text(&progress["percent"])
            )
        }
        _ => return Err(format!("`{written}` is no detail of an outcome")),
    })
}

/// The day of a turn; who causes it, or why, where the written line says so.
fn turn(word: &str, turn: &Value, written: &str) -> String {
    if turn.is_null() {
        return format!("{word} none");
    }
    let day = text(&turn["date"]);
    if written.contains('"') {
        format!("{word} {day} {}", quoted(&turn["because"]))
    } else if written.contains(" by ") {
        format!("{word} {day} by {}", or_nothing(&turn["record"]))
    } else {
        format!("{word} {day}")
    }
}

fn names(word: &str, values: &Value, name: impl Fn(&Value) -> String) -> String {
    let names: Vec<String> = list(values).iter().map(name).collect();
    if names.is_empty() {
        format!("{word} none")
    } else {
        format!("{word} {}", names.join(" "))
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn quoted(value: &Value) -> String {
    format!("\"{}\"", text(value))
}

fn or_nothing(value: &Value) -> String {
    if value.is_null() {
        "nothing".to_owned()
    } else {
        text(value)
    }
}

/// Splits at commas outside quotation marks.
fn details(said: &str) -> Vec<&str> {
    let mut inside = false;
    said.split(|letter| {
        inside ^= letter == '"';
        letter == ',' && !inside
    })
    .map(str::trim)
    .collect()
}

/// Puts every number of a JSON text into quotation marks, so that no reader rounds it.
fn digits_as_texts(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut in_text, mut escaped, mut in_number) = (false, false, false);
    for letter in json.chars() {
        let digit = !in_text
            && (letter.is_ascii_digit()
                || matches!(letter, '-' | '.')
                || in_number && matches!(letter, 'e' | 'E' | '+'));
        if digit != in_number {
            out.push('"');
            in_number = digit;
        }
        out.push(letter);
        in_text ^= letter == '"' && !escaped;
        escaped = in_text && letter == '\\' && !escaped;
    }
    out
}
