//! Literals: numbers, dates and durations as written in, their values or a diagnostic out.

use milepost_diagnostics::{Code, Diagnostic, Span};
use milepost_engine::{Date, Decimal, DecimalError, Duration, MonthDay, Unit};
use milepost_syntax::tree;

use super::Resolver;

impl Resolver<'_> {
    /// A number.
    pub(super) fn number(&mut self, text: &str, span: Span) -> Option<Decimal> {
        match Decimal::parse(text) {
            Ok(number) => Some(number),
            Err(DecimalError::OutOfRange) => {
                self.report(
                    Diagnostic::new(
                        Code::NumberOutOfRange,
                        span,
                        format!("`{text}` has too many digits"),
                    )
                    .help("a number has at most nine digits before the point and six after"),
                );
                None
            }
            Err(DecimalError::Malformed) => {
                self.report(
                    Diagnostic::new(
                        Code::NumberOutOfRange,
                        span,
                        format!("`{text}` is not written as a number"),
                    )
                    .help("write a number without zeros in front, such as `7` or `0.5`"),
                );
                None
            }
        }
    }

    /// Hours, of which there are none or more.
    pub(super) fn effort(&mut self, literal: Option<&tree::Literal>) -> Option<Decimal> {
        let literal = literal?;
        let hours = self.number(&literal.text, literal.span)?;
        if hours.micros() < 0 {
            let message = format!("`{}` hours are less than none", literal.text);
            let diagnostic = Diagnostic::new(Code::NumberOutOfRange, literal.span, message);
            self.report(
                diagnostic.help("write how many hours one takes, such as `effort 6 hours`"),
            );
            return None;
        }
        Some(hours)
    }

    /// Points, none or more of them and whole; nothing where that is reported.
    pub(super) fn points(&mut self, literal: Option<&tree::Literal>) -> Option<u32> {
        let literal = literal?;
        let points = self.number(&literal.text, literal.span)?;
        let whole = points
            .to_whole()
            .and_then(|points| u32::try_from(points).ok());
        if whole.is_none() {
            let message = format!("`{}` points cannot be counted", literal.text);
            let diagnostic = Diagnostic::new(Code::NumberOutOfRange, literal.span, message);
            self.report(diagnostic.help(
                "points are whole and not less than none; where halves are given, count all of them twice",
            ));
        }
        whole
    }

    /// A share in per cent, 0 to 100.
    pub(super) fn share(&mut self, text: &str, span: Span) -> Option<Decimal> {
        let share = self.number(text, span)?;
        if Decimal::from_whole(100).is_some_and(|hundred| share > hundred) {
            self.report(
                Diagnostic::new(
                    Code::ShareOverHundred,
                    span,
                    format!("`{text}%` is more than all of them"),
                )
                .help("a share lies between 0% and 100%"),
            );
            return None;
        }
        Some(share)
    }

    /// A share in a condition: the number it stands for.
    pub(super) fn fraction(&mut self, text: &str, span: Span) -> Option<Decimal> {
        let micros = self.number(text, span)?.micros();
        if micros % 100 != 0 {
            self.report(
                Diagnostic::new(
                    Code::NumberOutOfRange,
                    span,
                    format!("`{text}%` has too many digits"),
                )
                .help("a share in a comparison has at most four digits after the point"),
            );
            return None;
        }
        Decimal::from_micros(micros / 100)
    }

    /// A day.
    pub(super) fn date(&mut self, literal: &tree::Literal) -> Option<Date> {
        self.date_at(&literal.text, literal.span)
    }

    /// A day.
    pub(super) fn date_at(&mut self, text: &str, span: Span) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            self.report(
                Diagnostic::new(
                    Code::ImpossibleDate,
                    span,
                    format!("there is no day `{text}`"),
                )
                .help(day_help(text)),
            );
        }
        date
    }

    /// A day of every year.
    pub(super) fn month_day(&mut self, literal: &tree::Literal) -> Option<MonthDay> {
        let day = literal.text.parse().ok();
        if day.is_none() {
            self.report(
                Diagnostic::new(
                    Code::ImpossibleDate,
                    literal.span,
                    format!("there is no day `{}` in a year", literal.text),
                )
                .help("write month and day, such as `07-01` for the first of July"),
            );
        }
        day
    }

    /// A length of time of at least one unit.
    pub(super) fn duration(&mut self, duration: &tree::Duration) -> Option<Duration> {
        let count = self.number(&duration.count.text, duration.count.span)?;
        let unit = match duration.unit {
            tree::Unit::Days => Unit::Days,
            tree::Unit::Weeks => Unit::Weeks,
            tree::Unit::Months => Unit::Months,
            tree::Unit::Years => Unit::Years,
            tree::Unit::SchoolYears => Unit::SchoolYears,
        };
        let whole = count.to_whole().and_then(|count| u32::try_from(count).ok());
        match whole.filter(|&count| count <= 100_000) {
            Some(count) => Some(Duration { count, unit }),
            None => {
                self.report(
                    Diagnostic::new(
                        Code::NumberOutOfRange,
                        duration.count.span,
                        format!("`{}` cannot be counted in whole units of time", duration.count.text),
                    )
                    .help("write a whole number up to 100000, such as `18 months` for a year and a half"),
                );
                None
            }
        }
    }
}

/// What is wrong with a date, as far as it can be told.
fn day_help(text: &str) -> String {
    let mut parts = text.split('-').map(str::parse::<i32>);
    if let (Some(Ok(year)), Some(Ok(month)), Some(Ok(_))) =
        (parts.next(), parts.next(), parts.next())
        && let Ok(month @ 1..=12) = u8::try_from(month)
        && let Some(last) = (28..=31).rev().find_map(|day| Date::new(year, month, day))
    {
        return format!("the last day of that month is `{last}`");
    }
    "write year, month and day, such as `2026-07-01`".to_owned()
}
