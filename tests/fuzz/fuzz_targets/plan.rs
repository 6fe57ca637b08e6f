//! Any bytes are loaded as a plan whose hash fits, and asked for all that a plan gives. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::plans::try_out(bytes));
