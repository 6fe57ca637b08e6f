//! The draft. In: answers. Out: the text of a programme: every part of the language that most programmes need, with a note that
//! says what it is for, and scenarios that see each requirement met and unmet.

use std::fmt::Write as _;

use super::answers::{Answers, quoted};
use super::names::Names;

/// How many scenarios it holds.
pub const SCENARIOS: usize = 4;

/// The names of its facts, labels, scale and levels.
const OWN: [&str; 6] = [
    "years_of_service",
    "recommended",
    "experience",
    "recommendation",
    "quality",
    "good",
];

/// A first programme.
pub struct Draft<'a> {
    answers: &'a Answers,
    programme: String,
    role: String,
    /// The names of the kinds of evidence.
    kinds: Vec<String>,
}

impl<'a> Draft<'a> {
    /// Names everything.
    pub fn new(answers: &'a Answers) -> Self {
        let mut names = Names::taken(&OWN);
        let kinds = answers.evidence.iter();
        Self {
            programme: Names::default().name(&answers.title, "programme"),
            role: names.name(&answers.role, "role"),
            kinds: kinds.map(|it| names.name(it, "evidence")).collect(),
            answers,
        }
    }

    /// The name of the programme.
    pub fn name(&self) -> &str {
        &self.programme
    }

    /// The text of the file.
    pub fn text(&self, file: &str) -> String {
        let mut out = String::new();
        self.heading(&mut out, file);
        self.evidence(&mut out);
        self.role(&mut out);
        self.scenarios(&mut out);
        out
    }

    fn heading(&self, out: &mut String, file: &str) {
        let Answers {
            title, candidate, ..
        } = self.answers;
        let (programme, quoted_title) = (&self.programme, quoted(title));
        let candidate = quoted(candidate);
        // a file may be called anything, and a note must end where it ends
        let named = !file.chars().any(char::is_control) && file != "-" && file.is_ascii();
        let file = if named { file } else { "FILE" };
        let _ = write!(
            out,
            "// A first draft: every figure in it is only an example. What stands behind two slashes, like this, is a note for\n\
             // whoever reads the file. After a change\n\
             //   milepost check {file}\n\
             // says what is wrong, and\n\
             //   milepost test {file}\n\
             // whether the scenarios at the end still hold.\n\n\
             /// Say here in a sentence or two what the programme is for.\n\
             pathway {programme} {quoted_title} {{\n\
             \x20 publisher   \"Your organisation\"\n\
             \x20 version     \"1\" // a new one whenever a rule changes\n\
             \x20 school year starts 07-01\n\
             }}\n\n\
             // What is known of everybody, whatever they hand in. Behind each name stands what it can be: a number, yes/no, a date,\n\
             // a text, one of {{ … }}; then the title that people will see.\n\
             candidate {candidate} {{\n\
             \x20 years_of_service : number \"Years of service\"\n\
             \x20 recommended      : yes/no \"Recommended\"\n\
             }}\n\n"
        );
    }

    fn evidence(&self, out: &mut String) {
        out.push_str(
            "// How good something is, the lowest level first.\n\
             scale quality \"Quality\" {\n\
             \x20 not_yet     \"Not yet\"\n\
             \x20 approaching \"Approaching\"\n\
             \x20 good        \"Good\"\n\
             }\n\n\
             // What is handed in. Every piece has a date, and may be under review; what else is noted of it stands here.\n",
        );
        for (kind, title) in self.kinds.iter().zip(&self.answers.evidence) {
            let title = quoted(title);
            let _ = write!(
                out,
                "evidence {kind} {title} {{ quality : quality \"Quality\" }}\n\n"
            );
        }
    }

    fn role(&self, out: &mut String) {
        let (role, title) = (&self.role, quoted(&self.answers.role));
        let _ = write!(
            out,
            "// The first role. Each requirement has a name, by which scenarios speak of it, and may have a title.\n\
             role {role} {title} {{\n\
             \x20 about \"Say here what somebody in this role does.\"\n\
             \x20 eligible when all of {{\n\
             \x20   experience: years_of_service >= 3\n\
             \x20   recommendation: recommended\n"
        );
        for (kind, title) in self.kinds.iter().zip(&self.answers.evidence) {
            let title = quoted(title);
            let _ = writeln!(
                out,
                "    {kind} {title}: at least 2 {kind} within 3 years where quality >= good"
            );
        }
        out.push_str("  }\n}\n\n");
    }

    fn scenarios(&self, out: &mut String) {
        let role = &self.role;
        out.push_str(
            "// Examples of your own: somebody invented, and what should come of them. The best ones sit on the edges.\n",
        );
        let enough = ["2023-11-23", "2026-09-14"];
        let early = ["2023-11-22", "2026-09-14"];
        self.scenario(out, "exactly enough", "3", "yes", (enough, ""));
        let _ = write!(out, "  expect role {role} met\n}}\n\n");
        self.scenario(out, "one short, or a day too early", "2", "no", (early, ""));
        let _ = writeln!(out, "  expect role {role} unmet");
        let labels = ["experience", "recommendation"].into_iter();
        for label in labels.chain(self.kinds.iter().map(String::as_str)) {
            let _ = writeln!(out, "  expect role {role} {label} unmet");
        }
        out.push_str("}\n\n");
        let review = (enough, " under review");
        self.scenario(out, "the last pieces are under review", "3", "yes", review);
        let _ = write!(out, "  expect role {role} pending\n}}\n\n");
        let _ = write!(
            out,
            "scenario \"nobody has asked yet\" {{\n\
             \x20 as of 2026-11-22\n\
             \x20 given years_of_service 3\n\
             \x20 expect role {role} recommendation needs information\n\
             }}\n"
        );
    }

    /// A scenario up to what it expects: two pieces of every kind, the second as it stands.
    fn scenario(
        &self,
        out: &mut String,
        title: &str,
        years: &str,
        recommended: &str,
        (days, status): ([&str; 2], &str),
    ) {
        let _ = write!(
            out,
            "scenario \"{title}\" {{\n\
             \x20 as of 2026-11-22\n\
             \x20 given years_of_service {years}, recommended {recommended}\n"
        );
        let [first, second] = days;
        for (kind, letter) in self.kinds.iter().zip('a'..='z') {
            let _ = write!(
                out,
                "  given {kind} {letter}1 on {first} with quality good\n\
                 \x20 given {kind} {letter}2 on {second} with quality good{status}\n"
            );
        }
    }
}
