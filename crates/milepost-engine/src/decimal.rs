//! Exact decimals: what a record or a file writes in, millionths out. Nothing here is ever a float.

use std::fmt;

/// A decimal with at most nine digits before the point and six after, in millionths.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Decimal(i64);

/// A text that is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// It is not written as a number.
    #[error("not written as a number")]
    Malformed,
    /// It has more than nine digits before the point or six after.
    #[error("more than nine digits before the point or six after")]
    OutOfRange,
}

/// One, in millionths.
const ONE: i64 = 1_000_000;
/// The largest number, in millionths.
const LARGEST: i64 = 999_999_999_999_999;

impl Decimal {
    /// 0
    pub const ZERO: Self = Self(0);
    /// 999999999.999999
    pub const MAX: Self = Self(LARGEST);
    /// -999999999.999999
    pub const MIN: Self = Self(-LARGEST);

    /// So many millionths, if they are in range.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Option<Self> {
        if micros >= -LARGEST && micros <= LARGEST {
            Some(Self(micros))
        } else {
            None
        }
    }

    /// A whole number, if it is in range.
    #[must_use]
    pub const fn from_whole(whole: i64) -> Option<Self> {
        match whole.checked_mul(ONE) {
            Some(micros) => Self::from_micros(micros),
            None => None,
        }
    }

    /// In millionths.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whether it has nothing after the point.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// The whole number it is.
    #[must_use]
    pub const fn to_whole(self) -> Option<i64> {
        if self.is_whole() {
            Some(self.0 / ONE)
        } else {
            None
        }
    }

    /// Reads a number as JSON writes it, exactly: `3`, `-0.25`, `1.5e2`.
    ///
    /// # Errors
    ///
    /// It is not written so, or has too many digits.
    ///
    /// ```
    /// use milepost_engine::{Decimal, DecimalError};
    /// assert_eq!(Decimal::parse("1.5e2").unwrap().to_string(), "150");
    /// assert_eq!(Decimal::parse("0.0000001"), Err(DecimalError::OutOfRange));
    /// ```
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let (negative, text) = text
            .strip_prefix('-')
            .map_or((false, text), |rest| (true, rest));
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent_of(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(DecimalError::Malformed),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty()
            || !plain(whole)
            || !plain(fraction)
            || (whole.len() > 1 && whole.starts_with('0'))
        {
            return Err(DecimalError::Malformed);
        }
        // The digits without zeros at either end, and the power of ten of the last of them.
        let power =
            exponent - i64::try_from(fraction.len()).map_err(|_| DecimalError::OutOfRange)?;
        let digits = format!("{whole}{fraction}");
        let significant = digits.trim_start_matches('0');
        let trimmed = significant.trim_end_matches('0');
        if trimmed.is_empty() {
            return Ok(Self::ZERO);
        }
        let dropped = i64::try_from(significant.len() - trimmed.len())
            .map_err(|_| DecimalError::OutOfRange)?;
        let power = power.saturating_add(dropped).saturating_add(6);
        let power = u32::try_from(power).map_err(|_| DecimalError::OutOfRange)?;
        let digits: i64 = trimmed.parse().map_err(|_| DecimalError::OutOfRange)?;
        let micros = 10i64
            .checked_pow(power)
            .and_then(|scale| digits.checked_mul(scale));
        let micros = micros.ok_or(DecimalError::OutOfRange)?;
        Self::from_micros(if negative { -micros } else { micros }).ok_or(DecimalError::OutOfRange)
    }
}

/// An exponent; one too large to matter is as good as the largest that does.
fn exponent_of(text: &str) -> Result<i64, DecimalError> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, text.strip_prefix('-')),
        [b'+', ..] => (false, text.strip_prefix('+')),
        _ => (false, Some(text)),
    };
    let digits = digits
        .filter(|digits| !digits.is_empty())
        .ok_or(DecimalError::Malformed)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::Malformed);
    }
    let magnitude = digits
        .parse::<i64>()
        .unwrap_or(i64::MAX / 4)
        .min(i64::MAX / 4);
    Ok(if negative { -magnitude } else { magnitude })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, fraction) = (
            magnitude / ONE.unsigned_abs(),
            magnitude % ONE.unsigned_abs(),
        );
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction == 0 {
            write!(f, "{sign}{whole}")
        } else {
            let fraction = format!("{fraction:06}");
            write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for (text, micros) in [
            ("0", 0),
            ("-0", 0),
            ("0.1", 100_000),
            ("-3.25", -3_250_000),
            ("1e2", 100_000_000),
            ("1.5E-1", 150_000),
            ("100e-2", 1_000_000),
            ("0.000001", 1),
            ("0.0000010", 1),
            ("999999999.999999", LARGEST),
            ("0e999999999999999999999", 0),
        ] {
            assert_eq!(
                Decimal::parse(text).map(Decimal::micros),
                Ok(micros),
                "{text}"
            );
        }
        assert_eq!(Decimal::parse("-3.250").unwrap().to_string(), "-3.25");
    }

    #[test]
    fn what_is_no_number_or_too_long_is_refused() {
        for text in [
            "", "-", "+1", ".5", "1.", "01", "1e", "1e+", "0x1", "1 ", "NaN", "1,5",
        ] {
            assert_eq!(Decimal::parse(text), Err(DecimalError::Malformed), "{text}");
        }
        for text in [
            "1000000000",
            "0.0000001",
            "1e9",
            "1e-7",
            "1e99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert_eq!(
                Decimal::parse(text),
                Err(DecimalError::OutOfRange),
                "{text}"
            );
        }
    }
}
