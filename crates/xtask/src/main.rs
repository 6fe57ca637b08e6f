//! The project's chores: `cargo xtask NAME`.
fn main() {}
