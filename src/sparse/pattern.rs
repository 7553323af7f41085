use burn::tensor::{Device, Int, Tensor};

use super::SparseMatrix;
use super::backend;
use crate::transfer::{upload, upload_indices};

/// Where a sparse matrix has entries, by row and by column, on a device.
///
/// The values are a tensor apart, so that they can be parameters; entry `e` is the `e`-th in row order.
#[derive(Clone, Debug)]
pub struct Pattern {
    by_row: Compressed,
    by_column: Compressed,
}

/// One direction of a pattern.
#[derive(Clone, Debug)]
pub(super) struct Compressed {
    /// `[rows + 1]`.
    pub start: Tensor<1, Int>,
    /// `[entries]`.
    pub column: Tensor<1, Int>,
    /// `[entries]`: the position of the entry's value.
    pub entry: Tensor<1, Int>,
}

impl Compressed {
    fn upload(start: Vec<i32>, column: Vec<i32>, entry: Vec<i32>, device: &Device) -> Self {
        Self {
            start: upload_indices(start, device),
            column: upload_indices(column, device),
            entry: upload_indices(entry, device),
        }
    }
}

impl Pattern {
    /// The pattern of a host matrix and its values, `[entries]`.
    pub fn upload(matrix: &SparseMatrix, device: &Device) -> (Self, Tensor<1>) {
        let start: Vec<i32> = matrix.start.iter().map(|&at| at as i32).collect();
        let column: Vec<i32> = matrix.column.iter().map(|&column| column as i32).collect();
        let pattern = Self::new(matrix.columns, start, column, device);
        (pattern, upload(matrix.value.clone(), [matrix.entries()], device))
    }

    fn new(columns: usize, start: Vec<i32>, column: Vec<i32>, device: &Device) -> Self {
        let (column_start, row, entry) = transpose(columns, &start, &column);
        let every_entry = (0..column.len() as i32).collect();
        Self {
            by_row: Compressed::upload(start, column, every_entry, device),
            by_column: Compressed::upload(column_start, row, entry, device),
        }
    }

    /// The product of the matrix with these `values` (`[entries]`) and a dense `[columns, dim]`: `[rows, dim]`.
    /// Both operands get gradients.
    pub fn multiply(&self, values: Tensor<1>, dense: Tensor<2>) -> Tensor<2> {
        backend::product(&self.by_row, &self.by_column, values, dense)
    }

    /// The product of the transposed matrix and a dense `[rows, dim]`: `[columns, dim]`.
    pub fn multiply_transposed(&self, values: Tensor<1>, dense: Tensor<2>) -> Tensor<2> {
        backend::product(&self.by_column, &self.by_row, values, dense)
    }

    /// The dot products of the rows of `left` (`[rows, dim]`) and `right` (`[columns, dim]`) where the pattern has
    /// entries: `[entries]`. Both operands get gradients.
    pub fn sampled_product(&self, left: Tensor<2>, right: Tensor<2>) -> Tensor<1> {
        backend::sampled_product(&self.by_row, &self.by_column, left, right)
    }

    /// The softmax of values (`[entries]`) over the entries of each row.
    pub fn softmax_by_row(&self, values: Tensor<1>) -> Tensor<1> {
        backend::softmax(&self.by_row, values)
    }

    /// The softmax of values (`[entries]`) over the entries of each column.
    pub fn softmax_by_column(&self, values: Tensor<1>) -> Tensor<1> {
        backend::softmax(&self.by_column, values)
    }
}

/// Rows of a table that a batch looks up, repetitions allowed.
///
/// As a matrix it has one 1 a row. burn's own `select` adds up gradients with one GPU thread a column over the
/// whole batch; the transposed product does it with one a row and column, in a fixed order.
#[derive(Clone, Debug)]
pub struct Selection {
    pattern: Pattern,
    ones: Tensor<1>,
    table_rows: usize,
    /// `[selected]`: rows of the table.
    rows: Vec<i32>,
    /// `[selected]`: the places in `rows`, by the table's row.
    order: Vec<i32>,
}

