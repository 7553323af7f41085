//! Other people's layouts, one file each.
//!
//! An importer reads a [`Folder`], which may lie on disk or have been dropped on the page, and gives a checked
//! [`Dataset`] and notes on what it met. Three rules hold for all of them:
//!
//! - The items are those that somebody interacted with, in any part. One without features stays and is marked
//!   missing; features and texts of other items are left out, which a note says.
//! - Users and items are numbered in ascending order of their identifiers, as numbers when all are whole numbers, and
//!   every other file is matched by identifier, never by position (reference, section 0, trap 15).
//! - Ratings become 1 where the source has none; timestamps become 0.
//!
//! Layouts that are reviews and no more ([`amazon_2014`], [`amazon_2023`], [`movielens`], [`csv`]) are prepared as [`Raw`]
//! says. Their files are read line by line, and lines that cannot be used are left out and counted until they are too many.
//!
//! Which of the layouts a folder has, its files say ([`Recognised`]).

mod amazon;
pub mod amazon_2014;
pub mod amazon_2023;
mod content;
pub mod csv;
mod described;
pub mod ducho;
pub mod elliot;
mod folder;
mod head;
mod identifiers;
mod interactions;
mod layout;
mod lines;
pub mod mmrec;
mod moment;
pub mod movielens;
pub mod npy;
mod parts;
mod python;
mod quoted;
mod raw;
mod releases;
#[cfg(test)]
mod sample;
mod stream;
mod table;
mod texts;

use thiserror::Error;

use super::{Dataset, DatasetError, Part, Provenance, SplitError, SubsampleError};

#[cfg(feature = "cli")]
pub use folder::DiskFolder;
pub use folder::{Folder, MemoryFolder, Opened};
pub use head::Head;
pub use layout::{Layout, Recognised, Wanted};
use npy::NpyError;
pub use python::LiteralError;
pub use raw::Raw;
pub use stream::Progress;

/// A data set from outside, and what its importer has to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    pub dataset: Dataset,
    /// Sentences on what was missing or left out.
    pub notes: Vec<String>,
}

/// Of data in a layout whose files say nothing of where they come from: `whose` as in `MMRec's`.
fn of_layout(name: &str, whose: &str, layout: &str) -> Provenance {
    Provenance {
        source: format!("{name}, files in {whose} layout"),
        licence: "as the source's; the files do not state it".into(),
        recipe: format!("import {layout}"),
        synthetic: false,
    }
}

/// Why outside data cannot be imported.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ImportError {
    #[error("{file} cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    #[error("there is no {expected}; the {layout} layout needs it")]
    MissingFile { layout: &'static str, expected: &'static str },
    #[error("no kind of data is recognised: {found}")]
    NoLayout { found: String },
    #[error("nobody said which tables these are and what their columns mean")]
    NoTables,
    #[error(
        "{file} has {size} MB, and at most {most} MB of one file can be held here at once; the program can"
    )]
    TooLarge { file: String, size: u64, most: u64 },
    #[error("{first} and {second} are both there; only one can be the {what}")]
    Ambiguous { what: String, first: String, second: String },
    #[error("{file} is not UTF-8 text: line {line} has a byte that cannot be")]
    NotText { file: String, line: usize },
    #[error("{file} is not packed by gzip, as its name says it is")]
    NotGzip { file: String },
    #[error("{file} is cut off {place}")]
    CutOff { file: String, place: String },
    #[error("{file} is damaged {place}: {reason}")]
    Damaged { file: String, place: String, reason: String },
    #[error("{file}, line {line}: it is longer than {longest} bytes")]
    LongLine { file: String, line: usize, longest: usize },
    #[error("{file}, line {line}, column {column}: {reason}")]
    Json { file: String, line: usize, column: usize, reason: String },
    #[error("{file}, line {line}, {source}")]
    Python { file: String, line: usize, source: LiteralError },
    #[error(
        "{file}: {malformed} of the first {lines} lines cannot be used, more than ten and more than one in a \
         hundred: {}",
        sentences(first)
    )]
    Malformed { file: String, malformed: usize, lines: usize, first: Vec<Self> },
    #[error("{file}: not one of its {lines} lines can be used: {}", sentences(first))]
    AllMalformed { file: String, lines: usize, first: Vec<Self> },
    #[error("{file}, line {line}: there is no {field}")]
    NoField { file: String, line: usize, field: &'static str },
    #[error(
        "{file}, record {record}: it does not begin with the ten letters and digits of an item (records counted from 0)"
    )]
    RecordName { file: String, record: usize },
    #[error("{file} is empty; {expected} expected")]
    NoLines { file: String, expected: &'static str },
    #[error("{file}, line {line}: {found} tab-separated columns, expected {expected}")]
    Columns { file: String, line: usize, found: usize, expected: String },
    #[error("{file}, line {line}: {found} cells, expected {expected} as in the first line")]
    Uneven { file: String, line: usize, found: usize, expected: usize },
    #[error("{file}, line {line}: {found} cells between {separator:?}, expected {expected}")]
    Cells { file: String, line: usize, found: usize, separator: &'static str, expected: usize },
    #[error("{file}, line 1: there is no column {column}; the header has {found}")]
    NoColumn { file: String, column: String, found: String },
    #[error("{file}, line {line}: the {field} is \"{value}\", expected {expected}")]
    Field { file: String, line: usize, field: &'static str, value: String, expected: &'static str },
    #[error(
        "{file}, line {line}: user {user} and item {item} occur a second time (first in {first_file}, line \
         {first_line}); a pair may occur once in all parts together"
    )]
    DuplicatePair {
        file: String,
        line: usize,
        user: String,
        item: String,
        first_file: String,
        first_line: usize,
    },
    #[error("{file}, line {line}: {field} {value} occurs a second time (first in line {first_line})")]
    DuplicateRow { file: String, line: usize, field: &'static str, value: String, first_line: usize },
    #[error("{file} has no row for {field} {value}, which the interactions name")]
    NoRow { file: String, field: &'static str, value: String },
    #[error("{file}: not a single interaction for {}; each of train, validation and test needs some", part_name(*part))]
    EmptyPart { file: String, part: Part },
    #[error("{file}: the name is not the whole number of an item, as 17.npy would be")]
    FileName { file: String },
    #[error("{file}: {source}")]
    Npy { file: String, source: NpyError },
    #[error("{file} has the shape [{rows}, {dim}], expected one vector: (D,) or (1, D)")]
    NotOneVector { file: String, rows: usize, dim: usize },
    #[error(
        "{file} has a vector of length {found}, while {first_file} has {expected}; all must have the same length"
    )]
    Length { file: String, found: usize, first_file: String, expected: usize },
    #[error(
        "{file} has {rows} rows, none for item {item}; a stacked file needs one for each item, counted from 0"
    )]
    TooFewRows { file: String, rows: usize, item: String },
    #[error("{file} has {rows} rows, while {order} names {names} items; there must be as many")]
    RowNames { file: String, rows: usize, order: String, names: usize },
    #[error(
        "{file}, row {row}: value {column} is {value}; features must be finite (rows and values counted from 0)"
    )]
    NotFinite { file: String, row: usize, column: usize, value: f32 },
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    #[error(transparent)]
    Core(#[from] SubsampleError),
    #[error(transparent)]
    Split(#[from] SplitError),
}

fn sentences(errors: &[ImportError]) -> String {
    errors.iter().map(ImportError::to_string).collect::<Vec<_>>().join("; ")
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Train => "train",
        Part::Validation => "validation",
        Part::Test => "test",
    }
}
