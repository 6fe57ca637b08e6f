//! How large a programme may be, the same on every host. The syntax has limits of its own.

/// Files of a programme.
pub const FILES: usize = 256;
/// Bytes of all files of a programme.
pub const PROGRAMME_BYTES: usize = 8 << 20;
/// Requirements of a programme, rules written out.
pub const REQUIREMENTS: usize = 100_000;
/// Nesting of requirements, rules written out.
pub const NESTING: usize = 64;
/// What all versions of a programme together declare for records, once for each version.
pub const WORDS: usize = 1_000_000;
/// Diagnostics of a programme; what is beyond is counted.
pub const DIAGNOSTICS: usize = 1_000;
