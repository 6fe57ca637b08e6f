//! How a text is painted: its pieces in; the numbers that the protocol makes of them out.

use lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
    SemanticTokensParams, SemanticTokensResult,
};
use milepost::ide::{DeclarationKind, TokenKind};

use crate::message::Refusal;
use crate::programmes::Programme;
use crate::{Server, convert};

/// What the numbers stand for.
pub(super) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TYPES.to_vec(),
        token_modifiers: vec![SemanticTokenModifier::DECLARATION],
    }
}

const TYPES: &[SemanticTokenType] = &[
    SemanticTokenType::COMMENT,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::KEYWORD,
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::ENUM,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::STRUCT,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::CLASS,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::EVENT,
];

const fn paint(kind: TokenKind) -> SemanticTokenType {
    match kind {
        TokenKind::Comment => SemanticTokenType::COMMENT,
        TokenKind::Text => SemanticTokenType::STRING,
        TokenKind::Number => SemanticTokenType::NUMBER,
        TokenKind::Keyword => SemanticTokenType::KEYWORD,
        TokenKind::Name(kind) => match kind {
            DeclarationKind::Pathway | DeclarationKind::Alias => SemanticTokenType::NAMESPACE,
            DeclarationKind::Scale => SemanticTokenType::ENUM,
            DeclarationKind::Level | DeclarationKind::Choice | DeclarationKind::Stage => {
                SemanticTokenType::ENUM_MEMBER
            }
            DeclarationKind::Rubric | DeclarationKind::Evidence => SemanticTokenType::STRUCT,
            DeclarationKind::Criterion | DeclarationKind::Field => SemanticTokenType::PROPERTY,
            DeclarationKind::Fact | DeclarationKind::Measure => SemanticTokenType::VARIABLE,
            DeclarationKind::Competency => SemanticTokenType::INTERFACE,
            DeclarationKind::Role => SemanticTokenType::CLASS,
            DeclarationKind::Rule => SemanticTokenType::FUNCTION,
            DeclarationKind::Parameter => SemanticTokenType::PARAMETER,
            DeclarationKind::Label => SemanticTokenType::EVENT,
            DeclarationKind::Scenario => SemanticTokenType::STRING,
        },
    }
}

impl Server<'_> {
    pub(super) fn tokens(
        &mut self,
        about: SemanticTokensParams,
    ) -> Result<Option<SemanticTokensResult>, Refusal> {
        let text = self.text(&about.text_document.uri)?;
        let analysis = &text.programme.analysis;
        let (mut line, mut column) = (0, 0);
        let tokens = analysis.tokens(Programme::MAIN).into_iter().map(|token| {
            let range = convert::span(analysis.sources(), token.span, self.client.units);
            let start = range.start;
            let same = start.line == line;
            let paint = paint(token.kind);
            let number = TYPES.iter().position(|it| *it == paint).unwrap_or_default();
            let told = SemanticToken {
                delta_line: start.line - line,
                delta_start: if same {
                    start.character - column
                } else {
                    start.character
                },
                length: range.end.character.saturating_sub(start.character),
                token_type: u32::try_from(number).unwrap_or_default(),
                token_modifiers_bitset: u32::from(token.declared),
            };
            (line, column) = (start.line, start.character);
            told
        });
        Ok(Some(SemanticTokensResult::Tokens(SemanticTokens {
            result_id: None,
            data: tokens.collect(),
        })))
    }
}
