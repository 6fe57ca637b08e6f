//! An editor in a page. In: the texts of a programme as they are typed, and places in them. Out: what is known of them.

use milepost::Refusal;
use milepost::wire::to_json;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::document;

/// Texts kept inside. What is refused changes nothing.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Editor(Result<milepost::Editor, Refusal>);

/// Keeps the texts of a programme: a JSON object of path to text, and the path of the main file. If the texts are refused,
/// every question is answered with that refusal.
#[wasm_bindgen]
#[must_use]
pub fn editor(sources: &[u8], main: &str) -> Editor {
    let sources = milepost::sources_from_json(sources);
    Editor(sources.map(|sources| milepost::Editor::new(sources, main)))
}

#[wasm_bindgen]
impl Editor {
    /// Gives a path a new text; an empty document, or a refusal.
    pub fn update(&mut self, path: &str, text: &str) -> Vec<u8> {
        let kept = self.0.as_mut().map_err(|refusal| refusal.clone());
        document(kept.map(|editor| {
            editor.update(path, text);
            String::new()
        }))
    }

    /// Takes a text away; an empty document, or a refusal.
    pub fn remove(&mut self, path: &str) -> Vec<u8> {
        let kept = self.0.as_mut().map_err(|refusal| refusal.clone());
        document(kept.and_then(|editor| editor.remove(path).map(|()| String::new())))
    }

    /// A document: what is wrong or doubtful, as a JSON list.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<u8> {
        self.asked(|editor| Ok(to_json(&editor.diagnostics())))
    }

    /// A document: what is to be said of a place, or `null`.
    #[must_use]
    pub fn hover(&self, path: &str, at: u32) -> Vec<u8> {
        self.asked(|editor| Ok(to_json(&editor.hover(path, at)?)))
    }

    /// A document: what may stand at a place, as a JSON list.
    #[must_use]
    pub fn complete(&self, path: &str, at: u32) -> Vec<u8> {
        self.asked(|editor| Ok(to_json(&editor.complete(path, at)?)))
    }

    /// A document: a text, laid out anew.
    #[must_use]
    pub fn format(&self, path: &str) -> Vec<u8> {
        self.asked(|editor| editor.format(path))
    }

    /// A document: what a text declares, as a JSON list.
    #[must_use]
    pub fn symbols(&self, path: &str) -> Vec<u8> {
        self.asked(|editor| Ok(to_json(&editor.symbols(path)?)))
    }

    /// A document: the pieces of a text, as a JSON list.
    #[must_use]
    pub fn tokens(&self, path: &str) -> Vec<u8> {
        self.asked(|editor| Ok(to_json(&editor.tokens(path)?)))
    }
}

impl Editor {
    fn asked(&self, question: impl Fn(&milepost::Editor) -> Result<String, Refusal>) -> Vec<u8> {
        let kept = self.0.as_ref().map_err(Clone::clone);
        document(kept.and_then(question))
    }
}
