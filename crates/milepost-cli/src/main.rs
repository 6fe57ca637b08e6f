//! The `milepost` command. In: arguments, files, a terminal. Out: results on standard output, diagnostics and notes on
//! standard error, and an exit code: 0 done and nothing wrong, 1 done with findings, 2 not done.

mod args;
mod check;
mod cohort;
mod compile;
mod complain;
mod diff;
mod doc;
mod edits;
mod evaluate;
mod explain;
mod files;
mod fix;
mod fmt;
mod found;
mod graph;
mod junit;
mod lsp;
mod measures;
mod new;
mod page;
mod programme;
mod record;
mod report;
mod scenarios;
mod schema;
mod screen;
mod settings;
mod today;
mod types;
mod verify;
mod visible;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};
use screen::Screen;

/// How a command ended, if it could do what it was asked to. The worse is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// Nothing is wrong.
    Clean,
    /// Something is wrong with what was looked at.
    Findings,
    /// Not all of it could be looked at; why has been said.
    NotDone,
}

impl Ending {
    const fn findings(found: bool) -> Self {
        if found { Self::Findings } else { Self::Clean }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::NotDone => 2,
        }
    }
}

/// Why a command could not do what it was asked to.
#[derive(Debug)]
struct Trouble {
    message: String,
    help: Option<String>,
}

impl Trouble {
    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl<T: Into<String>> From<T> for Trouble {
    fn from(message: T) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let screen = Screen::of_this_process(arguments.color, arguments.quiet);
    let ending = run(&screen, arguments.command).unwrap_or_else(|trouble| {
        complain::problem(&screen, &trouble.message, trouble.help.as_deref());
        Ending::NotDone
    });
    ExitCode::from(ending.code())
}

fn run(screen: &Screen, command: Command) -> Result<Ending, Trouble> {
    match command {
        Command::New(arguments) => new::run(screen, &arguments),
        Command::Check(arguments) => check::run(screen, &arguments),
        Command::Fmt(arguments) => fmt::run(screen, &arguments),
        Command::Doc(arguments) => doc::run(screen, &arguments),
        Command::Graph(arguments) => graph::run(screen, &arguments),
        Command::Compile(arguments) => compile::run(screen, &arguments),
        Command::Evaluate(arguments) => evaluate::run(screen, &arguments),
        Command::Verify(arguments) => verify::run(screen, &arguments),
        Command::Report(arguments) => measures::run(screen, &arguments),
        Command::Diff(arguments) => diff::run(screen, &arguments),
        Command::Test(arguments) => scenarios::run(screen, &arguments),
        Command::Schema(arguments) => schema::run(screen, &arguments),
        Command::Types(arguments) => types::run(screen, &arguments),
        Command::Explain(arguments) => explain::run(screen, &arguments),
        Command::Lsp(_) => lsp::run(),
        Command::Completions(arguments) => {
            let mut script = Vec::new();
            clap_complete::generate(
                arguments.shell,
                &mut Arguments::command(),
                "milepost",
                &mut script,
            );
            screen.print(&String::from_utf8_lossy(&script))?;
            Ok(Ending::Clean)
        }
    }
}
