//! The conformance corpus, the oracle and the suites that hold the whole of Milepost.
