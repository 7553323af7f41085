//! Adam with dense moments, as one pass over each parameter.

mod cpu;
#[cfg(feature = "webgpu")]
mod gpu;

use burn::backend::tensor::FloatTensor;
use burn::backend::{Dispatch, backend_extension};
use burn::tensor::Tensor;

const FIRST_DECAY: f32 = 0.9;
const SECOND_DECAY: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// One step of Adam on one parameter, in place where nothing else holds it.
///
/// With bias corrections c₁ = 1 − β₁ᵗ and c₂ = 1 − β₂ᵗ the step is
/// `p −= lr / c₁ · m / (√v / √c₂ + ε)`, the order of operations that PyTorch uses.
#[backend_extension(Cube: cfg(feature = "webgpu"), Flex)]
pub trait AdamBackend: burn::backend::Backend {
    /// All tensors have the parameter's shape; `rate` is lr / c₁ and `correction` is 1 / √c₂.
    /// Returns the parameter and its first and second moment.
    fn adam_step(
        parameter: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        first: FloatTensor<Self>,
        second: FloatTensor<Self>,
        rate: f32,
        correction: f32,
    ) -> (FloatTensor<Self>, FloatTensor<Self>, FloatTensor<Self>);
}

/// The moments of one parameter.
#[derive(Clone, Debug)]
pub struct Moments {
    /// First and second moment; away only while a step is under way, so that it can write them in place.
    tensors: Option<(Tensor<2>, Tensor<2>)>,
    /// Steps in which the parameter had a gradient.
    steps: i32,
}

impl Moments {
    pub fn new(parameter: &Tensor<2>) -> Self {
        Self { tensors: Some((parameter.zeros_like(), parameter.zeros_like())), steps: 0 }
    }

    /// As they were after so many steps.
    pub fn after(steps: i32, first: Tensor<2>, second: Tensor<2>) -> Self {
        Self { tensors: Some((first, second)), steps }
    }

    /// Steps in which the parameter had a gradient.
    pub fn steps(&self) -> i32 {
        self.steps
    }

    /// The running means of the gradients, a tenth of the gradient after one step, and of their squares.
    pub fn tensors(&self) -> Option<(&Tensor<2>, &Tensor<2>)> {
        self.tensors.as_ref().map(|(first, second)| (first, second))
    }

    /// The parameter after one step against its gradient.
    pub fn step(&mut self, parameter: Tensor<2>, gradient: Tensor<2>, learning_rate: f64) -> Tensor<2> {
        self.steps += 1;
        let rate = learning_rate / (1.0 - f64::from(FIRST_DECAY).powi(self.steps));
        let correction = 1.0 / (1.0 - f64::from(SECOND_DECAY).powi(self.steps)).sqrt();
        let Some((first, second)) = self.tensors.take() else { return parameter };
        let (parameter, first, second) = Dispatch::adam_step(
            parameter.into_dispatch(),
            gradient.into_dispatch(),
            first.into_dispatch(),
            second.into_dispatch(),
            rate as f32,
            correction as f32,
        );
        self.tensors = Some((Tensor::from_dispatch(first), Tensor::from_dispatch(second)));
        Tensor::from_dispatch(parameter)
    }
}
