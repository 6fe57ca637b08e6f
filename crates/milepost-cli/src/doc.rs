//! `milepost doc`. In: a programme. Out: its handbook, as a page or as Markdown.

use std::path::Path;

use crate::args::{Doc, HandbookFormat};
use crate::screen::Screen;
use crate::{Ending, Trouble, files, programme};

/// Writes a handbook.
pub fn run(screen: &Screen, arguments: &Doc) -> Result<Ending, Trouble> {
    let output = Output::new(
        arguments.output.as_deref(),
        "a handbook",
        "`FILE.html` or `FILE.md`",
    )?;
    let Some(pathway) = programme::load(screen, &arguments.file)? else {
        return Ok(Ending::NotDone);
    };
    let handbook = pathway.handbook();
    output.send(
        screen,
        &match (arguments.format, output.ending()) {
            (Some(HandbookFormat::Markdown), _) | (None, Some("md" | "markdown")) => {
                handbook.markdown()
            }
            _ => handbook.html(),
        },
    )
}

/// Where a document goes: a file, or standard output if there is none or it is `-`.
pub struct Output<'a> {
    file: Option<&'a Path>,
}

impl<'a> Output<'a> {
    /// A file that is not the text of a programme.
    pub fn new(file: Option<&'a Path>, what: &str, name: &str) -> Result<Self, Trouble> {
        let file = file.filter(|it| *it != Path::new("-"));
        let output = Self { file };
        if output.ending() == Some("pathway") {
            return Err(Trouble::from(format!(
                "{what} is not written over the text of a programme"
            ))
            .help(format!("name it {name}")));
        }
        Ok(output)
    }

    /// The ending of its name.
    pub fn ending(&self) -> Option<&str> {
        self.file.and_then(Path::extension)?.to_str()
    }

    /// Writes the document.
    pub fn send(&self, screen: &Screen, text: &str) -> Result<Ending, Trouble> {
        match self.file {
            None => screen.send(text.as_bytes())?,
            Some(path) => files::write(path, text.as_bytes())
                .map_err(|why| format!("`{}` cannot be written: {why}", path.display()))?,
        }
        Ok(Ending::Clean)
    }
}
