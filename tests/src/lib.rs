//! The conformance corpus, the oracle and the suites that hold the whole of Milepost.

#![expect(
    clippy::panic,
    reason = "everything here is a test, and panicking is how a test fails"
)]

pub mod changed;
pub mod cohorts;
mod completion;
pub mod conformance;
pub mod damage;
pub mod differential;
pub mod examples;
pub mod generator;
pub mod hostile;
pub mod oracle;
pub mod parity;
pub mod plans;
pub mod properties;
pub mod rewritten;
pub mod session;
pub mod time;
pub mod versions;
