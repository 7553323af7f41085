use std::ops::Index;

use burn::tensor::{Device, Tensor};
use ndarray::Array2;
use rand_chacha::ChaCha8Rng;

use crate::digest::Digest;
use crate::random::{Draw, Stream, generator};
use crate::transfer::upload;

/// The name by which a system finds one of its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter(usize);

/// All that a system learns, every tensor `[rows, dim]`; a bias is one row.
#[derive(Clone, Debug)]
pub struct Parameters {
    names: Vec<String>,
    tensors: Vec<Tensor<2>>,
    /// Digest of the initial values.
    fingerprint: String,
}

impl Index<Parameter> for Parameters {
    type Output = Tensor<2>;

    fn index(&self, parameter: Parameter) -> &Tensor<2> {
        &self.tensors[parameter.0]
    }
}

impl Parameters {
    /// Name and tensor of each, in the order of their making.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tensor<2>)> {
        self.names.iter().map(String::as_str).zip(&self.tensors)
    }

    /// How many numbers there are to learn.
    pub fn count(&self) -> usize {
        self.tensors.iter().map(|tensor| tensor.shape().num_elements()).sum()
    }

    /// Digest of the initial values, the same on every backend.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The same values as leaves of a new autodiff graph.
    pub fn tracked(&self) -> Self {
        self.map(|tensor| tensor.clone().autodiff().require_grad())
    }

    /// Puts `values` in the place of the parameter of this name; false when there is none, or it has another shape.
    pub fn set(&mut self, name: &str, values: &Array2<f32>) -> bool {
        let Some(at) = self.names.iter().position(|known| known == name) else { return false };
        let tensor = &mut self.tensors[at];
        if tensor.dims() != [values.nrows(), values.ncols()] {
            return false;
        }
        *tensor = upload(values.iter().copied().collect(), tensor.dims(), &tensor.device());
        true
    }

    /// Replaces every tensor by what `change` makes of its position and itself.
    pub fn update(&mut self, mut change: impl FnMut(usize, Tensor<2>) -> Tensor<2>) {
        let tensors = std::mem::take(&mut self.tensors);
        self.tensors = tensors.into_iter().enumerate().map(|(nth, tensor)| change(nth, tensor)).collect();
    }

    fn map(&self, change: impl Fn(&Tensor<2>) -> Tensor<2>) -> Self {
        Self {
            names: self.names.clone(),
            tensors: self.tensors.iter().map(change).collect(),
            fingerprint: self.fingerprint.clone(),
        }
    }
}

/// Draws initial parameters, one after the other, from one stream.
pub struct Initialiser {
    generator: ChaCha8Rng,
    device: Device,
    digest: Digest,
    names: Vec<String>,
    tensors: Vec<Tensor<2>>,
}

impl Initialiser {
    pub fn new(seed: u32, device: &Device) -> Self {
        Self {
            generator: generator(u64::from(seed), Stream::Initialise),
            device: device.clone(),
            digest: Digest::new(),
            names: Vec::new(),
            tensors: Vec::new(),
        }
    }

    /// U(−b, b) with b = √(6 / (rows + dim)).
    pub fn xavier_uniform(&mut self, name: impl Into<String>, rows: usize, dim: usize) -> Parameter {
        self.uniform(name, rows, dim, (6.0 / (rows + dim) as f64).sqrt())
    }

    /// U(−bound, bound).
    pub fn uniform(&mut self, name: impl Into<String>, rows: usize, dim: usize, bound: f64) -> Parameter {
        self.fill(name, rows, dim, |generator| bound * (2.0 * generator.unit() - 1.0))
    }

    /// N(0, deviation²).
    pub fn normal(&mut self, name: impl Into<String>, rows: usize, dim: usize, deviation: f64) -> Parameter {
        self.fill(name, rows, dim, |generator| deviation * generator.normal())
    }

    /// Weight `[inputs, outputs]` and bias `[1, outputs]` of a linear map, both U(−1/√inputs, 1/√inputs)
    /// (reference, section 1).
    pub fn linear(
        &mut self,
        weight: impl Into<String>,
        bias: impl Into<String>,
        inputs: usize,
        outputs: usize,
    ) -> (Parameter, Parameter) {
        let bound = 1.0 / (inputs as f64).sqrt();
        (self.uniform(weight, inputs, outputs, bound), self.uniform(bias, 1, outputs, bound))
    }

    /// The same with a weight from N(0, 2 / (inputs + outputs)).
    pub fn linear_xavier_normal(
        &mut self,
        weight: impl Into<String>,
        bias: impl Into<String>,
        inputs: usize,
        outputs: usize,
    ) -> (Parameter, Parameter) {
        let bound = 1.0 / (inputs as f64).sqrt();
        (self.xavier_normal(weight, inputs, outputs), self.uniform(bias, 1, outputs, bound))
    }

    /// N(0, 2 / (rows + dim)).
    pub fn xavier_normal(&mut self, name: impl Into<String>, rows: usize, dim: usize) -> Parameter {
        self.normal(name, rows, dim, (2.0 / (rows + dim) as f64).sqrt())
    }

    /// A table that starts as given, `[rows, dim]`.
    pub fn given(&mut self, name: impl Into<String>, values: &Array2<f32>) -> Parameter {
        self.add(name.into(), values.iter().copied().collect(), values.nrows(), values.ncols())
    }

    fn fill(
        &mut self,
        name: impl Into<String>,
        rows: usize,
        dim: usize,
        draw: impl Fn(&mut ChaCha8Rng) -> f64,
    ) -> Parameter {
        let values: Vec<f32> = (0..rows * dim).map(|_| draw(&mut self.generator) as f32).collect();
        self.add(name.into(), values, rows, dim)
    }

    fn add(&mut self, name: String, values: Vec<f32>, rows: usize, dim: usize) -> Parameter {
        self.digest.floats(&values);
        self.names.push(name);
        self.tensors.push(upload(values, [rows, dim], &self.device));
        Parameter(self.tensors.len() - 1)
    }

    pub fn finish(self) -> Parameters {
        let fingerprint = self.digest.finish();
        Parameters { names: self.names, tensors: self.tensors, fingerprint }
    }
}
