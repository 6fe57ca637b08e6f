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
    pub fn new(units: i128, places: usize) -> Self {
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

/// Writes a number in units of 10⁻ᵖˡᵃᶜᵉˢ.
pub(crate) fn write_number(out: &mut String, units: i128, places: usize) {
    if units < 0 {
        out.push('-');
    }
    // From the last digit on; those of a small number fit a machine word, which divides faster.
    let mut digits = [b'0'; DIGITS];
    let mut rest = units.unsigned_abs();
    let mut from = DIGITS;
    for slot in digits.iter_mut().rev() {
        if rest == 0 && DIGITS - from > places {
            break;
        }
        let digit = match u64::try_from(rest) {
            Ok(small) => {
                rest = u128::from(small / 10);
                small % 10
            }
            Err(_) => {
                let digit = rest % 10;
                rest /= 10;
                u64::try_from(digit).unwrap_or(0)
            }
        };
        *slot = b'0' + u8::try_from(digit).unwrap_or(0);
        from -= 1;
    }
    let digits = digits.get(from..).unwrap_or_default();
    let point = digits.len().saturating_sub(places);
    let (whole, fraction) = digits.split_at_checked(point).unwrap_or((digits, &[]));
    let last = fraction.iter().rposition(|digit| *digit != b'0');
    let fraction = last
        .and_then(|last| fraction.get(..=last))
        .unwrap_or_default();
    out.extend(whole.iter().map(|digit| char::from(*digit)));
    if !fraction.is_empty() {
        out.push('.');
        out.extend(fraction.iter().map(|digit| char::from(*digit)));
    }
}

/// The most digits that 128 bits have, and one.
const DIGITS: usize = 40;

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
        ] {
            assert_eq!(Number::new(units, places).as_str(), text);
        }
        assert_eq!(serde_json::to_string(&Number::new(10, 2)).unwrap(), "0.1");
    }
}
