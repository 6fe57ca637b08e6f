//! Reports in the form of JUnit, which most services of continuous integration read. In: suites of cases. Out: XML.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::Trouble;

/// The cases of a file.
#[derive(Debug)]
struct Suite {
    /// The path of the file.
    name: String,
    /// What was tried.
    cases: Vec<Case>,
}

/// Something that was tried.
#[derive(Debug, Default)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// Its line.
    pub line: Option<u32>,
    /// Why it is not as it should be, in a sentence and at length.
    pub failure: Option<(String, String)>,
    /// What else there is to say.
    pub notes: String,
}

/// The suites of a run, a file each, in the order in which they were first named.
#[derive(Debug, Default)]
pub struct Suites(Vec<Suite>);

impl Suites {
    /// Adds cases of a file.
    pub fn add(&mut self, name: &str, cases: impl IntoIterator<Item = Case>) {
        match self.0.iter_mut().find(|suite| suite.name == name) {
            Some(suite) => suite.cases.extend(cases),
            None => self.0.push(Suite {
                name: name.to_owned(),
                cases: cases.into_iter().collect(),
            }),
        }
    }

    /// Whether anything was tried in a file.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|suite| suite.name == name)
    }

    /// The report.
    pub fn document(&self) -> Result<String, Trouble> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        self.write(&mut writer)
            .map_err(|why| format!("the report cannot be written: {why}"))?;
        let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
        text.push('\n');
        Ok(text)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let tests: usize = self.0.iter().map(|suite| suite.cases.len()).sum();
        let failures: usize = self.0.iter().map(Suite::failures).sum();
        writer
            .create_element("testsuites")
            .with_attribute(("name", "milepost"))
            .with_attribute(("tests", tests.to_string().as_str()))
            .with_attribute(("failures", failures.to_string().as_str()))
            .write_inner_content(|writer| {
                self.0.iter().try_for_each(|suite| suite.write(writer))
            })?;
        Ok(())
    }
}

impl Suite {
    fn failures(&self) -> usize {
        let failed = self.cases.iter().filter(|case| case.failure.is_some());
        failed.count()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        writer
            .create_element("testsuite")
            .with_attribute(("name", legal(&self.name).as_str()))
            .with_attribute(("tests", self.cases.len().to_string().as_str()))
            .with_attribute(("failures", self.failures().to_string().as_str()))
            .write_inner_content(|writer| {
                let mut cases = self.cases.iter();
                cases.try_for_each(|case| case.write(writer, &self.name))
            })?;
        Ok(())
    }
}

impl Case {
    fn write(&self, writer: &mut Writer<Vec<u8>>, file: &str) -> io::Result<()> {
        let file = legal(file);
        let mut element = writer
            .create_element("testcase")
            .with_attribute(("name", legal(&self.name).as_str()))
            .with_attribute(("classname", file.as_str()))
            .with_attribute(("file", file.as_str()));
        if let Some(line) = self.line {
            element = element.with_attribute(("line", line.to_string().as_str()));
        }
        if self.failure.is_none() && self.notes.is_empty() {
            element.write_empty()?;
            return Ok(());
        }
        element.write_inner_content(|writer| {
            if let Some((message, text)) = &self.failure {
                writer
                    .create_element("failure")
                    .with_attribute(("message", legal(message).as_str()))
                    .write_text_content(BytesText::new(&legal(text)))?;
            }
            if !self.notes.is_empty() {
                let notes = legal(&self.notes);
                let notes = BytesText::new(&notes);
                writer
                    .create_element("system-out")
                    .write_text_content(notes)?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

/// Without the characters that no XML may hold.
fn legal(text: &str) -> String {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| if legal(c) { c } else { '\u{fffd}' })
        .collect()
}
