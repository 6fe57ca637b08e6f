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
    let fraction = match u64::try_from(units.unsigned_abs()) {
        Ok(small) => {
            write_whole(out, small / scale);
            small % scale
        }
        Err(_) => {
            let (all, scale) = (units.unsigned_abs(), u128::from(scale));
            match u64::try_from(all / scale) {
                Ok(whole) => write_whole(out, whole),
                Err(_) => out.push_str(&(all / scale).to_string()),
            }
            u64::try_from(all % scale).unwrap_or(0)
        }
    };
    write_fraction(out, fraction, scale);
}

/// Writes a whole number.
fn write_whole(out: &mut String, mut number: u64) {
    if number < 10 {
        out.push(digit(number));
        return;
    }
    let mut digits = [0; 20];
    let mut from = digits.len();
    for slot in digits.iter_mut().rev() {
        *slot = b'0' + u8::try_from(number % 10).unwrap_or(0);
        from -= 1;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    let digits = digits.get(from..).map(str::from_utf8);
    out.push_str(digits.and_then(Result::ok).unwrap_or_default());
}

/// Writes what stands after the point, up to its last digit that is not zero.
fn write_fraction(out: &mut String, mut fraction: u64, mut scale: u64) {
    if fraction > 0 {
        out.push('.');
    }
    while fraction > 0 {
        scale /= 10;
        out.push(digit(fraction / scale));
        fraction %= scale;
    }
}

const fn digit(number: u64) -> char {
    (b'0' + (number % 10) as u8) as char
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
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
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
