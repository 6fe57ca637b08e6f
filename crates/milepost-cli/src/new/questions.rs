//! Questions. In: a person, line by line. Out: the answers, each asked again until it can be used.

use std::io::BufRead;

use super::answers::{self, Answers, CANDIDATE, EVIDENCE, KINDS, another, role_for, title_of};
use crate::Trouble;
use crate::args::New;
use crate::visible::visible;

/// Somebody who answers, and where to ask.
pub struct Questions<R, S> {
    answers: R,
    say: S,
}

impl<R: BufRead, S: FnMut(&str)> Questions<R, S> {
    /// Asks with `say`; the answers come as lines.
    pub const fn new(answers: R, say: S) -> Self {
        Self { answers, say }
    }

    /// Asks for everything that was not given with an option.
    pub fn all(&mut self, given: &New) -> Result<Answers, Trouble> {
        let title = self.one(
            "--title",
            given.title.as_deref(),
            "What is the programme called, as people will see it?",
            None,
        )?;
        let candidate = self.one(
            "--candidate",
            given.candidate.as_deref(),
            "Whom is it about?",
            Some(CANDIDATE),
        )?;
        let evidence = self.evidence(&given.evidence)?;
        let role = self.one(
            "--role",
            given.role.as_deref(),
            "What may they become? Other roles can follow in the file.",
            Some(&role_for(&candidate)),
        )?;
        Ok(Answers {
            title,
            candidate,
            evidence,
            role,
        })
    }

    fn one(
        &mut self,
        option: &str,
        given: Option<&str>,
        question: &str,
        otherwise: Option<&str>,
    ) -> Result<String, Trouble> {
        if let Some(given) = given {
            return title_of(given).map_err(|why| answers::refused(option, given, &why));
        }
        loop {
            let answer = self.ask(question, otherwise)?;
            match (otherwise, answer.trim()) {
                (Some(otherwise), "") => return Ok(otherwise.to_owned()),
                (_, answer) => match title_of(answer) {
                    Ok(title) => return Ok(title),
                    Err(why) => self.again(&why),
                },
            }
        }
    }

    /// Kinds of evidence until an empty line.
    fn evidence(&mut self, given: &[String]) -> Result<Vec<String>, Trouble> {
        let mut kinds = Vec::new();
        for given in given {
            let kind = another(&kinds, given);
            kinds.push(kind.map_err(|why| answers::refused("--evidence", given, &why))?);
        }
        if !kinds.is_empty() {
            return Ok(kinds);
        }
        while kinds.len() < KINDS {
            let (question, otherwise) = if kinds.is_empty() {
                (
                    "What do they hand in? One kind of evidence.",
                    Some(EVIDENCE),
                )
            } else {
                ("And what else? An empty line ends the list.", None)
            };
            let answer = self.ask(question, otherwise)?;
            match (otherwise, answer.trim()) {
                (Some(otherwise), "") => kinds.push(otherwise.to_owned()),
                (None, "") => break,
                (_, answer) => match another(&kinds, answer) {
                    Ok(kind) => kinds.push(kind),
                    Err(why) => self.again(&why),
                },
            }
        }
        Ok(kinds)
    }

    fn ask(&mut self, question: &str, otherwise: Option<&str>) -> Result<String, Trouble> {
        let otherwise = otherwise.map_or(String::new(), |it| format!(" [{}]", visible(it)));
        (self.say)(&format!("{question}{otherwise} "));
        let mut answer = String::new();
        match self.answers.read_line(&mut answer) {
            Ok(0) => Err(Trouble::from("the answers ended before the questions")
                .help("give `--title`, `--candidate`, `--evidence` and `--role` instead")),
            Ok(_) => Ok(answer),
            Err(problem) => Err(Trouble::from(format!(
                "the answer cannot be read: {problem}"
            ))),
        }
    }

    fn again(&mut self, why: &str) {
        (self.say)(&format!("This cannot be used: {}.\n", visible(why)));
    }
}
