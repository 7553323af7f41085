use burn::tensor::{Device, Tensor};

use super::dropout::Dropout;
use crate::random::{Draw, Stream, generator_of_step};
use crate::selection::Selection;

/// Users, an item that each took, and an item that each did not take. All of one length; systems that learn from
/// positives alone get no negatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triples {
    pub users: Vec<u32>,
    pub positives: Vec<u32>,
    pub negatives: Vec<u32>,
}

/// Where in a run a batch stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    pub seed: u32,
    /// Counted from 0.
    pub epoch: u32,
    /// Within the epoch, counted from 0.
    pub step: u32,
}

/// The pairs of one training step on the device: first every user with their positive, then every user with
/// their negative. So one selection a table serves both, and scores come out as `[2 · triples]`. Without negatives there
/// are only the first, `[triples]`.
pub struct Batch {
    /// The number of triples.
    pub triples: usize,
    pub moment: Moment,
    /// Rows of the user table, `[pairs]`.
    pub users: Selection,
    /// Rows of the item table, `[pairs]`.
    pub items: Selection,
    device: Device,
}

impl Batch {
    pub fn upload(triples: &Triples, users: usize, items: usize, moment: Moment, device: &Device) -> Self {
        let user_rows = match triples.negatives.is_empty() {
            true => triples.users.clone(),
            false => [triples.users.as_slice(), &triples.users].concat(),
        };
        let item_rows = [triples.positives.as_slice(), &triples.negatives].concat();
        let [users, items] = Selection::upload_all([(users, user_rows), (items, item_rows)], device);
        Self { triples: triples.users.len(), moment, users, items, device: device.clone() }
    }

    /// The dot product of each pair's user and item, `[pairs]`, from the tables `[users, dim]` and `[items, dim]`.
    pub fn scores(&self, users: Tensor<2>, items: Tensor<2>) -> Tensor<1> {
        self.users.dot(&self.items, users, items)
    }

    /// What is dropped of tensors with these `counts` of numbers, with probability `rate`. The same at the same moment on
    /// every backend; each mask depends on its place among the counts, not on the others.
    pub fn dropout(&self, rate: f64, counts: &[usize]) -> Dropout {
        let Moment { seed, epoch, step } = self.moment;
        let mut generators: Vec<_> = (0u8..)
            .zip(counts)
            .map(|(nth, _)| generator_of_step(seed, Stream::Dropout, epoch, step, nth))
            .collect();
        Dropout::draw(rate, counts, &self.device, |nth| generators[nth].word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_drops_its_rate_keeps_the_mean_and_is_the_same_at_the_same_moment() {
        let triples = Triples { users: vec![0], positives: vec![0], negatives: vec![1] };
        let masks = |step| {
            let moment = Moment { seed: 1, epoch: 2, step };
            let batch = Batch::upload(&triples, 1, 2, moment, &Device::flex());
            // The first does not end with a whole word.
            let dropout = batch.dropout(0.2, &[50 * 199, 50 * 199]);
            [0, 1].map(|nth| {
                let ones = Tensor::<2>::ones([199, 50], &Device::flex());
                dropout.of(nth, ones).into_data().iter::<f32>().collect::<Vec<_>>()
            })
        };
        let [values, others] = masks(3);
        for values in [&values, &others] {
            assert!(values.iter().all(|&value| value == 0.0 || value == 1.25));
            // Six standard deviations.
            let mean = values.iter().sum::<f32>() / values.len() as f32;
            assert!((mean - 1.0).abs() < 0.03, "{mean}");
        }
        assert_eq!([values.clone(), others.clone()], masks(3));
        assert!(values != others && values != masks(4)[0]);
    }
}
