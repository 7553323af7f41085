use std::ops::Range;
use std::rc::Rc;

use burn::tensor::{ExecutionError, Tensor};

use super::rows::{larger, relu};
use crate::random::{Draw, Stream, generator};
use crate::schema::Operator;
use crate::sparse::SparseMatrix;
use crate::transfer::read;

/// Users and items as they meet in the score.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "one value at a time exists")]
pub enum Representation {
    /// Scores are computed where the tensors are.
    Dense(Scorer),
    /// The score is the dot product of two sparse vectors: users `[users, dim]` and items `[dim, items]`. It is
    /// computed on the host, where a few sums a user are nothing.
    Sparse { users: Rc<SparseMatrix>, items_transposed: Rc<SparseMatrix> },
    /// The score is a lot drawn for every user and item.
    Random { seed: u32, users: usize, items: usize },
}

/// How vectors of users and items become scores.
#[derive(Clone, Debug)]
pub enum Scorer {
    /// user · item: `[users, dim]`, and the items stored transposed, `[dim, items]`.
    Dot { users: Tensor<2>, items_transposed: Tensor<2> },
    /// `relu(user + item) · w`: `[users, factors]`, `[items, factors]` and `[factors, 1]`.
    Perceptron { users: Tensor<2>, items: Tensor<2>, output: Box<Tensor<2>> },
    /// Several scores, fused.
    Fused { first: Box<Scorer>, others: Vec<Scorer>, operator: Operator },
}

/// Scores of a block of users: `[users in the block, items]`, row by row.
pub type Scores = Vec<f32>;

impl Scorer {
    /// A sum of dot products is one dot product of concatenated vectors. Each part is `[users, dim]` and `[items, dim]`.
    pub fn dot(parts: Vec<(Tensor<2>, Tensor<2>)>) -> Self {
        let (users, items): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
        Self::Dot { users: Tensor::cat(users, 1), items_transposed: Tensor::cat(items, 1).transpose() }
    }

    /// Several scores, fused.
    pub fn fused(parts: impl IntoIterator<Item = Self>, operator: Operator) -> Option<Self> {
        let mut parts = parts.into_iter();
        let (first, others) = (parts.next()?, parts.collect::<Vec<_>>());
        match others.is_empty() {
            true => Some(first),
            false => Some(Self::Fused { first: Box::new(first), others, operator }),
        }
    }

    fn users(&self) -> usize {
        match self {
            Self::Dot { users, .. } | Self::Perceptron { users, .. } => users.shape()[0],
            Self::Fused { first, .. } => first.users(),
        }
    }

    /// Items as they meet users, `[items, dim]`: where several scores are fused, side by side.
    fn items(&self) -> Tensor<2> {
        match self {
            Self::Dot { items_transposed, .. } => items_transposed.clone().transpose(),
            Self::Perceptron { items, .. } => items.clone(),
            Self::Fused { first, others, .. } => {
                let others = others.iter().map(Self::items);
                Tensor::cat([first.items()].into_iter().chain(others).collect(), 1)
            }
        }
    }

    /// `[users in the block, items]`.
    fn scores(&self, block: &Range<usize>) -> Tensor<2> {
        let of_block = |users: &Tensor<2>| users.clone().narrow(0, block.start, block.len());
        match self {
            Self::Dot { users, items_transposed } => of_block(users).matmul(items_transposed.clone()),
            Self::Perceptron { users, items, output } => {
                // One user at a time, because every pair has hidden numbers of its own.
                let of_user = |user: usize| {
                    let hidden = relu(items.clone() + users.clone().narrow(0, user, 1));
                    hidden.matmul(Tensor::clone(output))
                };
                Tensor::cat(block.clone().map(of_user).collect(), 1).transpose()
            }
            Self::Fused { first, others, operator } => {
                let others = others.iter().map(|scorer| scorer.scores(block));
                others.fold(first.scores(block), |fused, next| fuse(fused, next, *operator))
            }
        }
    }
}

/// Two scores of the same pairs, fused.
pub fn fuse<const D: usize>(some: Tensor<D>, others: Tensor<D>, operator: Operator) -> Tensor<D> {
    match operator {
        Operator::Max => larger(some, others),
        Operator::Product => some * others,
        _ => some + others,
    }
}

impl Representation {
    /// The score is the sum over parts of user · item; each part is `[users, dim]` and `[items, dim]`.
    pub fn dot(parts: Vec<(Tensor<2>, Tensor<2>)>) -> Self {
        Self::Dense(Scorer::dot(parts))
    }

    /// Items as they meet users, `[items, dim]`; nothing where scores are not made of dense vectors.
    pub fn items(&self) -> Option<Tensor<2>> {
        match self {
            Self::Dense(scorer) => Some(scorer.items()),
            Self::Sparse { .. } | Self::Random { .. } => None,
        }
    }

    /// The number of users.
    pub fn users(&self) -> usize {
        match self {
            Self::Dense(scorer) => scorer.users(),
            Self::Sparse { users, .. } => users.rows(),
            Self::Random { users, .. } => *users,
        }
    }

    /// The scores of all items for a block of users.
    pub async fn scores(&self, block: Range<usize>) -> Result<Scores, ExecutionError> {
        match self {
            Self::Dense(scorer) => read(scorer.scores(&block)).await,
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
