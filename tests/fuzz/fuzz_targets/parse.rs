//! Any text is parsed. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::hostile::parse(bytes));
