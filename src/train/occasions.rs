use burn::tensor::Device;
use ndarray::Array2;

use super::TrainError;
use crate::data::{Dataset, Problem};
use crate::features::Miniatures;
use crate::models::{
    Batch, LossTerm, ModelError, Occasion, Parameters, Recommender, Representation, Sampling, Setting, build,
    without_dropped,
};
use crate::schema::CheckedSpec;
use crate::transfer::read;

/// A recommender as it is trained and, where items have other content when they are ranked, as it is judged. Both are made for the
/// same parameters.
pub struct Occasions {
    trained: Box<dyn Recommender>,
    judged: Option<Box<dyn Recommender>>,
    /// What is learned from, where some items are dropped.
    learned: Option<Problem>,
}

/// What a recommender is made from, whatever the occasion.
pub struct MadeFrom<'a> {
    pub spec: &'a CheckedSpec,
    pub dataset: &'a Dataset,
    pub problem: &'a Problem,
    pub pictures: Option<&'a Miniatures>,
    pub device: &'a Device,
}

impl Occasions {
    /// The recommender of a specification, and its parameters at the start.
    pub fn new(
        MadeFrom { spec, dataset, problem, pictures, device }: MadeFrom<'_>,
    ) -> Result<(Self, Parameters), ModelError> {
        let left = without_dropped(dataset, problem, spec, Occasion::Epoch(0));
        let learned = left.map(|left| problem.learning_without(&left));
        let setting = Setting {
            spec,
            dataset,
            whole: problem,
            problem: learned.as_ref().unwrap_or(problem),
            pictures,
            device,
            occasion: Some(Occasion::Epoch(0)),
        };
        let (trained, parameters) = build(&setting)?;
        let judged = match spec.missing.differs_by_occasion() {
            true => Some(build(&Setting { occasion: Some(Occasion::Evaluation), ..setting })?.0),
            false => None,
        };
        Ok((Self { trained, judged, learned }, parameters))
    }

    /// What is learned from: the problem without the items that are dropped.
    pub fn learned<'a>(&'a self, problem: &'a Problem) -> &'a Problem {
        self.learned.as_ref().unwrap_or(problem)
    }

    pub fn sampling(&self) -> Sampling {
        self.trained.sampling()
    }

    /// Makes anew what changes with every epoch, counted from 0.
    pub async fn begin_epoch(
        &mut self,
        epoch: u32,
        parameters: &Parameters,
        made_from: MadeFrom<'_>,
    ) -> Result<(), TrainError> {
        let occasion = Occasion::Epoch(epoch);
        let MadeFrom { spec, dataset, problem: whole, pictures, device } = made_from;
        if spec.missing.dropout > 0.0 && epoch > 0 {
            let (problem, occasion) = (self.learned(whole), Some(occasion));
            self.trained = build(&Setting { spec, dataset, whole, problem, pictures, device, occasion })?.0;
        }
        renew(self.trained.as_mut(), parameters, occasion).await
    }

    /// The terms of the loss of one batch.
    pub fn loss(&self, parameters: &Parameters, batch: &Batch) -> Vec<LossTerm> {
        self.trained.loss(parameters, batch)
    }

    /// Whether a representation has to be kept, because parameters alone do not tell it.
    pub fn represents_last_batch(&self) -> bool {
        self.trained.represents_last_batch()
    }

    /// How users and items stand, made anew where that is needed before they are ranked.
    pub async fn represent_anew(&mut self, parameters: &Parameters) -> Result<Representation, TrainError> {
        let judged = self.judged.as_mut().unwrap_or(&mut self.trained);
        renew(judged.as_mut(), parameters, Occasion::Evaluation).await?;
        Ok(judged.represent(parameters))
    }

    /// How users and items stand.
    pub fn represent(&self, parameters: &Parameters) -> Representation {
        self.judged().represent(parameters)
    }

    /// The same when each modality counts `emphasis` times what it does; nothing where that cannot be said.
    pub fn represent_weighed(&self, parameters: &Parameters, emphasis: &[f64]) -> Option<Representation> {
        self.judged().represent_weighed(parameters, emphasis)
    }

    fn judged(&self) -> &dyn Recommender {
        self.judged.as_ref().unwrap_or(&self.trained).as_ref()
    }
}

/// Lets a system make anew what does not stay the same in a run.
pub async fn renew(
    recommender: &mut dyn Recommender,
    parameters: &Parameters,
    occasion: Occasion,
) -> Result<(), TrainError> {
    let mut observed = Vec::new();
    for tensor in recommender.observed(parameters) {
        let [rows, dim] = tensor.dims();
        let values = Array2::from_shape_vec((rows, dim), read(tensor).await?);
        observed.push(values.map_err(|error| TrainError::Device(error.to_string()))?);
    }
    recommender.renew(occasion, observed);
    Ok(())
}
