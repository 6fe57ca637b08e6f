//! What an editor in a page asks. In: the texts of a programme as they are typed, and places in them as a string of JavaScript
//! counts. Out: what is wrong, what a place is, what may stand there, how a text is laid out, what it declares and its pieces.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ide::{self, Analysis};
use crate::{FileId, Levels, Refusal, wire};

/// The main file of every programme.
const MAIN: FileId = FileId(0);

/// The texts of a programme, kept while they are written. Each question is answered for the texts as they are now; a place is
/// given in UTF-16 code units from the start of its text, from 0, and one within a character is its beginning.
///
/// ```
/// let text = "pathway p \"P\" { version \"1\" }\ncandidate \"Teacher\" { years : number }\n\
///             role coach \"Coach\" { eligible when yeers >= 3 }\n";
/// let sources = [("main.pathway".to_owned(), text.to_owned())];
/// let mut editor = milepost::Editor::new(sources.into(), "main.pathway");
/// assert_eq!(editor.diagnostics()[0].help, ["did you mean `years`?"]);
///
/// editor.update("main.pathway", text.replace("yeers", "years"));
/// assert!(editor.diagnostics().iter().all(|it| it.severity != milepost::wire::Severity::Error));
/// let years = u32::try_from(text.find("yeers").unwrap()).unwrap();
/// let hover = editor.hover("main.pathway", years)?.unwrap();
/// assert_eq!(hover.markdown, "**fact** `years`: `number`");
/// # Ok::<(), milepost::Refusal>(())
/// ```
#[derive(Clone, Debug)]
pub struct Editor {
    texts: BTreeMap<String, String>,
    main: String,
    /// What is known of the texts as they are now, by the file that was looked at as the main one.
    known: RefCell<BTreeMap<String, Rc<Analysis>>>,
}

impl Editor {
    /// Keeps the texts of the programme whose main file is at `main`. They may be broken, and some may be missing.
    #[must_use]
    pub fn new(sources: BTreeMap<String, String>, main: &str) -> Self {
        Self {
            texts: sources,
            main: main.to_owned(),
            known: RefCell::default(),
        }
    }

    /// A text is another now, or there is one more.
    pub fn update(&mut self, path: &str, text: impl Into<String>) {
        self.texts.insert(path.to_owned(), text.into());
        self.known.get_mut().clear();
    }

    /// There is no such text any more.
    ///
    /// # Errors
    ///
    /// There was none.
    pub fn remove(&mut self, path: &str) -> Result<(), Refusal> {
        self.text(path)?;
        self.texts.remove(path);
        self.known.get_mut().clear();
        Ok(())
    }

    /// What is wrong or doubtful in the programme, with the lints at the levels they have where nothing else is said, and what
    /// mends it where that is certain.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<wire::Diagnostic> {
        let analysis = self.analysis(&self.main);
        let findings = ide::findings(&analysis, &Levels::default());
        let sources = analysis.sources();
        findings
            .iter()
            .map(|found| wire::Diagnostic::new(found, sources))
            .collect()
    }

    /// What is to be said of a place: of a name, what it stands for; anywhere else in a requirement, how it reads.
    ///
    /// # Errors
    ///
    /// There is no such text, or it ends before the place.
    pub fn hover(&self, path: &str, at: u32) -> Result<Option<wire::Hover>, Refusal> {
        self.text(path)?;
        let whole = self.analysis(&self.main);
        let known = whole.plan().and_then(|_| whole.file(path));
        let (analysis, file) =
            known.map_or_else(|| (self.analysis(path), MAIN), |file| (whole, file));
        let offset = offset(&analysis, file, at)?;
        let hover = ide::hover(&analysis, file, offset);
        Ok(hover.map(|hover| wire::Hover::new(hover, analysis.sources())))
    }

    /// What may stand at a place, the likeliest first.
    ///
    /// # Errors
    ///
    /// There is no such text, or it ends before the place.
    pub fn complete(&self, path: &str, at: u32) -> Result<Vec<wire::Completion>, Refusal> {
        self.text(path)?;
        let analysis = self.analysis(path);
        let offers = analysis.complete(MAIN, offset(&analysis, MAIN, at)?);
        let sources = analysis.sources();
        Ok(offers
            .into_iter()
            .map(|offer| wire::Completion::new(offer, sources))
            .collect())
    }

    /// A text as `milepost fmt` lays it out; what cannot be read stays as it is.
    ///
    /// # Errors
    ///
    /// There is no such text.
    pub fn format(&self, path: &str) -> Result<String, Refusal> {
        Ok(crate::format(self.text(path)?).text)
    }

    /// What a text declares, each with what belongs to it, in the order written.
    ///
    /// # Errors
    ///
    /// There is no such text.
    pub fn symbols(&self, path: &str) -> Result<Vec<wire::Symbol>, Refusal> {
        self.text(path)?;
        let analysis = self.analysis(path);
        let declarations = analysis.declarations(MAIN);
        Ok(wire::Symbol::tree(declarations, analysis.sources()))
    }

    /// The pieces of a text, for painting it, in order.
    ///
    /// # Errors
    ///
    /// There is no such text.
    pub fn tokens(&self, path: &str) -> Result<Vec<wire::Token>, Refusal> {
        self.text(path)?;
        let analysis = self.analysis(path);
        let tokens = analysis.tokens(MAIN).into_iter();
        let sources = analysis.sources();
        Ok(tokens
            .map(|token| wire::Token::new(token, sources))
            .collect())
    }

    fn text(&self, path: &str) -> Result<&str, Refusal> {
        let text = self.texts.get(path).map(String::as_str);
        text.ok_or_else(|| Refusal::because(format!("there is no text `{path}`")))
    }

    /// The programme, or the part of one, whose main file is at a path.
    fn analysis(&self, path: &str) -> Rc<Analysis> {
        if let Some(known) = self.known.borrow().get(path) {
            return Rc::clone(known);
        }
        let analysis = Rc::new(ide::analyse(&self.texts, path));
        let mut known = self.known.borrow_mut();
        known.insert(path.to_owned(), Rc::clone(&analysis));
        analysis
    }
}

/// The byte offset of a place.
fn offset(analysis: &Analysis, file: FileId, at: u32) -> Result<u32, Refusal> {
    let source = analysis.sources().get(file);
    let offset = source.and_then(|source| source.byte(at));
    offset.ok_or_else(|| Refusal::because(format!("the text ends before place {at}")))
}
