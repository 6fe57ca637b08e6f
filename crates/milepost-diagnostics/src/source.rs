//! Texts and places in them: byte offsets in, lines and columns (UTF-8 and UTF-16) out.

/// A file of a programme, by its place in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A stretch of text: byte offsets, the end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// From the start of this to the end of `other`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            end: other.end.max(self.end),
            ..self
        }
    }
}

/// A place as people and editors count it, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column in characters; a byte order mark, which nobody sees, is not counted.
    pub column: u32,
    /// The offset in UTF-16 code units from the start of the text, from 0.
    pub utf16: u32,
}

/// What an editor counts columns in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Bytes.
    Utf8,
    /// UTF-16 code units.
    Utf16,
}

/// A place as editors count it, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The units before it in its line.
    pub column: u32,
}

/// One text and where its lines begin.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<u32>,
    /// The UTF-16 code units before each block of so many bytes, so that no place is far from one that is known.
    units: Vec<u32>,
}

/// The bytes of a block.
const BLOCK: usize = 1024;

impl Source {
    fn new(name: String, text: String) -> Self {
        let mut lines = vec![0];
        lines.extend(
            (1u32..)
                .zip(text.bytes())
                .filter(|&(_, byte)| byte == b'\n')
                .map(|(next, _)| next),
        );
        let mut units = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut all = 0u32;
        for (at, c) in text.char_indices() {
            while units.len() * BLOCK <= at {
                units.push(all);
            }
            all = all.saturating_add(if c.len_utf16() == 1 { 1 } else { 2 });
        }
        Self {
            name,
            text,
            lines,
            units,
        }
    }

    /// The UTF-16 code units before a byte offset; of one past the end, all of them.
    #[must_use]
    pub fn utf16(&self, offset: u32) -> u32 {
        let offset = self.text.floor_char_boundary(offset as usize);
        let block = (offset / BLOCK).min(self.units.len().saturating_sub(1));
        // A character over the edge of a block belongs to the one before.
        let known = self.text.ceil_char_boundary(block * BLOCK);
        let before = self.units.get(block).copied().unwrap_or(0);
        let rest = self.text.get(known..offset).unwrap_or("");
        before.saturating_add(u32::try_from(rest.encode_utf16().count()).unwrap_or(u32::MAX))
    }

    /// The byte offset after so many UTF-16 code units: of a place within a character its beginning. Nothing past the end.
    #[must_use]
    pub fn byte(&self, utf16: u32) -> Option<u32> {
        let block = self.units.partition_point(|&before| before <= utf16);
        let block = block.saturating_sub(1);
        let known = self.text.ceil_char_boundary(block * BLOCK);
        let before = self.units.get(block).copied().unwrap_or(0);
        let mut left = utf16.checked_sub(before)?;
        let mut offset = u32::try_from(known).ok()?;
        for c in self.text.get(known..)?.chars() {
            let Some(rest) = left.checked_sub(c.len_utf16() as u32) else {
                return Some(offset);
            };
            left = rest;
            offset += c.len_utf8() as u32;
        }
        (left == 0).then_some(offset)
    }

