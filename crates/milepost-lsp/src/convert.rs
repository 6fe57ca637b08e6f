//! Places, problems and names as the protocol writes them: what [`milepost::ide`] says in, the protocol's shapes out.

use lsp_types::{
    CodeActionKind, CompletionItemKind, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Position, Range, SymbolKind, TextEdit, Uri,
};
use milepost::ide::{Analysis, DeclarationKind, Edit};
use milepost::{Diagnostic, Place, Severity, Source, Sources, Span, Units};

/// A place as the protocol writes it.
pub const fn place(at: Position) -> Place {
    Place {
        line: at.line,
        column: at.character,
    }
}

/// A stretch of a text.
pub fn range(source: &Source, start: u32, end: u32, units: Units) -> Range {
    let position = |offset| {
        let at = source.place(offset, units);
        Position::new(at.line, at.column)
    };
    Range::new(position(start), position(end))
}

/// A stretch of one of the texts of a programme.
pub fn span(sources: &Sources, span: Span, units: Units) -> Range {
    let source = sources.get(span.file);
    source.map_or_else(Range::default, |source| {
        range(source, span.start, span.end, units)
    })
}

/// The path of a text of a programme.
pub fn name(sources: &Sources, at: Span) -> &str {
    sources.get(at.file).map_or("", Source::name)
}

/// A place in one of the texts of a programme; `uri` says how the editor calls a path.
pub fn location(
    sources: &Sources,
    at: Span,
    units: Units,
    uri: &impl Fn(&str) -> Option<Uri>,
) -> Option<Location> {
    Some(Location {
        uri: uri(name(sources, at))?,
        range: span(sources, at, units),
    })
}

/// A problem.
pub fn diagnostic(
    sources: &Sources,
    problem: &Diagnostic,
    units: Units,
    uri: &impl Fn(&str) -> Option<Uri>,
) -> lsp_types::Diagnostic {
    let mut labels = problem.labels.iter();
    let here = labels.next();
    let related = labels.filter_map(|label| {
        Some(DiagnosticRelatedInformation {
            location: location(sources, label.span, units, uri)?,
            message: label.text.clone(),
        })
    });
    let related: Vec<_> = related.collect();
    let mut message = problem.message.clone();
    let said = here.map(|label| label.text.as_str());
    if let Some(more) = said.filter(|text| !text.is_empty()) {
        message = format!("{message}: {more}");
    }
    for help in &problem.help {
        message = format!("{message}\nhelp: {help}");
    }
    lsp_types::Diagnostic {
        range: here.map_or_else(Range::default, |label| span(sources, label.span, units)),
        severity: Some(match problem.severity() {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(problem.code.as_str().to_owned())),
        source: Some("milepost".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..lsp_types::Diagnostic::default()
    }
}

/// A change of a text.
pub fn edit(analysis: &Analysis, edit: &Edit, units: Units) -> TextEdit {
    TextEdit {
        range: span(analysis.sources(), edit.span, units),
        new_text: edit.text.clone(),
    }
}

/// What mends something.
pub const MENDS: CodeActionKind = CodeActionKind::QUICKFIX;

/// What mends all that is certain, when a text is saved for instance.
pub const MENDS_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.milepost");

/// How an outline shows a declaration.
pub const fn symbol(kind: DeclarationKind) -> SymbolKind {
    match kind {
        DeclarationKind::Pathway => SymbolKind::MODULE,
        DeclarationKind::Alias => SymbolKind::NAMESPACE,
        DeclarationKind::Scale => SymbolKind::ENUM,
        DeclarationKind::Level | DeclarationKind::Choice => SymbolKind::ENUM_MEMBER,
        DeclarationKind::Rubric => SymbolKind::STRUCT,
        DeclarationKind::Criterion | DeclarationKind::Field => SymbolKind::FIELD,
        DeclarationKind::Fact => SymbolKind::VARIABLE,
        DeclarationKind::Evidence => SymbolKind::STRUCT,
        DeclarationKind::Competency => SymbolKind::INTERFACE,
        DeclarationKind::Role => SymbolKind::CLASS,
        DeclarationKind::Stage => SymbolKind::CONSTANT,
        DeclarationKind::Rule => SymbolKind::FUNCTION,
        DeclarationKind::Parameter => SymbolKind::VARIABLE,
        DeclarationKind::Measure => SymbolKind::NUMBER,
        DeclarationKind::Label => SymbolKind::KEY,
        DeclarationKind::Scenario => SymbolKind::EVENT,
    }
}

/// How a list of what may stand somewhere shows a name.
pub const fn offered(kind: DeclarationKind) -> CompletionItemKind {
    match kind {
        DeclarationKind::Pathway | DeclarationKind::Alias => CompletionItemKind::MODULE,
        DeclarationKind::Scale => CompletionItemKind::ENUM,
        DeclarationKind::Level | DeclarationKind::Choice => CompletionItemKind::ENUM_MEMBER,
        DeclarationKind::Rubric | DeclarationKind::Evidence => CompletionItemKind::STRUCT,
        DeclarationKind::Criterion | DeclarationKind::Field => CompletionItemKind::FIELD,
        DeclarationKind::Competency => CompletionItemKind::INTERFACE,
        DeclarationKind::Role => CompletionItemKind::CLASS,
        DeclarationKind::Stage => CompletionItemKind::CONSTANT,
        DeclarationKind::Rule => CompletionItemKind::FUNCTION,
        DeclarationKind::Measure => CompletionItemKind::VALUE,
        DeclarationKind::Label => CompletionItemKind::REFERENCE,
        DeclarationKind::Scenario => CompletionItemKind::EVENT,
        DeclarationKind::Fact | DeclarationKind::Parameter => CompletionItemKind::VARIABLE,
    }
}
