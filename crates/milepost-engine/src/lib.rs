//! Plan, record and date to outcome.
