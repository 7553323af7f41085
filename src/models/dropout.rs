use burn::tensor::{Device, Int, Tensor};

use crate::fused::drop_out;
use crate::transfer::upload_indices;

/// Numbers of several tensors that are dropped, drawn and uploaded together. The others are divided by the share of
/// those that stay, so that means stay.
pub struct Dropout {
    /// A bit a number, 1 where it is kept; nothing where all are. Every mask begins with a word of its own.
    kept: Option<Tensor<1, Int>>,
    /// Where each mask begins.
    first: Vec<usize>,
    rate: f64,
}

impl Dropout {
    /// One mask for each of `counts` numbers, which are dropped with probability `rate`. `word` draws a word for a number
    /// of the nth mask.
    pub fn draw(rate: f64, counts: &[usize], device: &Device, mut word: impl FnMut(usize) -> u32) -> Self {
        if rate == 0.0 {
            return Self { kept: None, first: Vec::new(), rate };
        }
        let threshold = (rate * f64::from(1u32 << 31) * 2.0) as u32;
        let (mut kept, mut first) = (Vec::new(), Vec::new());
        for (nth, &count) in counts.iter().enumerate() {
            first.push(kept.len());
            for done in (0..count).step_by(32) {
                let numbers = 32.min(count - done);
                let bits = (0..numbers).fold(0, |bits, at| bits | u32::from(word(nth) >= threshold) << at);
                kept.push(bits as i32);
            }
        }
        Self { kept: Some(upload_indices(kept, device)), first, rate }
    }

    /// What the nth mask leaves of a tensor that has as many numbers as it.
    pub fn of<const D: usize>(&self, nth: usize, values: Tensor<D>) -> Tensor<D> {
        match self.kept.clone() {
            None => values,
            Some(kept) => drop_out(values, kept, self.first[nth], (1.0 / (1.0 - self.rate)) as f32),
        }
    }
}
