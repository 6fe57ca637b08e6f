//! Records: what goes in comes out again, in the order of dates.