impl Selection {
    /// Selects `rows` of a table with `table_rows` rows.
    pub fn upload(table_rows: usize, rows: &[u32], device: &Device) -> Self {
        let count = rows.len();
        let rows: Vec<i32> = rows.iter().map(|&row| row as i32).collect();
        let (start, order) = by_bucket(table_rows, &rows);
        let by_table_row = upload_indices(order.clone(), device);
        let pattern = Pattern {
            by_row: Compressed::upload(
                (0..=count as i32).collect(),
                rows.clone(),
                (0..count as i32).collect(),
                device,
            ),
            // A place is both the row of the entry and the position of its value.
            by_column: Compressed {
                start: upload_indices(start, device),
                column: by_table_row.clone(),
                entry: by_table_row,
            },
        };
        Self { pattern, ones: upload(vec![1.0; count], [count], device), table_rows, rows, order }
    }

    /// `[table rows, dim]` to `[selected, dim]`.
    pub fn of(&self, table: Tensor<2>) -> Tensor<2> {
        self.pattern.multiply(self.ones.clone(), table)
    }

    /// The distinct rows of this selection.
    pub fn distinct(&self) -> DistinctRows {
        let mut position = vec![0u32; self.table_rows];
        for &row in &self.rows {
            position[row as usize] = 1;
        }
        let mut distinct = Vec::new();
        for (row, place) in (0..).zip(&mut position).filter(|(_, place)| **place == 1) {
            *place = distinct.len() as u32;
            distinct.push(row);
        }
        let places: Vec<u32> = self.rows.iter().map(|&row| position[row as usize]).collect();
        let device = self.ones.device();
        DistinctRows {
            pick: Self::upload(self.table_rows, &distinct, &device),
            spread: Self::upload(distinct.len(), &places, &device),
        }
    }

    /// The distinct rows among the first `places` of this selection, ascending, and how often each stands there,
    /// `[distinct, 1]`.
    pub fn counted(&self, places: usize) -> (Self, Tensor<2>) {
        let mut times = vec![0f32; self.table_rows];
        for &row in &self.rows[..places] {
            times[row as usize] += 1.0;
        }
        let (rows, times): (Vec<u32>, Vec<f32>) = (0..).zip(times).filter(|&(_, times)| times > 0.0).unzip();
        let device = self.ones.device();
        let times = upload(times, [rows.len(), 1], &device);
        (Self::upload(self.table_rows, &rows, &device), times)
    }

    /// The pairs of each place's row here and its row in `other`, which selects as many, as the pattern of a matrix
    /// `[table rows, other table's rows]`. Its sampled product is the dot product of each pair, `[selected]`, without
    /// looking the rows up first.
    pub fn paired_with(&self, other: &Self) -> Pattern {
        let direction = |here: &Self, there: &Self| {
            let partners = here.order.iter().map(|&place| there.rows[place as usize]).collect();
            let Compressed { start, entry, .. } = here.pattern.by_column.clone();
            Compressed { column: upload_indices(partners, &start.device()), start, entry }
        };
        Pattern { by_row: direction(self, other), by_column: direction(other, self) }
    }
}

/// The distinct rows of a table that a selection looks up, ascending. What is costly to compute for a row is computed once,
/// however often it was selected.
pub struct DistinctRows {
    /// Picks them from the table: `[table rows, dim]` to `[distinct, dim]`.
    pub pick: Selection,
    /// Spreads them over the selection: `[distinct, dim]` to `[selected, dim]`.
    pub spread: Selection,
}

/// The places of each of `count` values, in compressed rows: where each value's places start, and all places.
fn by_bucket(count: usize, values: &[i32]) -> (Vec<i32>, Vec<i32>) {
    let mut start = vec![0i32; count + 1];
    for &value in values {
        start[value as usize + 1] += 1;
    }
    for value in 0..count {
        start[value + 1] += start[value];
    }
    let mut free = start.clone();
    let mut order = vec![0i32; values.len()];
    for (place, &value) in (0..).zip(values) {
        let at = &mut free[value as usize];
        order[*at as usize] = place;
        *at += 1;
    }
    (start, order)
}

/// Compressed columns from compressed rows: starts, row indices, and each entry's position in row order.
fn transpose(columns: usize, start: &[i32], column: &[i32]) -> (Vec<i32>, Vec<i32>, Vec<i32>) {
    let (column_start, entries) = by_bucket(columns, column);
    let mut row_of = vec![0i32; column.len()];
    for (row, entries) in (0..).zip(start.windows(2)) {
        row_of[entries[0] as usize..entries[1] as usize].fill(row);
    }
    let rows = entries.iter().map(|&entry| row_of[entry as usize]).collect();
    (column_start, rows, entries)
}
