//! A plan as a file. In: a [`Plan`], or bytes that come from strangers. Out: its bytes, the same on every host; or the plan
//! again, if the bytes are whole, possible and hold together.
//!
//! A readable first line names the format, then come the length of the content, the content and the SHA-256 of all
//! before it. The content is [`Parts`] laid out as `layout.rs` says, what the programme is called first; then as many of
//! its earlier versions as there are, the newest first.

mod bytes;
mod layout;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use sha2::{Digest, Sha256};

use super::{Node, Parts, Plan, PlanError, VERSIONS};
use bytes::{Fault, Layout, Reader, Writer};

/// The format that is written. Whoever changes `layout.rs` raises it, and keeps a reader for those before it.
pub const FORMAT: u32 = 2;
/// Bytes of a plan file.
pub const LARGEST: usize = 32 << 20;
/// What every plan begins with, whatever its format.
pub const MAGIC: &[u8] = b"milepost plan ";
/// Bytes of the hash at the end.
const HASH: usize = 32;
/// Digits of a format; more make no sense.
const DIGITS: usize = 6;

/// Why bytes are no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanFileError {
    /// They do not begin as a plan does.
    #[error("this is no compiled plan: a plan begins with the words `milepost plan`")]
    NotAPlan,
    /// They are the text of a programme.
    #[error(
        "this is the text of a programme, not a compiled plan: `milepost compile` makes a plan of it"
    )]
    Text,
    /// A later release made it.
    #[error(
        "a later Milepost made this plan: it has format {0}, this Milepost reads up to {FORMAT}; update Milepost"
    )]
    Later(u32),
    /// It is larger than any plan.
    #[error("this plan is too large: {0} bytes, and a plan has at most {LARGEST}")]
    TooLarge(usize),
    /// Its end is missing.
    #[error("this plan is cut short: its end is missing; copy or download it again")]
    Truncated,
    /// Something comes after its end.
    #[error("something follows the end of this plan; copy or download it again")]
    TooLong,
    /// Its bytes are not those that were written.
    #[error(
        "this plan is damaged: its bytes are not those that were written; copy or download it again"
    )]
    Damaged,
    /// It is whole, and says what no plan says.
    #[error("no Milepost wrote this plan: at byte {at}, {what}")]
    Impossible {
        /// The place, counted from 0.
        at: usize,
        /// What is said there.
        what: &'static str,
    },
    /// It is whole, and its parts do not fit one another.
    #[error("no Milepost wrote this plan: {0}")]
    Unsound(#[from] PlanError),
}

impl From<Fault> for PlanFileError {
    fn from((at, what): Fault) -> Self {
        Self::Impossible { at, what }
    }
}

/// What a plan says of itself before all else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanHeader {
    /// The format it is written in.
    pub format: u32,
    /// The name of the programme.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// SHA-256 of its texts.
    pub definition: [u8; 32],
}

impl PlanHeader {
    /// Reads what a plan is called, without the rest.
    ///
    /// # Errors
    ///
    /// The bytes are no plan, or not those that were written.
    pub fn read(bytes: &[u8]) -> Result<Self, PlanFileError> {
        let mut from = content(bytes)?;
        let header = Self {
            format: from.format(),
            name: Layout::read(&mut from),
            version: Layout::read(&mut from),
            definition: Layout::read(&mut from),
        };
        from.sound()?;
        Ok(header)
    }
}

impl Plan {
    /// The plan as a file: the same bytes on every host.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        sealed(self)
    }

    /// Reads a plan from a file. Nothing that the bytes say is trusted.
    ///
    /// # Errors
    ///
    /// The bytes are no plan, not those that were written, or say what no programme says.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PlanFileError> {
        let mut from = content(bytes)?;
        let parts = Parts::read(&mut from);
        let older = if from.format() >= 2 {
            Vec::<Parts>::read(&mut from)
        } else {
            Vec::new()
        };
        from.finish()?;
        if older.len() >= VERSIONS {
            return Err(PlanError::TooMany("versions").into());
        }
        let older = older.into_iter().map(Self::new).collect::<Result<_, _>>()?;
        Ok(Self::new(parts)?.replacing(older)?)
    }
}

