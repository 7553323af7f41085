//! Fusebox as a wasm file.
//!
//! Everything is in `fusebox::web`. This crate exists because the crate that is linked last decides whether loops become
//! vector instructions: this one is optimised for speed, so the loops of `kernels` do, while `fusebox` itself is
//! built to be small.

#[cfg(target_arch = "wasm32")]
pub use fusebox::web::*;
