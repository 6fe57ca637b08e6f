//! Two numbers as JSON writes them in; whether they are the same number, exactly, out. Nothing is made a float.

/// Whether two numbers are the same, as `3` and `3.0` are.
pub(super) fn same(one: &str, other: &str) -> bool {
    one == other || plain(one).is_some_and(|number| plain(other) == Some(number))
}

/// Whether it is negative, its digits from the first to the last that is not zero, and the power of ten of that last one.
/// Nothing for a power that nobody writes.
fn plain(number: &str) -> Option<(bool, String, i64)> {
    let positive = number.strip_prefix('-');
    let unsigned = positive.unwrap_or(number);
    let (digits, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, fraction].concat();
    let led = all.trim_start_matches('0');
    let shortest = led.trim_end_matches('0');
    if shortest.is_empty() {
        return Some((false, String::new(), 0));
    }
    let dropped = i64::try_from(led.len() - shortest.len()).ok()?;
    let after = i64::try_from(fraction.len()).ok()?;
    let power = power.parse::<i64>().ok()?;
    let power = power.checked_sub(after)?.checked_add(dropped)?;
    Some((positive.is_some(), shortest.to_owned(), power))
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn numbers_are_compared_exactly() {
        for (one, other) in [
            ("3", "3.0"),
            ("2.65", "2.650"),
            ("0", "-0.0"),
            ("0e99999999999999999999", "0"),
            ("1200", "1.2e3"),
            ("0.0012", "12E-4"),
            ("1e400", "10e399"),
            ("1e99999999999999999999", "1e99999999999999999999"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.10000000000000000001"),
            ("1", "-1"),
            ("1", "10"),
            ("1e400", "1e401"),
            ("1e99999999999999999999", "1e99999999999999999998"),
            ("0.5", "5"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
