use burn::tensor::Tensor;
use ndarray::Array2;

use super::{Initialiser, Parameter, Parameters};
use crate::selection::Selection;

/// A modality whose features are learned along: a copy X of the raw ones, and a linear map of it.
pub struct FineTuned {
    /// X: `[items, dim]`.
    features: Parameter,
    /// P: `[dim, factors]`.
    projection: Parameter,
    /// b: `[1, factors]`.
    bias: Parameter,
}

impl FineTuned {
    /// Each of a setting's modalities, in their order, projected to `factors` numbers. `linear` draws a linear map as
    /// [`Initialiser::linear`] does.
    pub fn of_each(
        modalities: &[(String, Array2<f32>)],
        factors: usize,
        initialise: &mut Initialiser,
        linear: impl Fn(&mut Initialiser, String, String, usize, usize) -> (Parameter, Parameter),
    ) -> Vec<Self> {
        let of_one = |(name, raw): &(String, Array2<f32>)| {
            let features = initialise.given(format!("{name}-features"), raw);
            let names = (format!("{name}-projection"), format!("{name}-projection-bias"));
            let (projection, bias) = linear(initialise, names.0, names.1, raw.ncols(), factors);
            Self { features, projection, bias }
        };
        modalities.iter().map(of_one).collect()
    }

    /// `X P + b` of all items: `[items, factors]`.
    pub fn project(&self, parameters: &Parameters) -> Tensor<2> {
        self.map(parameters, parameters[self.features].clone())
    }

    /// `X P + b` of the picked items only: `[picked, factors]`.
    pub fn project_only(&self, parameters: &Parameters, pick: &Selection) -> Tensor<2> {
        self.map(parameters, pick.of(parameters[self.features].clone()))
    }

    /// `[rows, dim]` to `[rows, factors]`.
    fn map(&self, parameters: &Parameters, features: Tensor<2>) -> Tensor<2> {
        features.matmul(parameters[self.projection].clone()) + parameters[self.bias].clone()
    }
}
