//! Any text is compiled as the main file of a programme. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::hostile::compile(bytes));
