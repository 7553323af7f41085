use burn::tensor::{DType, Device, Int, Tensor, TensorData};

use super::rows::dropout_mask;
use crate::random::{Stream, generator_of_step};
use crate::sparse::Selection;

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
    item_rows: Vec<u32>,
    item_count: usize,
    device: Device,
}

impl Batch {
    pub fn upload(triples: &Triples, users: usize, items: usize, moment: Moment, device: &Device) -> Self {
        let user_rows = match triples.negatives.is_empty() {
            true => triples.users.clone(),
            false => [triples.users.as_slice(), &triples.users].concat(),
        };
        let item_rows = [triples.positives.as_slice(), &triples.negatives].concat();
        Self {
            triples: triples.users.len(),
            moment,
            users: Selection::upload(users, &user_rows, device),
            items: Selection::upload(items, &item_rows, device),
            item_rows,
            item_count: items,
            device: device.clone(),
        }
    }

    /// The distinct items of the batch, ascending, and the selection that spreads a table of them,
    /// `[distinct, dim]`, over the pairs, `[pairs, dim]`. What is costly to compute for an item is computed
    /// once, however often the item was drawn.
    pub fn distinct_items(&self) -> (Tensor<1, Int>, Selection) {
        let mut position = vec![0u32; self.item_count];
        for &item in &self.item_rows {
            position[item as usize] = 1;
        }
        let mut distinct = Vec::new();
        for (item, place) in position.iter_mut().enumerate().filter(|(_, place)| **place == 1) {
            *place = distinct.len() as u32;
            distinct.push(item as i32);
        }
        let rows: Vec<u32> = self.item_rows.iter().map(|&item| position[item as usize]).collect();
        let count = distinct.len();
        let items = Tensor::from_data(TensorData::new(distinct, [count]), (&self.device, DType::I32));
        (items, Selection::upload(count, &rows, &self.device))
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
