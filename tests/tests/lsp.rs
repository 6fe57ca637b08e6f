//! The language server: what an editor sends in, what does not hold of the answers out.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "an answer that is not there is a failed test"
)]

#[path = "lsp/editor.rs"]
mod editor;
#[path = "lsp/features.rs"]
mod features;
#[path = "lsp/hostile.rs"]
mod hostile;
#[path = "lsp/neovim.rs"]
mod neovim;
#[path = "lsp/random.rs"]
mod random;
#[path = "lsp/wire.rs"]
mod wire;
