//! The command line, on the real binary: what scripts and people rely on.
#![cfg(feature = "cli")]

mod features;
mod gpu;
mod import;
mod mistakes;
mod receipt;
mod reproduce;
mod shop;
mod suite;
mod systems;
mod workplace;
