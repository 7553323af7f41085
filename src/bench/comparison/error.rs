use thiserror::Error;

use crate::data::SplitError;

/// Why runs cannot be held against each other.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum RunsError {
    #[error("these lists are of {found} users, and the data have {users}")]
    OtherUsers { found: usize, users: usize },
    #[error("these lists do not end where they say: at {end} of {found} items")]
    BrokenLists { end: u32, found: usize },
    #[error("these lists hold item {item}, and the data have {items}")]
    NoItem { item: u32, items: usize },
    #[error("there is no run {run}; {runs} were given")]
    NoRun { run: usize, runs: usize },
    #[error("there is no row {row}; {rows} are compared")]
    NoRow { row: usize, rows: usize },
    #[error("the row \"{0}\" has no run")]
    EmptyRow(String),
    #[error("the row \"{label}\" has two runs with seed {seed}")]
    RepeatedSeed { label: String, seed: u32 },
    #[error("\"{one}\" and \"{other}\" are judged differently: {what} {values}")]
    OtherProtocol { one: String, other: String, what: &'static str, values: String },
    #[error("the split \"{split}\" is drawn by the seed, and \"{one}\" has other seeds than \"{other}\"")]
    OtherSplit { split: &'static str, one: String, other: String },
    #[error("there is no slice \"{name}\" in these data; there are {known}")]
    NoSlice { name: String, known: String },
    #[error("lists of {cutoff} are asked for, and those of \"{row}\" have {longest} items")]
    TooLong { cutoff: u32, row: String, longest: u32 },
    #[error("nothing is asked")]
    NothingAsked,
    #[error(transparent)]
    Split(#[from] SplitError),
}
