//! The command line, on the real binary: what scripts and people rely on.
#![cfg(feature = "cli")]

mod composed;
mod features;
mod fetch;
mod gpu;
mod import;
mod missing;
mod mistakes;
#[path = "../real_data/mod.rs"]
mod real_data;
mod receipt;
mod reproduce;
mod results;
mod server;
mod shop;
mod suite;
mod systems;
mod workplace;
