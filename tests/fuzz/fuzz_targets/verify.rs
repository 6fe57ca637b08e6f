//! A receipt of a kept decision: verified. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::hostile::verify(bytes));
