use burn::tensor::{DType, Device, Int, Tensor, TensorData};

use super::SparseMatrix;
use super::backend;

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
        Self { start: indices(start, device), column: indices(column, device), entry: indices(entry, device) }
    }
}

fn indices(values: Vec<i32>, device: &Device) -> Tensor<1, Int> {
    let length = values.len();
    Tensor::from_data(TensorData::new(values, [length]), (device, DType::I32))
}

impl Pattern {
    /// The pattern of a host matrix and its values, `[entries]`.
    pub fn upload(matrix: &SparseMatrix, device: &Device) -> (Self, Tensor<1>) {
        let start: Vec<i32> = matrix.start.iter().map(|&at| at as i32).collect();
        let column: Vec<i32> = matrix.column.iter().map(|&column| column as i32).collect();
        let pattern = Self::new(matrix.columns, start, column, device);
        let values = TensorData::new(matrix.value.clone(), [matrix.entries()]);
        (pattern, Tensor::from_data(values, (device, DType::F32)))
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
}

impl Selection {
    /// Selects `rows` of a table with `table_rows` rows.
    pub fn upload(table_rows: usize, rows: &[u32], device: &Device) -> Self {
        let start = (0..=rows.len() as i32).collect();
        let column = rows.iter().map(|&row| row as i32).collect();
        Self {
            pattern: Pattern::new(table_rows, start, column, device),
            ones: Tensor::ones([rows.len()], (device, DType::F32)),
        }
    }

    /// `[table rows, dim]` to `[selected, dim]`.
    pub fn of(&self, table: Tensor<2>) -> Tensor<2> {
        self.pattern.multiply(self.ones.clone(), table)
    }
}

/// Compressed columns from compressed rows: starts, row indices, and each entry's position in row order.
fn transpose(columns: usize, start: &[i32], column: &[i32]) -> (Vec<i32>, Vec<i32>, Vec<i32>) {
    let mut column_start = vec![0i32; columns + 1];
    for &column in column {
        column_start[column as usize + 1] += 1;
    }
    for column in 0..columns {
        column_start[column + 1] += column_start[column];
    }
    let mut free = column_start.clone();
    let mut rows = vec![0i32; column.len()];
    let mut entries = vec![0i32; column.len()];
    for row in 0..start.len() - 1 {
        for entry in start[row]..start[row + 1] {
            let place = &mut free[column[entry as usize] as usize];
            rows[*place as usize] = row as i32;
            entries[*place as usize] = entry;
            *place += 1;
        }
    }
    (column_start, rows, entries)
}
