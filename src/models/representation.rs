use std::ops::Range;
use std::rc::Rc;

use burn::tensor::{ExecutionError, Tensor};

use crate::random::{Draw, Stream, generator};
use crate::sparse::SparseMatrix;
use crate::transfer::read;

/// Users and items as they meet in the score.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one value at a time exists")]
pub enum Representation {
    /// The score is the sum over parts of user · item; each part is `[users, dim]` and `[items, dim]`, the items
    /// stored transposed, `[dim, items]`.
    Dot { users: Tensor<2>, items_transposed: Tensor<2> },
    /// The score is the dot product of two sparse vectors: users `[users, dim]` and items `[dim, items]`. It is
    /// computed on the host, where a few sums a user are nothing.
    Sparse { users: Rc<SparseMatrix>, items_transposed: Rc<SparseMatrix> },
    /// The score is a lot drawn for every user and item.
    Random { seed: u32, users: usize, items: usize },
}

/// Scores of a block of users: `[users in the block, items]`, row by row.
pub type Scores = Vec<f32>;

impl Representation {
    /// A sum of dot products is one dot product of concatenated vectors.
    pub fn dot(parts: Vec<(Tensor<2>, Tensor<2>)>) -> Self {
        let (users, items): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        Self::Dot { users: Tensor::cat(users, 1), items_transposed: Tensor::cat(items, 1).transpose() }
    }

    /// The number of users.
    pub fn users(&self) -> usize {
        match self {
            Self::Dot { users, .. } => users.shape()[0],
            Self::Sparse { users, .. } => users.rows(),
            Self::Random { users, .. } => *users,
        }
    }

    /// The scores of all items for a block of users.
    pub async fn scores(&self, block: Range<usize>) -> Result<Scores, ExecutionError> {
        match self {
            Self::Dot { users, items_transposed } => {
                let users = users.clone().narrow(0, block.start, block.len());
                read(users.matmul(items_transposed.clone())).await
            }
            Self::Sparse { users, items_transposed } => {
                let items = items_transposed.columns;
                let mut scores = vec![0.0; block.len() * items];
                for (user, scores) in block.zip(scores.chunks_exact_mut(items.max(1))) {
                    for (part, weight) in users.row(user) {
                        for (item, value) in items_transposed.row(part as usize) {
                            scores[item as usize] += weight * value;
                        }
                    }
                }
                Ok(scores)
            }
            Self::Random { seed, items, .. } => {
                let mut scores = Vec::with_capacity(block.len() * items);
                for user in block {
                    let mut generator = generator(u64::from(*seed) << 32 | user as u64, Stream::Score);
                    scores.extend((0..*items).map(|_| generator.unit() as f32));
                }
                Ok(scores)
            }
        }
    }
}
