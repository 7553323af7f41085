//! The recommenders: one trait, one registry, one file a system.

mod batch;
mod composed;
mod content;
mod dropout;
mod graph;
mod grcn;
mod item_knn;
mod loss;
mod mmgcn;
mod ngcf;
mod parameters;
#[cfg(test)]
mod parity;
mod placebo;
mod popularity;
mod representation;
mod rows;
mod sgl;
#[cfg(test)]
mod trial;

use burn::tensor::{Device, Tensor};
use ndarray::Array2;
use thiserror::Error;

use crate::data::{Dataset, Problem};
use crate::features::Miniatures;
use crate::schema::{CheckedSpec, MissingPolicy, System};
use crate::sparse::SparseMatrix;

pub use crate::schema::Sampling;
pub use batch::{Batch, Moment, Triples};
pub use content::{Unhidden, coverage, usable, without_dropped};
pub use graph::{ItemGraph, NodeGraph, UserItemGraph};
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

    /// The same when each modality, in the specification's order, counts so many times what it does; 1 changes nothing. Nothing
    /// where content has no part that could count otherwise.
    fn represent_weighed(&self, _: &Parameters, _: &[f64]) -> Option<Representation> {
        None
    }

    /// Whether [`represent`](Self::represent) tells how things stood in the last batch whatever the parameters are now, so
    /// that its answer has to be kept with the best epoch.
    fn represents_last_batch(&self) -> bool {
        false
    }

    /// How its training batches are drawn.
    fn sampling(&self) -> Sampling {
        Sampling::UsersUniformly
    }

    /// What [`renew`](Self::renew) has to see on the host. Called without autodiff.
    fn observed(&self, _: &Parameters) -> Vec<Tensor<2>> {
        Vec::new()
    }

    /// Makes anew what does not stay the same in a run: graphs with edges dropped, graphs of learned neighbours.
    /// `observed` is what [`observed`](Self::observed) returned, read.
    fn renew(&mut self, _: Occasion, _: Vec<Array2<f32>>) {}
}

/// When [`Recommender::renew`] is called, and what content is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Before the first step of this epoch, counted from 0.
    Epoch(u32),
    /// Before users and items are represented, to be ranked.
    Evaluation,
}

/// What a system is made from.
pub struct Setting<'a> {
    pub spec: &'a CheckedSpec,
    pub dataset: &'a Dataset,
    /// All that is known, items that are dropped among it.
    pub whole: &'a Problem,
    /// What is learned from.
    pub problem: &'a Problem,
    /// The data's thumbnails, decoded, where somebody did that.
    pub pictures: Option<&'a Miniatures>,
    pub device: &'a Device,
    /// What the system is made for: content may differ between training and ranking. Without, nothing is hidden on either.
    pub occasion: Option<Occasion>,
}

impl Setting<'_> {
    /// Who has which item in train, every entry 1: `[users, items]`.
    pub fn interactions(&self) -> SparseMatrix {
        let train = &self.problem.train;
        SparseMatrix::interactions(self.problem.items, &train.start, &train.item)
    }

    /// The chosen modalities, in the specification's order: name and features `[items, dim]`, without gaps.
    pub fn modalities(&self) -> Result<Vec<(String, Array2<f32>)>, ModelError> {
        content::complete(self)
    }

    /// Where content differs between training and ranking: what it is when nothing is hidden for an occasion, and which items of
    /// each modality are hidden on this one, `[items]`.
    pub fn unhidden(&self) -> Result<Option<Vec<Unhidden>>, ModelError> {
        self.spec.missing.differs_by_occasion().then(|| content::unhidden(self)).transpose()
    }
}

/// Why a system cannot be made from these data.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ModelError {
    #[error("the data have no modality `{0}`")]
    NoModality(String),
    #[error("`{modality}` cannot be extracted `end-to-end`: {lacking}; use `frozen` or `fine-tuned`")]
    NoRawInput { modality: String, lacking: &'static str },
    #[error("the raw input of `{modality}` is {numbers} numbers, but `end-to-end` takes {most} at most")]
    TooMuchInput { modality: String, numbers: usize, most: usize },
    #[error("`{0}` has no features that say which items are alike; give it other roles than `edge-weights`")]
    NothingToJoinBy(String),
    #[error("`missing.policy` is `{}`, but for words it must be `mean` or `zeros`", .0.name())]
    NoWordsToStandIn(MissingPolicy),
}

/// The registry: the recommender of a checked specification, and its parameters at the start.
pub fn build(setting: &Setting<'_>) -> Result<(Box<dyn Recommender>, Parameters), ModelError> {
    let mut initialiser = Initialiser::new(setting.spec.seed, setting.device);
    let recommender: Box<dyn Recommender> = match setting.spec.system {
        System::Random => Box::new(popularity::Random::new(setting)),
        System::MostPop => Box::new(popularity::MostPop::new(setting)),
        System::ItemKnn => Box::new(item_knn::ItemKnn::collaborative(setting)),
        System::ItemKnnContent => Box::new(item_knn::ItemKnn::by_content(setting)?),
        System::Mmgcn => Box::new(mmgcn::Mmgcn::new(setting, &mut initialiser)?),
        System::Grcn => Box::new(grcn::Grcn::new(setting, &mut initialiser)?),
        System::Ngcf => Box::new(ngcf::Ngcf::new(setting, &mut initialiser)),
        System::Sgl => Box::new(sgl::Sgl::new(setting, &mut initialiser)),
        System::BprMf
        | System::Vbpr
        | System::LightGcn
        | System::LightGcnM
        | System::Lattice
        | System::Bm3
        | System::Freedom
        | System::Composed => Box::new(composed::Composed::new(setting, &mut initialiser)?),
    };
    Ok((recommender, initialiser.finish()))
}
