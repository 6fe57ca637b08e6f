//! How seriously warnings are to be taken: codes and the levels that somebody set in; the level of each code out.

use std::collections::BTreeMap;

use crate::{Code, Severity};

/// How seriously a warning is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Reported as a warning.
    Warn,
    /// Reported as an error.
    Deny,
}

impl Level {
    /// The word people write.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// The level written so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let all = [Self::Allow, Self::Warn, Self::Deny];
        all.into_iter().find(|level| level.as_str() == text)
    }

    /// How bad a problem of this level is; nothing if it is not reported.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

/// The levels that somebody set; every other warning is reported as one. Errors stay errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Level>);

impl Levels {
    /// Sets the level of a warning.
    pub fn set(&mut self, code: Code, level: Level) {
        self.0.insert(code, level);
    }

    /// The level of a warning.
    #[must_use]
    pub fn of(&self, code: Code) -> Level {
        self.0.get(&code).copied().unwrap_or(Level::Warn)
    }
}
