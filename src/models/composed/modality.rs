use burn::tensor::Tensor;
use ndarray::{Array2, Axis, concatenate};

use super::super::rows::unit_rows;
use super::super::{Initialiser, Parameter, Parameters, Setting};
use crate::schema::{Design, Extraction, Loss, Space};
use crate::selection::Selection;
use crate::transfer::upload_matrix;

/// *How* content is represented: a linear map of features, `z = X P + b`, of length 1 if the design says so.
pub struct Modality {
    features: Features,
    /// P: `[dim, factors]`.
    projection: Parameter,
    /// b: `[1, factors]`.
    bias: Parameter,
    normalised: bool,
}

/// X: `[items, dim]`.
enum Features {
    Frozen(Box<Tensor<2>>),
    FineTuned(Parameter),
}

impl Modality {
    /// The representations of `features`, `[items, dim]` by name: one each, or one of all side by side.
    pub fn of_design(
        design: &Design,
        features: &[(String, Array2<f32>)],
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Vec<Self> {
        match design.representation {
            Space::Coordinate => features
                .iter()
                .map(|(name, features)| Self::new(design, &format!("{name}-"), features, setting, initialise))
                .collect(),
            Space::Joint => {
                let views: Vec<_> = features.iter().map(|(_, features)| features.view()).collect();
                // It fails for nothing but the lack of anything to put side by side: all have a row an item.
                let joint = concatenate(Axis(1), &views).ok();
                joint.iter().map(|features| Self::new(design, "", features, setting, initialise)).collect()
            }
        }
    }

    fn new(
        design: &Design,
        prefix: &str,
        features: &Array2<f32>,
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Self {
        let source = match design.extraction {
            Extraction::Frozen => Features::Frozen(Box::new(upload_matrix(features, setting.device))),
            Extraction::FineTuned => {
                Features::FineTuned(initialise.given(format!("{prefix}features"), features))
            }
        };
        let linear = match design.loss {
            Loss::Bootstrap => Initialiser::linear_xavier_normal,
            Loss::Bpr | Loss::CrossEntropy => Initialiser::linear,
        };
        let (weight, bias) = (format!("{prefix}projection"), format!("{prefix}projection-bias"));
        let (projection, bias) =
            linear(initialise, weight, bias, features.ncols(), setting.spec.count("factors"));
        Self { features: source, projection, bias, normalised: design.normalised }
    }

    /// z of all items, `[items, factors]`, or of the picked ones only, `[picked, factors]`.
    pub fn represent(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        let features = match &self.features {
            Features::Frozen(features) => Tensor::clone(features),
            Features::FineTuned(features) => parameters[*features].clone(),
        };
        let features = match pick {
            None => features,
            Some(pick) => pick.of(features),
        };
        let projected = features.matmul(parameters[self.projection].clone()) + parameters[self.bias].clone();
        if self.normalised { unit_rows(projected) } else { projected }
    }
}
