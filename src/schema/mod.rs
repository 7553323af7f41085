//! The paper's three questions as types, and the specification of one run.

mod spec;

pub use spec::*;
