//! Plan, record and date to outcome: the evaluator. No parser, clock, I/O or float takes part.

mod date;
mod decimal;
pub mod outcome;
pub mod plan;
pub mod record;
mod truth;

pub use date::{Date, DateError, Duration, MonthDay, Unit, school_year_end, school_year_start};
pub use decimal::{Decimal, DecimalError};
pub use outcome::Outcome;
pub use plan::{Parts, Plan};
pub use record::Status;
pub use truth::{BITS, DUAL, Truth, Verdict};
