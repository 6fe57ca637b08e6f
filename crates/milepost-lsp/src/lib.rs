//! The language server: messages of the Language Server Protocol in, messages out.
//!
//! What is answered comes from [`milepost::ide`]; here is only the protocol: which texts are open, in which version, and how
//! places, names and edits are written in it. Files and settings come from a [`Host`].

mod answers;
mod convert;
mod framing;
mod message;
mod paths;
mod programmes;
mod queue;
mod serve;
mod server;
mod texts;
mod workspace;

use milepost::Levels;

pub use framing::{Frame, LARGEST_MESSAGE, read_frame, write_frame};
pub use serve::serve;
pub use server::{Held, Server};

/// Where files and settings come from. Paths are absolute and written with `/`.
pub trait Host {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// It cannot be read; a sentence for people.
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;

    /// The `.pathway` files below a folder, in any order; as many as somebody can be expected to wait for.
    fn below(&self, folder: &str) -> Vec<String>;

    /// How seriously warnings are taken in a programme.
    ///
    /// # Errors
    ///
    /// The settings cannot be understood; a sentence for people.
    fn levels(&self, path: &str) -> Result<Levels, String>;
}
