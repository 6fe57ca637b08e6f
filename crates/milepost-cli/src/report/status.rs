//! How a status looks. In: a status and the screen. Out: a word, with a symbol before it and a colour where they are welcome.

use anstyle::{AnsiColor, Style};
use milepost::wire::Status;
use unicode_width::UnicodeWidthStr;

use crate::page::Text;
use crate::screen::Screen;

/// The colour of a status; never its only sign.
pub const fn colour(status: Status) -> Style {
    match status {
        Status::Met => AnsiColor::Green.on_default(),
        Status::Pending => AnsiColor::Yellow.on_default(),
        Status::NeedsInformation => AnsiColor::Cyan.on_default(),
        Status::Unmet => AnsiColor::Red.on_default(),
        Status::Waived => AnsiColor::Magenta.on_default(),
    }
}

const fn symbol(status: Status) -> &'static str {
    match status {
        Status::Met => "✓ ",
        Status::Pending => "… ",
        Status::NeedsInformation => "? ",
        Status::Unmet => "✗ ",
        Status::Waived => "◇ ",
    }
}

/// A status and whether it is at risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The status.
    pub status: Status,
    /// Whether what is under review may undo it.
    pub at_risk: bool,
}

impl Marker {
    fn words(self, screen: &Screen) -> String {
        let symbol = if screen.symbols {
            symbol(self.status)
        } else {
            ""
        };
        format!("{symbol}{}", self.in_words())
    }

    /// The words without symbol and colour.
    pub fn in_words(self) -> String {
        let risk = if self.at_risk { ", at risk" } else { "" };
        format!("{}{risk}", self.status.as_str())
    }

    /// The words alone, within a sentence.
    pub fn plain(self, screen: &Screen) -> Text {
        Text::styled(colour(self.status), &self.words(screen))
    }

    /// The columns of the words and the colon after them.
    pub fn width(self, screen: &Screen) -> usize {
        self.words(screen).width() + 1
    }

    /// The words and a colon before what they are said of, filled up to a column.
    pub fn before(self, screen: &Screen, column: usize) -> Text {
        let fill = " ".repeat(column.saturating_sub(self.width(screen)));
        self.plain(screen).then(":").then(&fill)
    }
}
