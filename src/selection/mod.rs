//! Rows of tables that a batch looks up, and what becomes of them, with gradients.
//!
//! burn's own `select` adds up gradients with one GPU thread a column over the whole batch; here it is one a row and
//! column, in a fixed order.

mod autodiff;
mod backend;
mod cpu;
#[cfg(feature = "webgpu")]
mod gpu;
#[cfg(test)]
mod tests;

use burn::backend::Dispatch;
use burn::tensor::{Device, Int, Tensor};

use self::backend::{Parts, SelectionBackend};
use crate::sparse::by_bucket;
use crate::transfer::{upload, upload_indices};

/// Rows of a table that a batch looks up, repetitions allowed. A place is a position in the selection.
#[derive(Clone, Debug)]
pub struct Selection {
    /// This selection's parts, and those of the selections that were uploaded along with it.
    indices: Tensor<1, Int>,
    parts: Parts,
    /// `[places]`.
    rows: Vec<u32>,
}

impl Selection {
    /// Selects `rows` of a table with `table_rows` rows.
    pub fn upload(table_rows: usize, rows: Vec<u32>, device: &Device) -> Self {
        let [selection] = Self::upload_all([(table_rows, rows)], device);
        selection
    }

    /// Several selections in one upload: for each the rows that its table has, and those that are selected.
    pub fn upload_all<const N: usize>(of: [(usize, Vec<u32>); N], device: &Device) -> [Self; N] {
        let mut indices = Vec::new();
        let of = of.map(|(table_rows, rows)| {
            let first = indices.len();
            indices.extend(rows.iter().map(|&row| row as i32));
            let (start, place) = by_bucket(table_rows, &indices[first..]);
            indices.extend(start);
            indices.extend(place);
            (Parts { first, places: rows.len(), table_rows }, rows)
        });
        let indices = upload_indices(indices, device);
        of.map(|(parts, rows)| Self { indices: indices.clone(), parts, rows })
    }

    /// `[table rows, dim]` to `[places, dim]`.
    pub fn of(&self, table: Tensor<2>) -> Tensor<2> {
        let indices = self.indices.clone().into_dispatch();
        Tensor::from_dispatch(Dispatch::look_up(indices, self.parts, table.into_dispatch()))
    }

    /// The dot products of the rows that this and another selection, of as many, look up at each place, `[places]`, from
    /// this one's table and the other's, `[table rows, dim]` each.
    pub fn dot(&self, other: &Self, own: Tensor<2>, others: Tensor<2>) -> Tensor<1> {
        Tensor::from_dispatch(Dispatch::paired_product(
            self.indices.clone().into_dispatch(),
            other.indices.clone().into_dispatch(),
            self.parts,
            other.parts,
            own.into_dispatch(),
            others.into_dispatch(),
        ))
    }

    /// `weight` times the sum of the squares of all numbers that are looked up in a table `[table rows, dim]`,
    /// repetitions counted: one element.
    pub fn squares(&self, table: Tensor<2>, weight: f64) -> Tensor<1> {
        let (indices, table) = (self.indices.clone().into_dispatch(), table.into_dispatch());
        Tensor::from_dispatch(Dispatch::selected_squares(indices, self.parts, table, weight as f32))
    }

    /// The number of places.
    pub fn places(&self) -> usize {
        self.parts.places
    }

    /// The distinct rows of this selection.
    pub fn distinct(&self) -> DistinctRows {
        let mut position = vec![0u32; self.parts.table_rows];
        for &row in &self.rows {
            position[row as usize] = 1;
        }
        let mut distinct = Vec::new();
        for (row, place) in (0..).zip(&mut position).filter(|(_, place)| **place == 1) {
            *place = distinct.len() as u32;
            distinct.push(row);
        }
        let places = self.rows.iter().map(|&row| position[row as usize]).collect();
        let count = distinct.len();
        let of = [(self.parts.table_rows, distinct), (count, places)];
        let [pick, spread] = Self::upload_all(of, &self.indices.device());
        DistinctRows { pick, spread }
    }

    /// The distinct rows among the first `places` of this selection, ascending, and how often each stands there,
    /// `[distinct, 1]`.
    pub fn counted(&self, places: usize) -> (Self, Tensor<2>) {
        let mut times = vec![0f32; self.parts.table_rows];
        for &row in &self.rows[..places] {
            times[row as usize] += 1.0;
        }
        let (rows, times): (Vec<u32>, Vec<f32>) = (0..).zip(times).filter(|&(_, times)| times > 0.0).unzip();
        let device = self.indices.device();
        let times = upload(times, [rows.len(), 1], &device);
        (Self::upload(self.parts.table_rows, rows, &device), times)
    }
}

/// The distinct rows of a table that a selection looks up, ascending. What is costly to compute for a row is computed once,
/// however often it was selected.
pub struct DistinctRows {
    /// Picks them from the table: `[table rows, dim]` to `[distinct, dim]`.
    pub pick: Selection,
    /// Spreads them over the selection: `[distinct, dim]` to `[places, dim]`.
    pub spread: Selection,
}
