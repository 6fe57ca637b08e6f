//! Plan, record and date to outcome: the evaluator. No parser, clock, I/O or float takes part.

pub mod ahead;
mod date;
mod decimal;
mod evaluate;
pub mod next;
pub mod order;
pub mod outcome;
pub mod plan;
pub mod record;
mod truth;

pub use ahead::{Ahead, History};
pub use date::{Date, DateError, Duration, MonthDay, Unit, school_year_end, school_year_start};
pub use decimal::{Decimal, DecimalError};
pub use evaluate::{
    Asked, Evaluator, Explainer, Links, Memory, Target, Touched, UNITS, Updated, WaiverStanding,
    horizon, waiver_standing,
};
pub use outcome::{Explanation, Outcome};
pub use plan::file::{PlanFileError, PlanHeader};
pub use plan::{Parts, Plan, PlanError};
pub use record::{Credential, Evidence, Record, RecordBuilder, RecordError, Status};
pub use truth::{BITS, DUAL, Truth, Verdict};