    /// The path as it was asked for, with forward slashes.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset; one past the end is the end.
    #[must_use]
    pub fn position(&self, byte: u32) -> Position {
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0) as usize;
        let offset = self.text.floor_char_boundary(byte as usize);
        let before = self.text.get(start..offset).unwrap_or("");
        let before = match before.strip_prefix('\u{feff}') {
            Some(rest) if start == 0 => rest,
            _ => before,
        };
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX),
            utf16: self.utf16(byte),
        }
    }

    /// The line of a byte offset, from 0.
    #[must_use]
    pub fn line(&self, offset: u32) -> u32 {
        let after = self.lines.partition_point(|&start| start <= offset);
        u32::try_from(after.saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The place of a byte offset; one past the end is the end.
    #[must_use]
    pub fn place(&self, offset: u32, units: Units) -> Place {
        let line = self.line(offset);
        let start = self.lines.get(line as usize).copied().unwrap_or(0);
        let column = match units {
            Units::Utf8 => {
                let offset = self.text.floor_char_boundary(offset as usize);
                u32::try_from(offset).unwrap_or(u32::MAX) - start
            }
            Units::Utf16 => self.utf16(offset) - self.utf16(start),
        };
        Place { line, column }
    }

    /// The byte offset of a place: of one past the end of its line the end of that, of one within a character its beginning.
    /// Nothing, if there is no such line.
    #[must_use]
    pub fn offset(&self, place: Place, units: Units) -> Option<u32> {
        let line = usize::try_from(place.line).ok()?;
        let start = *self.lines.get(line)?;
        let end = self.lines.get(line + 1).map(|end| *end as usize);
        let end = end.unwrap_or(self.text.len());
        let text = self.text.get(start as usize..end)?;
        let text = text.trim_end_matches(['\n', '\r']);
        let mut left = place.column;
        let mut offset = start;
        for c in text.chars() {
            let units = match units {
                Units::Utf8 => c.len_utf8(),
                Units::Utf16 => c.len_utf16(),
            };
            let Some(rest) = left.checked_sub(units as u32) else {
                break;
            };
            left = rest;
            offset += c.len_utf8() as u32;
        }
        Some(offset)
    }
}

/// The texts of a programme.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a text and gives it an id.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source::new(name.into(), text.into()));
        id
    }

    /// The text of an id.
    #[must_use]
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize)
    }

    /// All texts, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// What a span covers.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        self.get(span.file)
            .and_then(|source| source.text.get(span.start as usize..span.end as usize))
            .unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let source = Source::new("a".into(), "x\n\u{1F600}é=\n".into());
        let at = source.position(2 + 4 + 2);
        assert_eq!((at.line, at.column, at.utf16), (2, 3, 5));
        assert_eq!(source.position(999).line, 3);
    }

    #[test]
    fn far_into_a_long_line_units_are_counted_as_near() {
        for wide in ["a", "é", "€", "😀", "a😀", "aé€😀"] {
            for before in 0..5 {
                let text = format!("{}{}", "x".repeat(before), wide.repeat(2_000));
                let source = Source::new("a".into(), text.clone());
                for (at, _) in text
                    .char_indices()
                    .filter(|(at, _)| at % 7 == 0 || at % 1024 < 5)
                {
                    let units = u32::try_from(text.split_at(at).0.encode_utf16().count()).unwrap();
                    let at = u32::try_from(at).unwrap();
                    assert_eq!(source.position(at).utf16, units, "{wide} {at}");
                    assert_eq!(source.place(at, Units::Utf16).column, units, "{wide} {at}");
                    assert_eq!(source.byte(units), Some(at), "{wide} {units}");
                }
                let all = u32::try_from(text.encode_utf16().count()).unwrap();
                assert_eq!(source.byte(all), u32::try_from(text.len()).ok());
                assert_eq!(source.byte(all + 1), None);
            }
        }
    }

    #[test]
    fn a_place_within_a_character_is_its_beginning() {
        let source = Source::new("a".into(), "é😀".into());
        let bytes = [0, 1, 2, 3, 4].map(|units| source.byte(units));
        assert_eq!(bytes, [Some(0), Some(2), Some(2), Some(6), None]);
        assert_eq!(Source::new("a".into(), String::new()).byte(0), Some(0));
    }

    #[test]
    fn editors_count_from_nothing_in_their_own_units() {
        let source = Source::new("a".into(), "x\r\n\u{1F600}é=\nlast".into());
        let all = [
            (0, (0, 0), (0, 0)),
            (1, (0, 1), (0, 1)),
            (3, (1, 0), (1, 0)),
            (7, (1, 4), (1, 2)),
            (9, (1, 6), (1, 3)),
            (10, (1, 7), (1, 4)),
            (15, (2, 4), (2, 4)),
        ];
        for (offset, bytes, units) in all {
            for (units, (line, column)) in [(Units::Utf8, bytes), (Units::Utf16, units)] {
                let place = Place { line, column };
                assert_eq!(source.place(offset, units), place, "{offset}");
                assert_eq!(source.offset(place, units), Some(offset), "{place:?}");
            }
        }
        let offset = |line, column| source.offset(Place { line, column }, Units::Utf16);
        assert_eq!(
            offset(0, 99),
            Some(1),
            "the end of a line is before its break"
        );
        assert_eq!(offset(1, 1), Some(3), "no character is cut in two");
        assert_eq!(offset(2, 99), Some(15));
        assert_eq!(offset(3, 0), None);
    }

    #[test]
    fn a_byte_order_mark_is_no_column_and_still_a_unit() {
        let source = Source::new("a".into(), "\u{feff}ab\n\u{feff}c".into());
        let at = source.position(3 + 1);
        assert_eq!((at.line, at.column, at.utf16), (1, 2, 2));
        assert_eq!(source.position(0).column, 1);
        assert_eq!(source.position(3 + 3 + 3).column, 2);
    }
}
