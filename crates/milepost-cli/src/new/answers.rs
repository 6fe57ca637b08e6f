//! Answers. In: what was given with options. Out: titles that can stand in a programme, or why one cannot.

use std::collections::BTreeMap;

use crate::Trouble;
use crate::args::New;

/// Whom a programme is about, what they hand in and what they may become, if nobody says otherwise.
pub const CANDIDATE: &str = "Teacher";
pub const EVIDENCE: &str = "Performance task";

/// Titles are read in tables and on small screens.
const LONGEST: usize = 80;

/// The most kinds of evidence of a first draft.
pub const KINDS: usize = 12;

/// What a first draft is made of; all of it titles.
#[derive(Clone, Debug)]
pub struct Answers {
    /// Of the programme.
    pub title: String,
    /// Whom it is about.
    pub candidate: String,
    /// Kinds of evidence, at least one, no two alike.
    pub evidence: Vec<String>,
    /// Of the first role.
    pub role: String,
}

/// The role that is proposed for somebody.
pub fn role_for(candidate: &str) -> String {
    format!("Lead {candidate}").chars().take(LONGEST).collect()
}

impl Answers {
    /// What the options say, and otherwise what most programmes have.
    pub fn given(arguments: &New) -> Result<Self, Trouble> {
        let Some(title) = &arguments.title else {
            return Err(Trouble::from("the programme needs a title").help(
                "give it with `--title`; on a terminal, everything that is not given is asked for",
            ));
        };
        let one = |what: &str, given: &Option<String>, otherwise: &str| match given {
            Some(given) => title_of(given).map_err(|why| refused(what, given, &why)),
            None => Ok(otherwise.to_owned()),
        };
        let candidate = one("--candidate", &arguments.candidate, CANDIDATE)?;
        let mut evidence = Vec::new();
        for given in &arguments.evidence {
            let kind = another(&evidence, given);
            evidence.push(kind.map_err(|why| refused("--evidence", given, &why))?);
        }
        if evidence.is_empty() {
            evidence.push(EVIDENCE.to_owned());
        }
        Ok(Self {
            title: title_of(title).map_err(|why| refused("--title", title, &why))?,
            role: one("--role", &arguments.role, &role_for(&candidate))?,
            candidate,
            evidence,
        })
    }
}

/// Says which option cannot be used as it was given.
pub fn refused(option: &str, given: &str, why: &str) -> Trouble {
    let shown: String = given.chars().take(LONGEST).collect();
    Trouble::from(format!("`{option} \"{shown}\"` cannot be used: {why}"))
}

/// One more kind of evidence.
pub fn another(known: &[String], answer: &str) -> Result<String, String> {
    let title = title_of(answer)?;
    let same = |other: &String| other.to_lowercase() == title.to_lowercase();
    if known.iter().any(same) {
        return Err("this kind of evidence is there already".to_owned());
    }
    if known.len() == KINDS {
        return Err(format!(
            "{KINDS} kinds of evidence are enough for a beginning; add the others to the file"
        ));
    }
    Ok(title)
}

/// A title, or why an answer cannot be one. What a text of the language may hold, its compiler knows best.
pub fn title_of(answer: &str) -> Result<String, String> {
    let title = answer.trim();
    if title.is_empty() {
        return Err("it is empty".to_owned());
    }
    if title.chars().count() > LONGEST {
        return Err(format!("it is longer than {LONGEST} characters"));
    }
    if title.chars().any(char::is_control) {
        return Err("it goes over several lines, or holds what cannot be seen".to_owned());
    }
    if !title.chars().any(char::is_alphanumeric) {
        return Err("it has neither a letter nor a digit".to_owned());
    }
    let text = format!("evidence kind {}\n", quoted(title));
    let sources = BTreeMap::from([("title.pathway", text.as_str())]);
    let compiled = milepost::compile(&sources, "title.pathway");
    match compiled.diagnostics().first() {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(title.to_owned()),
    }
}

/// A text as the language writes it.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
