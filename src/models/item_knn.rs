use std::rc::Rc;

use super::content::side_by_side;
use super::{Batch, LossTerm, ModelError, Parameters, Recommender, Representation, Setting};
use crate::best::Best;
use crate::sparse::{SparseMatrix, nearest_others};

/// ItemKNN: what is similar to what a user took, `score(u, i) = Σ s(i, j)` over the train items j of u among the
/// k other items most similar to i.
///
/// Nothing is learned. Items near nothing that a user took all score 0, and stand in the order of their index.
pub struct ItemKnn {
    /// Who took what in train: `[users, items]`.
    taken: Rc<SparseMatrix>,
    /// s(i, j) in row j and column i, where j is one of the k nearest of i: `[items, items]`.
    similarities: Rc<SparseMatrix>,
}

impl ItemKnn {
    /// Two items are as similar as the sets of users who took them in train: the cosine of their columns of the
    /// interactions, `shared users / (√(users of one · users of the other) + shrinkage)`.
    pub fn collaborative(setting: &Setting<'_>) -> Self {
        let taken = setting.interactions();
        let (k, shrinkage) = (setting.spec.count("neighbours"), setting.spec.hyper_parameter("shrinkage"));
        let similarities = nearest_by_users(&taken, k, shrinkage as f32);
        Self { taken: Rc::new(taken), similarities: Rc::new(similarities) }
    }

    /// Two items are as similar as their content: the mean over modalities, by their weights, of the cosine of the
    /// features.
    pub fn by_content(setting: &Setting<'_>) -> Result<Self, ModelError> {
        let rows = side_by_side(&setting.modalities()?, &setting.spec.modality_weights());
        let nearest = nearest_others(rows.view(), setting.spec.count("neighbours"));
        Ok(Self { taken: Rc::new(setting.interactions()), similarities: Rc::new(nearest.transposed()) })
    }
}

/// The k items whose users are most similar to those of each item, in the item's column: `[items, items]`, of
/// interactions `[users, items]`. Items that share no user are no neighbours. Only one item's similarities exist at a
/// time.
fn nearest_by_users(interactions: &SparseMatrix, k: usize, shrinkage: f32) -> SparseMatrix {
    let items = interactions.columns;
    let (users_of, degrees) = (interactions.transposed(), interactions.column_sums());
    let mut best = Best::new(k.min(items));
    let mut similarity = vec![0f32; items];
    let mut met: Vec<u32> = Vec::new();
    let mut entries = Vec::new();
    for item in 0..items {
        for (user, _) in users_of.row(item) {
            for (other, _) in interactions.row(user as usize) {
                let shared = &mut similarity[other as usize];
                if *shared == 0.0 {
                    met.push(other);
                }
                *shared += 1.0;
            }
        }
        for &other in &met {
            let other = other as usize;
            similarity[other] /= (degrees[item] * degrees[other]).sqrt() + shrinkage;
        }
        similarity[item] = 0.0;
        let nearest = best.of(&similarity).filter(|&(_, value)| value > 0.0);
        entries.extend(nearest.map(|(other, value)| (other, item as u32, value)));
        for other in met.drain(..) {
            similarity[other as usize] = 0.0;
        }
    }
    SparseMatrix::from_entries(items, items, entries)
}

impl Recommender for ItemKnn {
    fn loss(&self, _: &Parameters, _: &Batch) -> Vec<LossTerm> {
        Vec::new()
    }

    fn represent(&self, _: &Parameters) -> Representation {
        Representation::Sparse { users: self.taken.clone(), items_transposed: self.similarities.clone() }
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    /// User 0 has items 0, 1 and 2; user 1 has 0 and 1; user 2 has 1 and 2. Nobody has item 3.
    fn interactions() -> SparseMatrix {
        SparseMatrix::interactions(4, &[0, 3, 5, 7], &[0, 1, 2, 0, 1, 1, 2])
    }

    fn row(matrix: &SparseMatrix, row: usize) -> Vec<(u32, f32)> {
        matrix.row(row).collect()
    }

    #[test]
    fn items_are_similar_by_the_users_they_share() {
        let similarities = nearest_by_users(&interactions(), 9, 0.0).transposed();
        let near = 2.0 / 6f32.sqrt();
        assert_eq!(row(&similarities, 0), [(1, near), (2, 0.5)]);
        assert_eq!(row(&similarities, 1), [(0, near), (2, near)]);
        assert_eq!(row(&similarities, 3), []);
        // Shrinkage lowers what few users support.
        let similarities = nearest_by_users(&interactions(), 9, 1.0).transposed();
        assert_eq!(row(&similarities, 0), [(1, 2.0 / (6f32.sqrt() + 1.0)), (2, 1.0 / 3.0)]);
    }

    #[test]
    fn only_the_nearest_count_and_of_equals_the_first() {
        let similarities = nearest_by_users(&interactions(), 1, 0.0).transposed();
        assert_eq!(similarities.column, [1, 0, 1]);
    }
}
