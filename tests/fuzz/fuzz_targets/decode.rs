//! Any bytes are decoded as a record of the example programmes, and evaluated if they are one. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::hostile::decode(bytes));
