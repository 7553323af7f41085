//! What stands where an item lacks a modality.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::super::Setting;
use super::{Rows, side_by_side};
use crate::schema::MissingPolicy;
use crate::sparse::{SparseMatrix, nearest_admitted};

/// Items whose mean stands in for what an item lacks, with the policy `neighbours`: ten, as FREEDOM and LATTICE have by default.
const NEIGHBOURS: usize = 10;
/// Times that features flow from items to users and back, with the policy `propagation`. What comes from farther than that is
/// hardly told from the mean.
pub const ROUNDS: usize = 10;

/// Rows, `[items, numbers]`, with what the policy says where an item lacks them.
pub fn stand_in(
    setting: &Setting<'_>,
    mut values: Array2<f32>,
    present: &[bool],
    alike: Option<SparseMatrix>,
) -> Array2<f32> {
    let policy = setting.spec.missing.policy;
    if matches!(policy, MissingPolicy::Zeros | MissingPolicy::Drop) || !present.contains(&false) {
        return values;
    }
    let mean = mean_of_present(values.view(), present);
    fill(&mut values, present, &mean);
    if let Some(alike) = alike {
        fill_from_rows(&mut values, &alike);
    }
    if policy == MissingPolicy::Propagation {
        propagate(&mut values, present, &setting.interactions());
    }
    values
}

/// The mean row of the items that have the modality, `[dim]`; zero when none has.
fn mean_of_present(values: ArrayView2<'_, f32>, present: &[bool]) -> Array1<f32> {
    let mut sum = Array1::<f64>::zeros(values.ncols());
    let mut count = 0.0f64;
    for (row, _) in values.axis_iter(Axis(0)).zip(present).filter(|(_, present)| **present) {
        sum.zip_mut_with(&row, |sum, &value| *sum += f64::from(value));
        count += 1.0;
    }
    sum.mapv(|sum| (sum / count.max(1.0)) as f32)
}

/// Puts a row in the place of every one that is not present.
pub fn fill(values: &mut Array2<f32>, present: &[bool], row: &Array1<f32>) {
    for item in (0..present.len()).filter(|&item| !present[item]) {
        values.row_mut(item).assign(row);
    }
}

/// With the policy that asks for them, [`most_alike`].
pub fn alike(setting: &Setting<'_>, left: &[Rows], nth: usize, present: &[bool]) -> Option<SparseMatrix> {
    let wanted = setting.spec.missing.policy == MissingPolicy::Neighbours && present.contains(&false);
    wanted.then(|| most_alike(left, nth, present))
}

/// The items that have the nth modality and are most like each that lacks it, by the sum of the cosines of the other
/// modalities, in which zeros stand for what an item lacks: `[items, items]`.
pub fn most_alike(modalities: &[Rows], nth: usize, present: &[bool]) -> SparseMatrix {
    let weights: Vec<f64> = (0..modalities.len()).map(|other| f64::from(u8::from(other != nth))).collect();
    let rows = side_by_side(modalities, &weights);
    nearest_admitted(rows.view(), NEIGHBOURS, |row, other| !present[row as usize] && present[other as usize])
}

/// Gives each item the mean of those that it is like; one that is like none stays.
pub fn fill_from_rows(values: &mut Array2<f32>, alike: &SparseMatrix) {
    for item in 0..alike.rows() {
        let models: Vec<u32> =
            alike.row(item).filter(|&(_, likeness)| likeness > 0.0).map(|(other, _)| other).collect();
        if models.is_empty() {
            continue;
        }
        // Those that are filled have no model that was: models have the modality.
        let mut sum = Array1::<f32>::zeros(values.ncols());
        models.iter().for_each(|&model| sum += &values.row(model as usize));
        values.row_mut(item).assign(&(sum / models.len() as f32));
    }
}

/// Lets features flow along who took what, `[users, items]`: a user is the mean of their items, an item that lacks the
/// modality becomes the mean of its users. The others stay as they are (Rossi et al., On the Unreasonable Effectiveness of
/// Feature Propagation in Learning on Graphs with Missing Node Features, LoG 2022). An item without users stays too.
fn propagate(values: &mut Array2<f32>, present: &[bool], taken: &SparseMatrix) {
    let mut users = Array2::<f32>::zeros((taken.rows(), values.ncols()));
    let degrees = taken.column_sums();
    for _ in 0..ROUNDS {
        for (user, mut mean) in users.rows_mut().into_iter().enumerate() {
            mean.fill(0.0);
            let mut count = 0.0f32;
            for (item, _) in taken.row(user) {
                mean += &values.row(item as usize);
                count += 1.0;
            }
            mean /= count.max(1.0);
        }
        let lacks = |item: usize| !present[item] && degrees[item] > 0.0;
        for item in (0..present.len()).filter(|&item| lacks(item)) {
            values.row_mut(item).fill(0.0);
        }
        for (user, item, _) in taken.iter().filter(|&(_, item, _)| lacks(item as usize)) {
            let share = 1.0 / degrees[item as usize];
            values.row_mut(item as usize).scaled_add(share, &users.row(user as usize));
        }
    }
}
