//! The pages of `tests/ide/`: the text of one in; its cases out.

use std::collections::BTreeMap;

/// A programme, a place in it, and what is answered there.
pub struct Case {
    /// The heading.
    pub title: String,
    /// The texts by their names, without the mark; the main one is `main.pathway`.
    pub files: BTreeMap<String, String>,
    /// The file in which `$0` stands, and where; the main file's beginning where there is none.
    pub at: (String, usize),
    /// What stands behind the fence of the answer: the new name, or the letters looked for.
    pub with: String,
    /// What is to be answered.
    pub answer: String,
    /// The section as written, the fence and the answer last.
    pub written: String,
    /// Where the answer begins in it.
    body: usize,
}

impl Case {
    /// The section with another answer.
    pub fn with(&self, answer: &str) -> String {
        let head = self.written.get(..self.body).unwrap_or_default();
        format!("{head}{answer}```\n")
    }
}

/// The cases of a page, in their order. What stands before the first heading is for every case.
pub fn cases(text: &str) -> Vec<Case> {
    let mut sections = text.split("\n## ");
    let (shared, _) = blocks(sections.next().unwrap_or_default());
    sections.map(|section| case(section, &shared)).collect()
}

/// A `text` block: what stands behind its fence, and where it begins and ends.
struct Answer {
    with: String,
    body: usize,
    end: usize,
}

/// The programme blocks by file name, and the answer.
fn blocks(section: &str) -> (BTreeMap<String, String>, Option<Answer>) {
    let mut files = BTreeMap::new();
    let mut answer = None;
    let mut fence: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in section.split_inclusive('\n') {
        let next = at + line.len();
        match (fence, line.trim_end().strip_prefix("```")) {
            (None, Some(info)) => fence = Some((info, next)),
            (Some((info, from)), Some("")) => {
                let body = section.get(from..at).unwrap_or_default();
                match info.split_once(' ').unwrap_or((info, "")) {
                    ("pathway", file) => {
                        let file = file.strip_prefix("file=").unwrap_or("main.pathway");
                        files.insert(file.to_owned(), body.to_owned());
                    }
                    ("text", with) => {
                        answer = Some(Answer {
                            with: with.to_owned(),
                            body: from,
                            end: at,
                        });
                    }
                    _ => panic!("a block is `pathway` or `text`, not `{info}`"),
                }
                fence = None;
            }
            _ => {}
        }
        at = next;
    }
    (files, answer)
}

fn case(section: &str, shared: &BTreeMap<String, String>) -> Case {
    let (own, answer) = blocks(section);
    let title = section.lines().next().unwrap_or_default().to_owned();
    let Some(Answer { with, body, end }) = answer else {
        panic!("{title}: there is no `text` block");
    };
    let mut files = shared.clone();
    files.extend(own);
    let mut at = ("main.pathway".to_owned(), 0);
    for (name, text) in &mut files {
        if let Some(place) = text.find("$0") {
            text.replace_range(place..place + 2, "");
            at = (name.clone(), place);
        }
    }
    Case {
        title,
        files,
        at,
        with,
        answer: section.get(body..end).unwrap_or_default().to_owned(),
        written: section.get(..end + 4).unwrap_or_default().to_owned(),
        body,
    }
}
