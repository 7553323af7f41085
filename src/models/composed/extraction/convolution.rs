use burn::backend::Dispatch;
use burn::backend::ops::FloatTensorOps;
use burn::tensor::{Shape, Tensor};
use ndarray::Array2;

use super::super::super::rows::relu;
use super::super::super::{Initialiser, Parameter, Parameters, Setting};
use super::picked;
use crate::selection::Selection;
use crate::transfer::upload_matrix;

/// Neighbouring places of one layer that the next one reads together.
pub const GROUP: usize = 4;
/// What the first layer makes of a place.
const CHANNELS: usize = 16;
/// What the second makes, and so the network.
pub const WIDTH: usize = 32;

/// A convolutional network: `relu(a W₁ + b₁)` of every place's input a, `relu(c W₂ + b₂)` of every four neighbouring places'
/// results c side by side, and the mean of that.
///
/// No two places overlap, so with the right order of places a convolution is a product of matrices, whose rows are cut anew
/// between the layers. burn's own convolutions would have to be downloaded for that, and tested on every GPU.
pub struct Convolution {
    /// `[items, places · inputs]`, place by place; places that the second layer reads together follow each other.
    input: Tensor<2>,
    /// W `[inputs, outputs]` and b `[1, outputs]` of both layers.
    layers: [(Parameter, Parameter); 2],
    places: usize,
}

impl Convolution {
    /// Of `input`, `[items, places · inputs]`.
    pub fn new(
        name: &str,
        input: &Array2<f32>,
        inputs: usize,
        setting: &Setting<'_>,
        initialise: &mut Initialiser,
    ) -> Self {
        let mut layer = |nth: u8, inputs, outputs| {
            let names = (format!("{name}-layer-{nth}"), format!("{name}-layer-{nth}-bias"));
            initialise.linear(names.0, names.1, inputs, outputs)
        };
        let layers = [layer(1, inputs, CHANNELS), layer(2, GROUP * CHANNELS, WIDTH)];
        let places = input.ncols() / inputs;
        Self { input: upload_matrix(input, setting.device), layers, places }
    }

    /// Of all items, `[items, WIDTH]`, or of the picked ones only, `[picked, WIDTH]`.
    pub fn of(&self, parameters: &Parameters, pick: Option<&Selection>) -> Tensor<2> {
        let mut rows = picked(self.input.clone(), pick);
        let items = rows.dims()[0];
        let mut places = self.places;
        for (nth, (weight, bias)) in self.layers.into_iter().enumerate() {
            if nth > 0 {
                places /= GROUP;
            }
            let weight = parameters[weight].clone();
            let input: Tensor<2> = cut_anew(rows, [items * places, weight.dims()[0]]);
            rows = relu(input.matmul(weight) + parameters[bias].clone());
        }
        let by_place: Tensor<3> = cut_anew(rows, [items, places, WIDTH]);
        cut_anew(by_place.sum_dim(1), [items, WIDTH]) * (1.0 / places as f64)
    }
}

/// The same numbers in another shape. burn's function for this also takes shapes that leave something open.
fn cut_anew<const D: usize, const E: usize>(numbers: Tensor<D>, shape: [usize; E]) -> Tensor<E> {
    Tensor::from_dispatch(Dispatch::float_reshape(numbers.into_dispatch(), Shape::new(shape)))
}
