//! What a rule asks for where it is called: a place in; its parameters, and which of them is being written, out.

use milepost_diagnostics::FileId;

use crate::Analysis;
use crate::declarations::DeclarationKind;
use crate::lexis::{PieceKind, pieces};

/// A rule and its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `rule NAME(…)`
    pub label: String,
    /// Its documentation.
    pub doc: Option<String>,
    /// Each parameter with its type, as it stands in the label.
    pub parameters: Vec<String>,
    /// Which of them is being written, by its place.
    pub active: Option<usize>,
}

impl Analysis {
    /// The rule in whose parentheses a place is.
    #[must_use]
    pub fn signature(&self, file: FileId, offset: u32) -> Option<Signature> {
        let text = self.text(file).get(..offset as usize)?;
        let before = pieces(text);
        let open = before.iter().rposition(|piece| piece.is("("))?;
        let (inside, head) = (before.get(open + 1..)?, before.get(..open)?);
        if inside
            .iter()
            .any(|piece| piece.is(")") || piece.is("{") || piece.is("}"))
        {
            return None;
        }
        let name = head.last().filter(|piece| piece.kind == PieceKind::Word)?;
        let rule = head
            .iter()
            .rev()
            .find(|piece| !piece.is(".") && piece.is("rule"));
        rule?;
        let (of, rule) = self.rule_named(name.text)?;
        let own = self.declarations(of);
        let parameters: Vec<_> = own
            .iter()
            .filter(|it| it.parent == Some(rule) && it.kind == DeclarationKind::Parameter)
            .map(|it| {
                let ty = it.ty.map_or("", |ty| self.sources().text(ty));
                (it.name.as_str(), format!("{}: {ty}", it.name))
            })
            .collect();
        let last = inside.iter().rposition(|piece| piece.is(","));
        let argument = inside.get(last.map_or(0, |comma| comma + 1)..)?;
        let written = argument.first().map(|piece| piece.text);
        let given: Vec<_> = inside
            .windows(2)
            .filter_map(|pair| match pair {
                [name, colon] if colon.is(":") => Some(name.text),
                _ => None,
            })
            .collect();
        let named = parameters
            .iter()
            .position(|(name, _)| Some(*name) == written);
        let active = named.or_else(|| {
            parameters
                .iter()
                .position(|(name, _)| !given.contains(name))
        });
        let doc = own.get(rule).and_then(|rule| rule.doc.clone());
        let parameters: Vec<_> = parameters.into_iter().map(|(_, text)| text).collect();
        Some(Signature {
            label: format!("rule {}({})", name.text, parameters.join(", ")),
            doc,
            parameters,
            active,
        })
    }

    /// The rule of that name, in whichever file.
    fn rule_named(&self, name: &str) -> Option<(FileId, usize)> {
        self.sources().iter().find_map(|(file, _)| {
            let mut own = self.declarations(file).iter();
            let place = own.position(|it| it.kind == DeclarationKind::Rule && it.name == name)?;
            Some((file, place))
        })
    }
}
