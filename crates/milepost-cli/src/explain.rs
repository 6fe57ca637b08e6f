//! `milepost explain`. In: a code, or none. Out: the page of that code as text, or the list of all codes.

use anstyle::{AnsiColor, Style};
use milepost::{Code, Severity};

use crate::args::Explain;
use crate::page::{Page, Text};
use crate::screen::Screen;
use crate::{Ending, Trouble};

/// The pages of the book on diagnostics, by code.
const PAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/pages.rs"));

const STRONG: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();

/// Prints the page of a code, or all codes.
pub fn run(screen: &Screen, arguments: &Explain) -> Result<Ending, Trouble> {
    let text = match &arguments.code {
        None => list(screen),
        Some(text) => page(
            screen,
            Code::called(text).ok_or_else(|| {
                Trouble::from(format!("no diagnostic is called `{text}`"))
                    .help("`milepost explain` lists all codes")
            })?,
        ),
    };
    screen.print(&text)?;
    Ok(Ending::Clean)
}

/// The page of a code, in Markdown.
pub fn page_of(code: Code) -> Option<&'static str> {
    let page = PAGES.iter().find(|(name, _)| *name == code.as_str());
    page.map(|(_, page)| *page)
}

fn page(screen: &Screen, code: Code) -> String {
    let title = || format!("# {}: {}", code.as_str(), code.title());
    let page = page_of(code).map_or_else(title, str::to_owned);
    let mut out = Page::new(screen.width, screen.colour);
    markdown(&mut out, &page);
    out.finish()
}

/// Every code with what it is about.
fn list(screen: &Screen) -> String {
    let mut out = Page::new(screen.width, screen.colour);
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => " error   ",
            Severity::Warning => " warning ",
        };
        let marker = Text::styled(STRONG, code.as_str()).then(severity);
        out.item(0, &marker, &Text::plain(code.title()));
    }
    out.finish()
}

/// Headings, paragraphs, lists and blocks of code; what is within a line stays as it is written.
fn markdown(out: &mut Page, text: &str) {
    let mut paragraph = Paragraph::default();
    let mut code = false;
    for line in text.lines() {
        if line.starts_with("```") {
            paragraph.end(out);
            out.gap();
            code = !code;
        } else if code {
            out.fixed(4, &Text::styled(CODE, line.trim_end()));
        } else if let Some(heading) = line.strip_prefix('#') {
            paragraph.end(out);
            out.gap();
            out.line(
                0,
                &Text::styled(STRONG, heading.trim_start_matches('#').trim()),
            );
            out.gap();
        } else if let Some(item) = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")) {
            paragraph.end(out);
            paragraph = Paragraph {
                marker: Some("*"),
                text: item.to_owned(),
            };
        } else if line.trim().is_empty() {
            paragraph.end(out);
            out.gap();
        } else {
            paragraph.text.push(' ');
            paragraph.text.push_str(line.trim());
        }
    }
    paragraph.end(out);
}

#[derive(Default)]
struct Paragraph {
    marker: Option<&'static str>,
    text: String,
}

impl Paragraph {
    fn end(&mut self, out: &mut Page) {
        let Self { marker, text } = std::mem::take(self);
        match marker {
            Some(marker) => out.item(0, &Text::plain(marker), &Text::plain(&text)),
            None if text.is_empty() => {}
            None => out.paragraph(0, &Text::plain(&text)),
        }
    }
}