/// Whether bytes begin as a plan does.
#[must_use]
pub fn is_plan(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The bytes that a requirement takes in a file.
#[must_use]
pub fn size_of_node(node: &Node) -> usize {
    let mut out = Writer::default();
    node.write(&mut out);
    out.bytes().len()
}

/// The bytes that a plan takes in a file.
#[must_use]
pub fn size(plan: &Plan) -> usize {
    framed(plan).len() + HASH
}

fn sealed(plan: &Plan) -> Vec<u8> {
    let mut bytes = framed(plan);
    let hash = Sha256::digest(&bytes);
    bytes.extend_from_slice(&hash);
    bytes
}

/// All but the hash.
fn framed(plan: &Plan) -> Vec<u8> {
    let mut content = Writer::default();
    plan.parts().write(&mut content);
    content.count(plan.older().len());
    for older in plan.older() {
        older.parts().write(&mut content);
    }
    let content = content.bytes();
    let mut out = Writer::default();
    out.raw(format!("milepost plan {FORMAT}\n").as_bytes());
    out.count(content.len());
    out.raw(&content);
    out.bytes()
}

/// What stands between the first line and the hash, if the bytes are those that were written.
fn content(bytes: &[u8]) -> Result<Reader<'_>, PlanFileError> {
    let mut from = Reader::new(bytes);
    let format = format(&mut from, bytes)?;
    if format > FORMAT {
        return Err(PlanFileError::Later(format));
    }
    from.of_format(format);
    if bytes.len() > LARGEST {
        return Err(PlanFileError::TooLarge(bytes.len()));
    }
    let length = from.length();
    from.sound().map_err(|_| PlanFileError::Truncated)?;
    let end = from.at().saturating_add(length);
    let whole = end.saturating_add(HASH);
    match bytes.len().cmp(&whole) {
        Ordering::Less => return Err(PlanFileError::Truncated),
        Ordering::Greater => return Err(PlanFileError::TooLong),
        Ordering::Equal => {}
    }
    let (hashed, hash) = bytes
        .split_at_checked(end)
        .ok_or(PlanFileError::Truncated)?;
    if Sha256::digest(hashed).as_slice() != hash {
        return Err(PlanFileError::Damaged);
    }
    from.end_at(end);
    Ok(from)
}

/// Reads the first line: the format.
fn format(from: &mut Reader<'_>, bytes: &[u8]) -> Result<u32, PlanFileError> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return Err(if !bytes.is_empty() && MAGIC.starts_with(bytes) {
            PlanFileError::Truncated
        } else if looks_like_text(bytes) {
            PlanFileError::Text
        } else {
            PlanFileError::NotAPlan
        });
    };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = rest
        .get(..digits)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    let number = number.filter(|number| number.len() <= DIGITS && !number.starts_with('0'));
    match (
        rest.get(digits),
        number.and_then(|number| number.parse().ok()),
    ) {
        (Some(b'\n'), Some(format)) => {
            from.take(MAGIC.len() + digits + 1);
            Ok(format)
        }
        (None, _) if digits <= DIGITS => Err(PlanFileError::Truncated),
        _ => Err(PlanFileError::NotAPlan),
    }
}

/// Whether somebody may have taken a `.pathway` file for a plan: it begins with a word or a comment.
fn looks_like_text(bytes: &[u8]) -> bool {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let beginnings: [&[u8]; 10] = [
        b"//",
        b"pathway",
        b"use",
        b"scale",
        b"rubric",
        b"candidate",
        b"evidence",
        b"competency",
        b"role",
        b"rule",
    ];
    beginnings
        .iter()
        .any(|beginning| bytes.starts_with(beginning))
}
