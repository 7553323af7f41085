use burn::tensor::Tensor;

use super::TrainError;
use super::adam::Moments;
use crate::models::{Batch, LossTerm, Parameters};
use crate::transfer::read;

/// One step of Adam on every parameter that the loss reaches; a parameter without a gradient is skipped and its
/// step counter stays (reference, section 1). Returns the loss terms, not yet read.
pub fn optimise(
    loss: impl FnOnce(&Parameters, &Batch) -> Vec<LossTerm>,
    parameters: &mut Parameters,
    moments: &mut [Moments],
    batch: &Batch,
    learning_rate: f64,
) -> Vec<LossTerm> {
    let tracked = parameters.tracked();
    let terms = loss(&tracked, batch);
    let total = terms.iter().map(|(_, term)| term.clone()).reduce(|sum, term| sum + term);
    let mut gradients = match total {
        Some(total) => total.backward(),
        None => return Vec::new(),
    };
    let of_each: Vec<_> = tracked.iter().map(|(_, tensor)| tensor.grad_remove(&mut gradients)).collect();
    let terms = terms.into_iter().map(|(name, term)| (name, term.inner())).collect();
    // Nothing but `parameters` may hold the tensors now, so that Adam can write them in place.
    drop((tracked, gradients));
    let mut of_each = of_each.into_iter();
    parameters.update(|nth, parameter| match of_each.next().flatten() {
        None => parameter,
        Some(gradient) => moments[nth].step(parameter, gradient, learning_rate),
    });
    terms
}

/// The numbers of a vector, on the host.
pub async fn floats(tensor: Tensor<1>) -> Result<Vec<f64>, TrainError> {
    Ok(read(tensor).await?.into_iter().map(f64::from).collect())
}
