use crate::order;

/// A sparse matrix on the host, in compressed rows.
#[derive(Clone, Debug, PartialEq)]
pub struct SparseMatrix {
    pub columns: usize,
    /// `[rows + 1]`: where each row starts in `column` and `value`.
    pub start: Vec<u32>,
    /// `[entries]`: column indices, ascending within a row.
    pub column: Vec<u32>,
    /// `[entries]`.
    pub value: Vec<f32>,
}

impl SparseMatrix {
    /// From (row, column, value) entries in any order; values at the same place are added.
    pub fn from_entries(rows: usize, columns: usize, entries: Vec<(u32, u32, f32)>) -> Self {
        let pair = |(row, column, value): (u32, u32, f32)| {
            (u64::from(row) << 32 | u64::from(column), value.to_bits())
        };
        let mut pairs: Vec<(u64, u32)> = entries.into_iter().map(pair).collect();
        order::sort(&mut pairs);
        let mut start = vec![0u32; rows + 1];
        let (mut column, mut value) = (Vec::with_capacity(pairs.len()), Vec::with_capacity(pairs.len()));
        for same_place in pairs.chunk_by(|(one, _), (other, _)| one == other) {
            let place = same_place[0].0;
            start[(place >> 32) as usize + 1] += 1;
            column.push(place as u32);
            let values = same_place.iter().map(|&(_, bits)| f32::from_bits(bits));
            value.extend(values.reduce(|sum, next| sum + next));
        }
        for row in 0..rows {
            start[row + 1] += start[row];
        }
        Self { columns, start, column, value }
    }

    pub fn rows(&self) -> usize {
        self.start.len() - 1
    }

    pub fn entries(&self) -> usize {
        self.column.len()
    }

    /// The columns and values of one row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (u32, f32)> {
        let range = self.start[row] as usize..self.start[row + 1] as usize;
        self.column[range.clone()].iter().copied().zip(self.value[range].iter().copied())
    }

    /// All entries as (row, column, value), in row order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, f32)> {
        (0..self.rows()).flat_map(|row| self.row(row).map(move |(column, value)| (row as u32, column, value)))
    }

    /// This matrix's values where `pattern`, of the same shape, has entries, 0 where only that has them: `[entries of the
    /// pattern]`. Entries that the pattern lacks are left out.
    pub fn values_at(&self, pattern: &Self) -> Vec<f32> {
        let mut values = Vec::with_capacity(pattern.entries());
        for row in 0..pattern.rows() {
            let mut own = self.row(row).peekable();
            values.extend(pattern.row(row).map(|(column, _)| {
                while own.next_if(|entry| entry.0 < column).is_some() {}
                own.next_if(|entry| entry.0 == column).map_or(0.0, |(_, value)| value)
            }));
        }
        values
    }

    /// Who interacted with what, every entry 1: `[users, items]`. `start` and `item` are the interactions in
    /// compressed rows, items ascending within a user.
    pub fn interactions(items: usize, start: &[u32], item: &[u32]) -> Self {
        Self { columns: items, start: start.to_vec(), column: item.to_vec(), value: vec![1.0; item.len()] }
    }

    /// The same entries with rows and columns exchanged.
    pub fn transposed(&self) -> Self {
        let mut entries = Vec::with_capacity(self.entries());
        for row in 0..self.rows() {
            entries.extend(self.row(row).map(|(column, value)| (column, row as u32, value)));
        }
        Self::from_entries(self.columns, self.rows(), entries)
    }

    /// The sum of each row's values, `[rows]`.
    pub fn row_sums(&self) -> Vec<f32> {
        (0..self.rows()).map(|row| self.row(row).map(|(_, value)| value).sum()).collect()
    }

    /// The sum of each column's values, `[columns]`.
    pub fn column_sums(&self) -> Vec<f32> {
        let mut sums = vec![0f32; self.columns];
        for (&column, value) in self.column.iter().zip(&self.value) {
            sums[column as usize] += value;
        }
        sums
    }

    /// Only the entries that are to be kept, one answer an entry in row order.
    pub fn keeping(&self, kept: &[bool]) -> Self {
        let mut left = Self { columns: self.columns, start: vec![0], column: Vec::new(), value: Vec::new() };
        for row in 0..self.rows() {
            for entry in (self.start[row] as usize..self.start[row + 1] as usize).filter(|&entry| kept[entry])
            {
                left.column.push(self.column[entry]);
                left.value.push(self.value[entry]);
            }
            left.start.push(left.column.len() as u32);
        }
        left
    }

    /// Every value replaced by what `change` makes of its row, its column and itself.
    pub fn map(mut self, change: impl Fn(usize, usize, f32) -> f32) -> Self {
        for row in 0..self.rows() {
            for entry in self.start[row] as usize..self.start[row + 1] as usize {
                self.value[entry] = change(row, self.column[entry] as usize, self.value[entry]);
            }
        }
        self
    }

    /// Every entry divided by √(row sum · column sum): the off-diagonal block of `D^-½ A D^-½`, where A is the
    /// bipartite graph of this matrix's entries.
    pub fn normalised_by_both_degrees(self) -> Self {
        let (row_sums, column_sums) = (self.row_sums(), self.column_sums());
        self.map(|row, column, value| value / (row_sums[row] * column_sums[column]).sqrt())
    }
}
