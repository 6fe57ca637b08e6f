//! Exact numbers: a decimal in, the same digits in JSON out; never a float.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// A decimal, kept as the digits people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(String);

impl Number {
    /// The number in units of 10⁻ᵖˡᵃᶜᵉˢ.
    #[must_use]
    pub fn new(units: i128, places: u32) -> Self {
        let mut digits = String::new();
        write_number(&mut digits, units, places);
        Self(digits)
    }

    /// Its digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Writes a number in units of 10⁻ᵖˡᵃᶜᵉˢ, of which there are at most 18.
pub(crate) fn write_number(out: &mut String, units: i128, places: u32) {
    if units < 0 {
        out.push('-');
    }
    let scale = 10u64.saturating_pow(places);
    // What fits a machine word is divided faster.
    let (whole, mut fraction) = match u64::try_from(units.unsigned_abs()) {
        Ok(small) => (u128::from(small / scale), small % scale),
        Err(_) => {
            let scale = u128::from(scale);
            let (whole, fraction) = (units.unsigned_abs() / scale, units.unsigned_abs() % scale);
            (whole, u64::try_from(fraction).unwrap_or(0))
        }
    };
    match u64::try_from(whole) {
        Ok(small) => write_digits(out, small, 10u64.pow(small.max(1).ilog10())),
        Err(_) => out.push_str(&whole.to_string()),
    }
    if fraction > 0 {
        out.push('.');
    }
    let mut place = scale / 10;
    while fraction > 0 {
        write_digits(out, fraction / place, 1);
        fraction %= place;
        place /= 10;
    }
}

/// Writes the digits of a number from a power of ten down.
fn write_digits(out: &mut String, number: u64, mut place: u64) {
    while place > 0 {
        let digit = u32::try_from(number / place % 10).unwrap_or(0);
        out.extend(char::from_digit(digit, 10));
        place /= 10;
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.clone())
            .map_err(S::Error::custom)?
            .serialize(out)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let number = <&RawValue>::deserialize(json)?.get();
        match number.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => Ok(Self(number.to_owned())),
            _ => Err(serde::de::Error::custom("a number was expected")),
        }
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "An exact decimal.", "type": "number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_exact() {
        for (units, places, text) in [
            (0, 2, "0"),
            (150, 2, "1.5"),
            (300, 2, "3"),
            (7, 2, "0.07"),
            (-7, 2, "-0.07"),
            (12, 0, "12"),
            (1_000_000_000_001, 12, "1.000000000001"),
            (i128::MIN, 12, "-170141183460469231731687303.715884105728"),
            (i128::from(u64::MAX), 0, "18446744073709551615"),
            (i128::from(u64::MAX) * 10, 2, "1844674407370955161.5"),
        ] {
            assert_eq!(Number::new(units, places).as_str(), text);
        }
        assert_eq!(serde_json::to_string(&Number::new(10, 2)).unwrap(), "0.1");
    }
}
