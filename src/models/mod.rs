//! The recommenders: one trait, one registry, one file a system.

mod batch;
mod bpr_mf;
mod light_gcn;
mod loss;
mod parameters;
mod popularity;
mod representation;
mod vbpr;

use burn::tensor::{Device, Tensor};
use thiserror::Error;

use crate::data::{Dataset, Problem};
use crate::schema::{CheckedSpec, System};

pub use batch::{Batch, Triples};
pub use parameters::{Initialiser, Parameter, Parameters};
pub use representation::{Representation, Scores};

/// One term of a loss: its name and a tensor of one element, already weighted.
pub type LossTerm = (&'static str, Tensor<1>);

/// A system that can be trained and asked.
///
/// Its parameters live outside, in [`Parameters`], so that the optimiser, the checkpoints and the
/// fingerprints treat all systems alike.
pub trait Recommender {
    /// The terms whose sum is minimised, for one batch.
    fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm>;

    /// How users and items stand before the last step, the score. Called without autodiff.
    fn represent(&self, parameters: &Parameters) -> Representation;
}

/// What a system is made from.
pub struct Setting<'a> {
    pub spec: &'a CheckedSpec,
    pub dataset: &'a Dataset,
    pub problem: &'a Problem,
    pub device: &'a Device,
}

/// Why a system cannot be made from these data.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelError {
    #[error("the data have no modality `{0}`")]
    NoModality(String),
}

/// The registry: the recommender of a checked specification, and its parameters at the start.
pub fn build(setting: &Setting<'_>) -> Result<(Box<dyn Recommender>, Parameters), ModelError> {
    let mut initialiser = Initialiser::new(setting.spec.seed, setting.device);
    let recommender: Box<dyn Recommender> = match setting.spec.system {
        System::Random => Box::new(popularity::Random::new(setting)),
        System::MostPop => Box::new(popularity::MostPop::new(setting)),
        System::BprMf => Box::new(bpr_mf::BprMf::new(setting, &mut initialiser)),
        System::Vbpr => Box::new(vbpr::Vbpr::new(setting, &mut initialiser)?),
        System::LightGcn => Box::new(light_gcn::LightGcn::new(setting, &mut initialiser)),
    };
    Ok((recommender, initialiser.finish()))
}
