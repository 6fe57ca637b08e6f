//! The texts that an editor has open: what it says of them in; each as it stands, in its version, out.

use std::collections::BTreeMap;

use lsp_types::{TextDocumentContentChangeEvent, Uri};
use milepost::{FileId, Place, Source, Sources, Units};

use crate::convert::place;

/// A text as the editor has it.
#[derive(Debug)]
pub struct Text {
    /// How the editor calls it.
    pub uri: Uri,
    /// The version the editor gave it.
    pub version: i32,
    source: Sources,
}

impl Text {
    /// As the editor gives it whole.
    pub fn new(uri: Uri, version: i32, text: String) -> Self {
        let mut source = Sources::default();
        source.add(uri.as_str(), text);
        Self {
            uri,
            version,
            source,
        }
    }

    /// What it says.
    pub fn text(&self) -> &str {
        self.source().map_or("", Source::text)
    }

    fn source(&self) -> Option<&Source> {
        self.source.get(FileId(0))
    }

    /// The byte offset of a place; nothing, if there is no such line.
    pub fn offset(&self, at: Place, units: Units) -> Option<u32> {
        self.source()?.offset(at, units)
    }

    /// The same of a place below the last line: the end.
    fn offset_or_end(&self, at: Place, units: Units) -> usize {
        let offset = self.offset(at, units).map(|offset| offset as usize);
        offset.unwrap_or(self.text().len())
    }

    fn change(&mut self, change: TextDocumentContentChangeEvent, units: Units) -> Result<(), ()> {
        let text = match change.range {
            None => change.text,
            Some(range) => {
                let start = self.offset_or_end(place(range.start), units);
                let end = self.offset_or_end(place(range.end), units);
                let before = self.text().get(..start).ok_or(())?;
                let after = self.text().get(end..).filter(|_| start <= end).ok_or(())?;
                [before, &change.text, after].concat()
            }
        };
        *self = Self::new(self.uri.clone(), self.version, text);
        Ok(())
    }
}

/// So many bytes are moved at most for one list of changes, each of which is one of the whole text.
const MOVED: u64 = 1 << 32;

/// Every open text by its path.
#[derive(Debug, Default)]
pub struct Texts {
    open: BTreeMap<String, Text>,
}

impl Texts {
    /// The editor opened one.
    pub fn open(&mut self, path: String, text: Text) {
        self.open.insert(path, text);
    }

    /// The editor closed one; whether it was open.
    pub fn close(&mut self, path: &str) -> bool {
        self.open.remove(path).is_some()
    }

    /// The editor changed one; whether it was open. One whose change makes no sense is not known any more, for whatever is
    /// said of it would be of another text.
    pub fn change(
        &mut self,
        path: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        units: Units,
    ) -> bool {
        let Some(text) = self.open.get_mut(path) else {
            return false;
        };
        text.version = version;
        let mut left = MOVED;
        for change in changes {
            left = left.saturating_sub(text.text().len() as u64);
            if left == 0 || text.change(change, units).is_err() {
                self.open.remove(path);
                break;
            }
        }
        true
    }

    /// One of them.
    pub fn get(&self, path: &str) -> Option<&Text> {
        self.open.get(path)
    }

    /// The paths of all.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.open.keys()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.open.len()
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use lsp_types::{Position, Range};

    use super::*;

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let position = |(line, character)| Position { line, character };
        TextDocumentContentChangeEvent {
            range: Some(Range::new(position(from), position(to))),
            range_length: None,
            text: text.to_owned(),
        }
    }

    fn after(text: &str, changes: Vec<TextDocumentContentChangeEvent>) -> Option<String> {
        let mut texts = Texts::default();
        let uri = Uri::from_str("file:///a").unwrap();
        texts.open("/a".into(), Text::new(uri, 1, text.into()));
        assert!(texts.change("/a", 2, changes, Units::Utf16));
        texts.get("/a").map(|text| text.text().to_owned())
    }

    #[test]
    fn changes_are_made_one_after_the_other() {
        let changes = vec![change((0, 1), (1, 1), "-"), change((0, 2), (0, 2), "😀é")];
        assert_eq!(after("ab\ncd\n", changes).unwrap(), "a-😀éd\n");
        let changes = vec![change((0, 2), (0, 3), "x")];
        assert_eq!(after("😀é", changes).unwrap(), "😀x");
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        assert_eq!(
            after("a\r\nb", vec![change((0, 9), (0, 9), "x")]).unwrap(),
            "ax\r\nb"
        );
        assert_eq!(
            after("a\nb", vec![change((1, 0), (7, 0), "x")]).unwrap(),
            "a\nx"
        );
    }

    #[test]
    fn a_text_whose_change_makes_no_sense_is_not_known_any_more() {
        assert_eq!(after("ab", vec![change((0, 2), (0, 1), "x")]), None);
    }
}
