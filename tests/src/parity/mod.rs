//! Every host gives the same bytes. In: the conformance corpus, the example programmes, programmes and records made up
//! by chance, hostile ones and giants. Out: every host's answers to the questions of [`questions`], compared byte for
//! byte with the native library's.

pub mod case;
pub mod cases;
mod command_line;
pub mod compare;
mod damaged;
mod giants;
pub mod hosts;
pub mod questions;
pub mod run;
pub mod table;
mod written;
