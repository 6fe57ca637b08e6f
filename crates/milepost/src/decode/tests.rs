//! Records and what is wrong with them.
