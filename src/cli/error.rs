use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::fetch::{FetchError, RecipeError as FetchRecipeError};
use crate::bench::LinkError;
use crate::bench::suite::{ComparisonError, SuiteError};
use crate::data::import::ImportError;
use crate::data::twins::RecipeError;
use crate::data::{BundleError, DatasetError, ReductionError, SubsampleError};
use crate::eval::ForeignError;
use crate::features::{ExtractionError, SheetError};
use crate::schema::SpecError;
use crate::train::TrainError;

/// Why a command failed, in one sentence.
#[derive(Debug, Error)]
pub enum CliError {
    #[error("{path} cannot be read: {source}", path = path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} cannot be written: {source}", path = path.display())]
    Write { path: PathBuf, source: io::Error },
    #[error("standard output cannot be written: {0}")]
    Output(io::Error),
    #[error("{path} is no bundle that can be used: {source}", path = path.display())]
    Bundle { path: PathBuf, source: BundleError },
    #[error("{path}: {message}", path = path.display())]
    Syntax { path: PathBuf, message: String },
    #[error("`{0}` is neither a system (see `fusebox schema`), a link, nor a file that exists")]
    NoSpec(String),
    #[error("`--set {0}` has no `=`; write `--set key=value`")]
    NoValue(String),
    #[error(
        "`{option}` is for data without parts; this layout says itself what is train, validation and test"
    )]
    OwnParts { option: &'static str },
    #[error(
        "options that name tables and columns are for `csv`; this layout says itself what its columns mean"
    )]
    OwnColumns,
    #[error("no GPU can be used: {0}")]
    NoGpu(String),
    #[error("the data have no user `{0}`")]
    NoUser(String),
    #[error("{path}: {source}", path = path.display())]
    Lists { path: PathBuf, source: ForeignError },
    #[error("{path}: {source}", path = path.display())]
    Recipe { path: PathBuf, source: RecipeError },
    #[error(
        "`{dataset}` is neither a data set that can be fetched ({known}) nor a recipe's file that exists"
    )]
    NoRecipe { dataset: String, known: String },
    #[error("{path}: {source}", path = path.display())]
    FetchRecipe { path: PathBuf, source: FetchRecipeError },
    #[error("{path}: {source}", path = path.display())]
    Suite { path: PathBuf, source: SuiteError },
    #[error("{path} has no receipt `{name}` among {count}; the first is `{first}`", path = path.display())]
    NotPacked { path: PathBuf, name: String, count: usize, first: String },
    #[error("the program cannot be started again for the runs of a suite: {0}")]
    NoProgram(io::Error),
    #[error("standard input has no run to make: {0}")]
    NoRun(String),
    #[error("the run ended without a receipt")]
    NoReceipt,
    #[error(transparent)]
    Comparison(#[from] ComparisonError),
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Subsample(#[from] SubsampleError),
    #[error(transparent)]
    Reduce(#[from] ReductionError),
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    #[error(transparent)]
    Extraction(#[from] ExtractionError),
    #[error(transparent)]
    Sheet(#[from] SheetError),
    #[error(transparent)]
    Spec(#[from] SpecError),
    #[error(transparent)]
    Link(#[from] LinkError),
    #[error(transparent)]
    Train(#[from] TrainError),
}
