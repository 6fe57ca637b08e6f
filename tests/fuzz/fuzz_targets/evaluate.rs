//! A programme, NUL, a record, and perhaps NUL and a day: compiled, decoded, evaluated. In: what the fuzzer makes up. Out: nothing, or a panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| milepost_tests::hostile::evaluate(bytes));
