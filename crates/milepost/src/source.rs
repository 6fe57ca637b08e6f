//! Where texts come from: a path in, its bytes or the reason why not out.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};

use crate::wire::Refusal;

/// Something that gives the texts of a programme.
pub trait SourceReader {
    /// The bytes at a path, which is written with `/` and relative to where the main file's path is.
    ///
    /// # Errors
    ///
    /// There is no such text, or it cannot be read; the reason is a sentence for people.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

impl<P: Borrow<str> + Ord, T: AsRef<[u8]>> SourceReader for BTreeMap<P, T> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        found(self.get(path))
    }
}

impl<P: Borrow<str> + Eq + Hash, T: AsRef<[u8]>, S: BuildHasher> SourceReader for HashMap<P, T, S> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        found(self.get(path))
    }
}

impl<F: Fn(&str) -> Result<Vec<u8>, String>> SourceReader for F {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self(path)
    }
}

/// The texts of a JSON object of path to text.
///
/// # Errors
///
/// It is no such object; the reason is a sentence for people.
///
/// ```
/// let sources = milepost::sources_from_json(br#"{ "main.pathway": "// nothing yet" }"#)?;
/// assert_eq!(milepost::compile(&sources, "main.pathway").sources().iter().count(), 1);
/// # Ok::<(), milepost::Refusal>(())
/// ```
pub fn sources_from_json(json: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    serde_json::from_slice(json).map_err(|_| Refusal::because("expected an object of path to text"))
}

fn found<T: AsRef<[u8]>>(text: Option<&T>) -> Result<Vec<u8>, String> {
    text.map(|text| text.as_ref().to_vec())
        .ok_or_else(|| "there is no such file or folder".to_owned())
}
