//! Whole evaluations of small plans, with expected values worked out by hand.
