use burn::tensor::ExecutionError;
use thiserror::Error;

use super::SamplerError;
use crate::data::SplitError;
use crate::eval::RankError;
use crate::models::ModelError;
use crate::schema::SpecError;

/// Why a run cannot start or go on.
#[derive(Debug, Error)]
pub enum TrainError {
    #[error(transparent)]
    Spec(#[from] SpecError),
    #[error(transparent)]
    Split(#[from] SplitError),
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error(transparent)]
    Sampler(#[from] SamplerError),
    #[error(
        "the {term} term of the loss became {value} in epoch {epoch}, step {step}, most likely because the learning rate \
         of {learning_rate} is too large; the best epoch so far is kept"
    )]
    Diverged { term: String, epoch: u32, step: u32, value: f64, learning_rate: f64 },
    #[error(transparent)]
    Rank(#[from] RankError),
    #[error("the device failed: {0}")]
    Device(String),
    #[error(
        "the device's results differ from the CPU's by {difference:.1e} of their size, so they cannot be trusted"
    )]
    SelfCheck { difference: f64 },
    #[error("{0} learns no parameters, so there are no weights")]
    NothingLearned(&'static str),
    #[error("there is no user {user}; the data have {users}")]
    NoUser { user: u32, users: usize },
    #[error("there is no item {item}; the data have {items}")]
    NoItem { item: u32, items: usize },
    #[error("{0} learns no vectors of items")]
    NoVectors(&'static str),
    #[error("{0} uses no modality, so none can count more or less")]
    NoContent(&'static str),
    #[error("what each modality contributes cannot be told of {0}")]
    Indivisible(&'static str),
    #[error("{given} weights are given, but {modalities} modalities are used; each needs one, from 0 to 100")]
    Emphasis { given: usize, modalities: usize },
    #[error("no epoch is left that another learning rate could be for")]
    NoEpochLeft,
    #[error("the checkpoint is damaged")]
    DamagedCheckpoint,
    #[error("the checkpoint was made by program {program} on {target}, and only that can go on from it")]
    ForeignCheckpoint { program: String, target: String },
}

impl From<ExecutionError> for TrainError {
    fn from(error: ExecutionError) -> Self {
        Self::Device(error.to_string())
    }
}
