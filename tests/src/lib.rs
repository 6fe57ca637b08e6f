//! The conformance corpus, the oracle and the suites that hold the whole of Milepost.

#![expect(clippy::panic, reason = "everything here is a test, and panicking is how a test fails")]

pub mod differential;
pub mod generator;
pub mod oracle;
