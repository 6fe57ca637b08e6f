//! Cases and answers as bytes. In: what a case gives, or what a host answered. Out: the batches that every host reads,
//! and each answer taken from a batch.
//!
//! Numbers are of four bytes, the lowest first. A batch is a number of cases; a case is a number of inputs; an input is
//! a name and its bytes, each after their length. Answers stand case by case, in the order of the table of questions:
//! each its length and its bytes, or [`NOT_ASKED`].

/// The length of an answer that there is none of, because the case does not have what the question needs.
pub const NOT_ASKED: u32 = u32::MAX;

/// A batch is closed when it has so many bytes.
const BATCH: usize = 1 << 20;

/// Something to ask every host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its inputs by name; the first is its own name.
    inputs: Vec<(&'static str, Vec<u8>)>,
}

impl Case {
    /// A case without inputs.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            inputs: vec![("name", name.into())],
        }
    }

    /// The case with one input more.
    #[must_use]
    pub fn with(mut self, name: &'static str, bytes: impl Into<Vec<u8>>) -> Self {
        self.inputs.push((name, bytes.into()));
        self
    }

    /// The case under another name.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        if let Some((_, bytes)) = self.inputs.first_mut() {
            *bytes = name.into();
        }
        self
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text("name").unwrap_or_default()
    }

    /// An input.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let mut inputs = self.inputs.iter();
        let (_, bytes) = inputs.find(|(input, _)| *input == name)?;
        Some(bytes)
    }

    /// An input that is a text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(name)?).ok()
    }

    /// An input that is a number, in digits.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u32> {
        self.text(name)?.parse().ok()
    }

    /// All inputs.
    pub fn inputs(&self) -> impl Iterator<Item = (&'static str, &[u8])> {
        self.inputs
            .iter()
            .map(|(name, bytes)| (*name, bytes.as_slice()))
    }

    fn size(&self) -> usize {
        self.inputs.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    fn write(&self, out: &mut Vec<u8>) {
        number(out, self.inputs.len());
        for (name, bytes) in &self.inputs {
            counted(out, name.as_bytes());
            counted(out, bytes);
        }
    }
}

/// Cases in batches of a size that can be sent.
#[must_use]
pub fn batches(cases: Vec<Case>) -> Vec<Vec<Case>> {
    let mut batches: Vec<Vec<Case>> = Vec::new();
    let mut size = BATCH;
    for case in cases {
        if size + case.size() > BATCH {
            batches.push(Vec::new());
            size = 0;
        }
        size += case.size();
        if let Some(batch) = batches.last_mut() {
            batch.push(case);
        }
    }
    batches
}

/// A batch as bytes.
#[must_use]
pub fn write(batch: &[Case]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, batch.len());
    for case in batch {
        case.write(&mut out);
    }
    out
}

/// A batch from bytes, with those inputs that are known by name.
#[must_use]
pub fn read(mut bytes: &[u8], known: &[&'static str]) -> Option<Vec<Case>> {
    let mut cases = Vec::new();
    for _ in 0..take_number(&mut bytes)? {
        let mut inputs = Vec::new();
        for _ in 0..take_number(&mut bytes)? {
            let name = take(&mut bytes)?;
            let input = take(&mut bytes)?;
            let name = known.iter().find(|known| known.as_bytes() == name)?;
            inputs.push((*name, input.to_vec()));
        }
        cases.push(Case { inputs });
    }
    bytes.is_empty().then_some(cases)
}

/// Writes an answer.
pub fn answer(out: &mut Vec<u8>, answer: Option<&[u8]>) {
    match answer {
        Some(bytes) => counted(out, bytes),
        None => out.extend(NOT_ASKED.to_le_bytes()),
    }
}

/// Takes an answer from the front: `None` where the bytes end too early, `Some(None)` where nothing was asked.
pub fn take_answer<'a>(bytes: &mut &'a [u8]) -> Option<Option<&'a [u8]>> {
    if bytes.starts_with(&NOT_ASKED.to_le_bytes()) {
        *bytes = bytes.get(4..)?;
        return Some(None);
    }
    take(bytes).map(Some)
}

fn counted(out: &mut Vec<u8>, bytes: &[u8]) {
    number(out, bytes.len());
    out.extend_from_slice(bytes);
}

fn number(out: &mut Vec<u8>, number: usize) {
    let number = u32::try_from(number).unwrap_or_else(|_| panic!("too much for one case"));
    out.extend(number.to_le_bytes());
}

fn take_number(bytes: &mut &[u8]) -> Option<u32> {
    let (number, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*number))
}

fn take<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::try_from(take_number(bytes)?).ok()?;
    let (taken, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let cases = vec![
            Case::new("one").with("record", b"\xff".as_slice()),
            Case::new("two"),
        ];
        let bytes = write(&cases);
        assert_eq!(read(&bytes, &["name", "record"]), Some(cases));
        assert_eq!(read(&bytes, &["name"]), None, "an unknown input");
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end], &["name", "record"]), None, "{end}");
        }
    }

    #[test]
    fn answers_that_are_missing_are_seen() {
        let mut out = Vec::new();
        answer(&mut out, Some(b"yes"));
        answer(&mut out, None);
        let mut left = out.as_slice();
        assert_eq!(take_answer(&mut left), Some(Some(b"yes".as_slice())));
        assert_eq!(take_answer(&mut left), Some(None));
        assert_eq!(take_answer(&mut left), None);
    }

    #[test]
    fn a_batch_is_closed_when_it_is_full() {
        let case = |size| Case::new("c").with("record", vec![0; size]);
        let sizes: Vec<usize> = batches(vec![case(10), case(BATCH), case(10), case(10)])
            .iter()
            .map(Vec::len)
            .collect();
        assert_eq!(sizes, [1, 1, 2]);
    }
}
