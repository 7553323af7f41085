//! *How* content becomes numbers. One file a network that learns from raw input, and what it reads.

mod convolution;
mod pictures;
mod sounds;
#[cfg(test)]
mod tests;
mod words;

use burn::tensor::Tensor;
use ndarray::{Array2, s};

use self::convolution::Convolution;
use self::words::Words;
use super::super::content::complete_raw;
use super::super::{Initialiser, ModelError, Parameter, Parameters, Setting, placebo};
use crate::data::{Features, Precision};
use crate::selection::Selection;
use crate::transfer::upload_matrix;

/// The largest raw input: 128 MiB, which is all that a GPU has to let a page see at once.
const MOST_NUMBERS: usize = 1 << 25;

/// What a representation is projected from, X: `[items, width]`.
pub enum Source {
    Frozen(Box<Tensor<2>>),
    FineTuned(Parameter, Option<Box<Hidden>>),
    Convolution(Box<Convolution>),
    Words(Box<Words>),
}

impl Source {
    pub fn frozen(features: &Array2<f32>, setting: &Setting<'_>) -> Self {
        Self::Frozen(Box::new(upload_matrix(features, setting.device)))
    }

    /// The network that reads what the modality of this name is extracted from, and its width.
    pub fn end_to_end(
        name: &str,
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Result<(Self, usize), ModelError> {
        match name {
            "visual" => {
                let input = complete_raw(setting, name, &pictures::input(setting)?)?;
                let network = Convolution::new(name, &input, pictures::PATCH, setting, initialise);
                Ok((Self::Convolution(Box::new(network)), convolution::WIDTH))
            }
            "audio" => {
                let input = complete_raw(setting, name, &sounds::input(setting)?)?;
                let network = Convolution::new(name, &input, sounds::FRAME, setting, initialise);
                Ok((Self::Convolution(Box::new(network)), convolution::WIDTH))
            }
            "textual" => {
                let width = setting.spec.count("factors");
                Ok((Self::Words(Box::new(Words::new(name, width, setting, initialise)?)), width))
            }
            _ => Err(no_input(name, "only `visual`, `textual` and `audio` have raw input")),
        }
    }

    /// X of all items, `[items, width]`, or of the picked ones only, `[picked, width]`.
    pub fn rows(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        let table = match self {
            Self::Convolution(network) => return network.of(parameters, pick),
            Self::Frozen(features) => Tensor::clone(features),
            Self::FineTuned(features, None) => parameters[*features].clone(),
            Self::FineTuned(features, Some(hidden)) => hidden.of(parameters[*features].clone()),
            Self::Words(network) => network.of_all(parameters),
        };
        picked(table, pick)
    }
}

/// What is hidden of features that are learned on: there, something else stands and nothing is learned.
pub struct Hidden {
    /// `[items, width]`: 0 where they are hidden, else 1.
    kept: Tensor<2>,
    /// `[items, width]`: what stands there, else 0.
    stand_in: Tensor<2>,
}

impl Hidden {
    /// `completed`, `[items, width]`, has what stands in; `hidden` are each modality's items and width.
    pub fn new(completed: &Array2<f32>, hidden: &[(&[bool], usize)], setting: &Setting<'_>) -> Self {
        let mut first = 0;
        let mut kept = Array2::ones(completed.dim());
        for &(hidden, width) in hidden {
            for item in (0..hidden.len()).filter(|&item| hidden[item]) {
                kept.slice_mut(s![item, first..first + width]).fill(0.0);
            }
            first += width;
        }
        let stand_in = completed * &kept.mapv(|kept: f32| 1.0 - kept);
        Self {
            kept: upload_matrix(&kept, setting.device),
            stand_in: upload_matrix(&stand_in, setting.device),
        }
    }

    fn of(&self, features: Tensor<2>) -> Tensor<2> {
        features * self.kept.clone() + self.stand_in.clone()
    }
}

/// The picked rows of a table, or all.
fn picked(table: Tensor<2>, pick: Option<&Selection>) -> Tensor<2> {
    match pick {
        None => table,
        Some(pick) => pick.of(table),
    }
}

fn no_input(modality: &str, lacking: &'static str) -> ModelError {
    ModelError::NoRawInput { modality: modality.into(), lacking }
}

/// Room for the raw input of all items, `[items, numbers]`.
fn room(modality: &str, items: usize, numbers: usize) -> Result<Array2<f32>, ModelError> {
    match items.saturating_mul(numbers) {
        total if total > MOST_NUMBERS => {
            Err(ModelError::TooMuchInput { modality: modality.into(), numbers: total, most: MOST_NUMBERS })
        }
        _ => Ok(Array2::zeros((items, numbers))),
    }
}

/// Raw input, `[items, numbers]`, less the mean of all numbers of the items that have any, in units of their deviation.
fn standardised(values: Array2<f32>, present: Vec<bool>) -> Features {
    let mut input = Features { values, present, precision: Precision::F32, origin: String::new() };
    let (mean, deviation) = placebo::moments(&input);
    let scale = if deviation > 0.0 { 1.0 / deviation } else { 0.0 };
    input.values.mapv_inplace(|value| ((f64::from(value) - mean) * scale) as f32);
    input
}
