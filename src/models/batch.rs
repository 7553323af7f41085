use burn::tensor::{DType, Device, Int, Tensor, TensorData};

use crate::sparse::Selection;

/// Users, an item that each took, and an item that each did not take. All of one length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Triples {
    pub users: Vec<u32>,
    pub positives: Vec<u32>,
    pub negatives: Vec<u32>,
}

/// The pairs of one training step on the device: first every user with their positive, then every user with
/// their negative. So one selection a table serves both, and scores come out as `[2 · triples]`.
pub struct Batch {
    /// The number of triples.
    pub triples: usize,
    /// Rows of the user table, `[2 · triples]`.
    pub users: Selection,
    /// Rows of the item table, `[2 · triples]`.
    pub items: Selection,
    item_rows: Vec<u32>,
    item_count: usize,
    device: Device,
}

impl Batch {
    pub fn upload(triples: &Triples, users: usize, items: usize, device: &Device) -> Self {
        let user_rows = [triples.users.as_slice(), &triples.users].concat();
        let item_rows = [triples.positives.as_slice(), &triples.negatives].concat();
        Self {
            triples: triples.users.len(),
            users: Selection::upload(users, &user_rows, device),
            items: Selection::upload(items, &item_rows, device),
            item_rows,
            item_count: items,
            device: device.clone(),
        }
    }

    /// The distinct items of the batch, ascending, and the selection that spreads a table of them,
    /// `[distinct, dim]`, over the pairs, `[2 · triples, dim]`. What is costly to compute for an item is computed
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
}
