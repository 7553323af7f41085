use super::TrainError;
use crate::data::{Dataset, Problem, UserItems};
use crate::eval::{Lists, Ranker, rank_block};
use crate::models::{Occasion, Representation, without_dropped};
use crate::schema::{Candidates, CheckedSpec};

/// Users whose scores are computed at once: enough for an efficient product, few enough that no users × items
/// matrix ever exists.
const BLOCK: usize = 256;

/// The items that lists may contain, `[items]`.
pub fn candidates(dataset: &Dataset, problem: &Problem, spec: &CheckedSpec) -> Vec<bool> {
    let mut candidates: Vec<bool> = match spec.protocol.candidates {
        Candidates::TrainItems => problem.popularity().iter().map(|&count| count > 0).collect(),
        Candidates::All => vec![true; problem.items],
    };
    let left = without_dropped(dataset, problem, spec, Occasion::Evaluation);
    candidates.iter_mut().zip(left.iter().flatten()).for_each(|(candidate, left)| *candidate &= left);
    candidates
}

/// Ranked lists of all users, without the items in `masks`.
pub async fn rank_all(
    representation: &Representation,
    ranker: &Ranker,
    masks: &[&UserItems],
) -> Result<Lists, TrainError> {
    let users = representation.users();
    let mut lists = Lists::default();
    for start in (0..users).step_by(BLOCK) {
        let block = start..(start + BLOCK).min(users);
        let scores = representation.scores(block).await?;
        rank_block(ranker, start as u32, &scores, masks, &mut lists)?;
    }
    Ok(lists)
}
