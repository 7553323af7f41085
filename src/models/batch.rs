use burn::tensor::{Device, Tensor};

use super::rows::dropout_mask;
use crate::random::{Stream, generator_of_step};
use crate::sparse::{Pattern, Selection};

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
    pairs: Pattern,
    device: Device,
}

impl Batch {
    pub fn upload(triples: &Triples, users: usize, items: usize, moment: Moment, device: &Device) -> Self {
        let user_rows = match triples.negatives.is_empty() {
            true => triples.users.clone(),
            false => [triples.users.as_slice(), &triples.users].concat(),
        };
        let item_rows = [triples.positives.as_slice(), &triples.negatives].concat();
        let users = Selection::upload(users, &user_rows, device);
        let item_selection = Selection::upload(items, &item_rows, device);
        Self {
            triples: triples.users.len(),
            moment,
            pairs: users.paired_with(&item_selection),
            users,
            items: item_selection,
            device: device.clone(),
        }
    }

    /// The dot product of each pair's user and item, `[pairs]`, from the tables `[users, dim]` and `[items, dim]`.
    pub fn scores(&self, users: Tensor<2>, items: Tensor<2>) -> Tensor<1> {
        self.pairs.sampled_product(users, items)
    }

    /// A mask `[rows, dim]` to multiply with: 0 with probability `rate`, else 1 / (1 − rate). The same for the same
    /// moment and `purpose` on every backend; purposes tell the masks of one step apart.
    pub fn dropout(&self, purpose: u8, rows: usize, dim: usize, rate: f64) -> Tensor<2> {
        let Moment { seed, epoch, step } = self.moment;
        let mut generator = generator_of_step(seed, Stream::Dropout, epoch, step, purpose);
        dropout_mask(&mut generator, [rows, dim], rate, &self.device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_drops_its_rate_keeps_the_mean_and_is_the_same_at_the_same_moment() {
        let triples = Triples { users: vec![0], positives: vec![0], negatives: vec![1] };
        let mask = |step, purpose| -> Vec<f32> {
            let moment = Moment { seed: 1, epoch: 2, step };
            let batch = Batch::upload(&triples, 1, 2, moment, &Device::flex());
            batch.dropout(purpose, 200, 50, 0.2).into_data().iter::<f32>().collect()
        };
        let values = mask(3, 0);
        assert!(values.iter().all(|&value| value == 0.0 || value == 1.25));
        // Six standard deviations.
        let mean = values.iter().sum::<f32>() / values.len() as f32;
        assert!((mean - 1.0).abs() < 0.03, "{mean}");
        assert_eq!(values, mask(3, 0));
        assert!(values != mask(3, 1) && values != mask(4, 0));
    }
}
