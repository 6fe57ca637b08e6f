//! The escapes of JSON texts: what stands between quotation marks in, what it says out.

use std::iter::Peekable;
use std::str::Chars;

/// What a text says whose escapes are written right; nothing if one of them stands for no character.
pub(super) fn resolved(written: &str) -> Option<String> {
    let mut said = String::with_capacity(written.len());
    let mut rest = written.chars().peekable();
    while let Some(character) = rest.next() {
        said.push(match character {
            '\\' => escape(&mut rest)?,
            other => other,
        });
    }
    Some(said)
}

fn escape(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
    Some(match rest.next()? {
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let unit = unit(rest)?;
            // The first half of a pair; its second half is to follow.
            if (0xd800..0xdc00).contains(&unit) {
                rest.next_if_eq(&'\\')?;
                rest.next_if_eq(&'u')?;
                let second = self::unit(rest)?.checked_sub(0xdc00)?;
                let valid = second < 0x400;
                return char::from_u32(0x10000 + ((unit - 0xd800) << 10) + second)
                    .filter(|_| valid);
            }
            char::from_u32(unit)?
        }
        itself => itself,
    })
}

/// Four digits.
fn unit(rest: &mut Peekable<Chars<'_>>) -> Option<u32> {
    (0..4).try_fold(0, |unit, _| Some(unit << 4 | rest.next()?.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_say_what_they_say_elsewhere() {
        const PIECES: [&str; 14] = [
            "a", "é", r#"\""#, r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t", r"\u0041",
            r"\uD83D", r"\ude00", r"\ud800",
        ];
        let (mut read, mut refused) = (0, 0);
        for place in 0..PIECES.len().pow(3) {
            let written: String = [1, 14, 196].map(|step| PIECES[place / step % 14]).concat();
            let other = serde_json::from_str::<String>(&format!("\"{written}\"")).ok();
            assert_eq!(resolved(&written), other, "{written}");
            read += usize::from(other.is_some());
            refused += usize::from(other.is_none());
        }
        assert!(read > 1_000 && refused > 500, "{read} {refused}");
    }
}
