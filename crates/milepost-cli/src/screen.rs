//! What the output goes to. In: the options, the environment and the terminal, looked at once. Out: how wide a line
//! may be, whether colour and symbols are welcome, and the two streams to write on.

use std::io::{ErrorKind, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::args::Format;

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<Colour> for ColorChoice {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Auto => Self::Auto,
            Colour::Always => Self::Always,
            Colour::Never => Self::Never,
        }
    }
}

/// Where results and diagnostics go, and what is welcome there.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns of a line.
    pub width: usize,
    /// Whether somebody is likely to look at the results as they come.
    pub terminal: bool,
    /// Whether symbols beyond ASCII are shown beside the words.
    pub symbols: bool,
    /// Whether results are coloured.
    pub colour: bool,
    /// Whether diagnostics are coloured.
    pub colour_of_errors: bool,
    /// Whether only errors and results are wanted.
    pub quiet: bool,
}

impl Screen {
    /// No screen at all: for what programs keep and people may read.
    pub const NONE: Self = Self {
        width: 100,
        terminal: false,
        symbols: false,
        colour: false,
        colour_of_errors: false,
        quiet: false,
    };

    /// Looks at the terminal.
    pub fn of_this_process(colour: Colour, quiet: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let coloured = |auto: ColorChoice| match colour {
            Colour::Auto => auto != ColorChoice::Never,
            Colour::Always => true,
            Colour::Never => false,
        };
        Self {
            width: width(variable("COLUMNS"), || {
                terminal_size::terminal_size().map(|(width, _)| width.0.into())
            }),
            terminal,
            symbols: terminal && speaks_utf8(&["LC_ALL", "LC_CTYPE", "LANG"].map(variable)),
            colour: coloured(AutoStream::choice(&std::io::stdout())),
            colour_of_errors: coloured(AutoStream::choice(&std::io::stderr())),
            quiet,
        }
    }

    /// Writes results. That nobody reads any more is no mistake; that they cannot be stored is.
    pub fn print(&self, text: &str) -> Result<(), String> {
        let choice = if self.colour {
            ColorChoice::Always
        } else {
            ColorChoice::Never
        };
        write(AutoStream::new(std::io::stdout(), choice), text.as_bytes())
    }

    /// Writes a result: a text as this screen takes it, a document with every byte it has.
    pub fn answer(&self, format: Format, answer: &str) -> Result<(), String> {
        match format {
            Format::Text => self.print(answer),
            Format::Json => self.send(answer.as_bytes()),
        }
    }

    /// Writes results that are not for reading.
    pub fn send(&self, bytes: &[u8]) -> Result<(), String> {
        write(std::io::stdout(), bytes)
    }

    /// Writes diagnostics and notes.
    pub fn note(&self, text: &str) {
        let choice = if self.colour_of_errors {
            ColorChoice::Always
        } else {
            ColorChoice::Never
        };
        // there is nowhere left to report this to
        let _ = write(AutoStream::new(std::io::stderr(), choice), text.as_bytes());
    }
}

fn write(mut stream: impl Write, bytes: &[u8]) -> Result<(), String> {
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => {
            Err(format!("the result cannot be written: {problem}"))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What COLUMNS says, else the terminal, else 80; never so narrow that nothing fits.
fn width(columns: Option<String>, terminal: impl Fn() -> Option<usize>) -> usize {
    let said = columns
        .and_then(|text| text.parse().ok())
        .filter(|&width| width > 0);
    said.or_else(terminal).unwrap_or(80).clamp(12, 1_000)
}

/// Whether the first of these that is set names UTF-8; Windows terminals need no locale for it.
fn speaks_utf8(locale: &[Option<String>]) -> bool {
    let said = locale
        .iter()
        .flatten()
        .next()
        .map(|name| name.to_ascii_lowercase());
    said.map_or(cfg!(windows), |name| {
        name.contains("utf-8") || name.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_what_columns_says_else_the_terminal() {
        let columns = |text: &str| Some(text.to_owned());
        assert_eq!(width(columns("60"), || Some(100)), 60);
        assert_eq!(width(columns("wide"), || Some(100)), 100);
        assert_eq!(width(columns("0"), || None), 80);
        assert_eq!(width(None, || None), 80);
        assert_eq!(width(columns("1"), || None), 12);
        assert_eq!(width(columns("99999999999"), || None), 1_000);
    }

    #[test]
    fn the_locale_is_the_first_that_is_set() {
        let name = |text: &str| Some(text.to_owned());
        assert!(speaks_utf8(&[None, None, name("en_US.UTF-8")]));
        assert!(speaks_utf8(&[None, name("C.utf8"), name("C")]));
        assert!(!speaks_utf8(&[name("C"), None, name("en_US.UTF-8")]));
    }
}
