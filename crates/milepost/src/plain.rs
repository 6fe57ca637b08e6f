//! Bytes of a text in; how many of them JSON writes as they are, before the first that it does not, out.

const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

/// How many bytes there are before the first quotation mark, backslash or control character.
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (place, word) in words.iter().enumerate() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return place * 8 + (special.trailing_zeros() / 8) as usize;
        }
    }
    let short = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    words.len() * 8 + rest.iter().position(short).unwrap_or(rest.len())
}

/// Marks the bytes of a word that are special; those after the first may be marked wrongly.
const fn special(word: u64) -> u64 {
    zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64)) | below_space(word)
}

/// Marks the bytes that are zero.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH
}

/// Marks the bytes below a space.
const fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * b' ' as u64) & !word & HIGH
}
