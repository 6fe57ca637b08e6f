//! Milepost for hosts of WebAssembly. In: bytes and texts. Out: documents as bytes, and handles to what is kept inside.
//!
//! Nothing is decided here; every function hands on to the crate `milepost`, so every host gives the same bytes.
//! No function needs anything of JavaScript, so that a host without it can call them as well:
//!
//! * A *document* is bytes, the first of which says what follows: 0 the document itself, 1 a refusal as JSON.
//! * Where there can be no handle there is none, and a function beside it gives the document that says why.

#[cfg(feature = "compile")]
mod allocations;
#[cfg(feature = "compile")]
mod compile;
mod document;
#[cfg(feature = "compile")]
mod editor;
mod pathway;
mod report;
mod session;

#[cfg(feature = "compile")]
pub use compile::{Compiled, compile};
#[cfg(feature = "compile")]
pub use editor::{Editor, editor};
pub use pathway::Pathway;
pub use report::Report;
pub use session::Session;
