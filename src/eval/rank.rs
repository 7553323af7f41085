use super::Lists;
use crate::best::Best;
use crate::data::UserItems;

/// Why scores cannot be ranked.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RankError {
    #[error("the score of item {item} for user {user} is not a number; the model has diverged")]
    NotANumber { user: u32, item: u32 },
    #[error("user {user} has scores of {found} items, but there are {expected} items")]
    Items { user: u32, found: usize, expected: usize },
    #[error("a block of {found} scores is not a whole number of rows of {items} items")]
    Block { found: usize, items: usize },
}

/// Picks the best items of one user at a time, reusing its memory.
///
/// Higher scores come first, and of equal scores the smaller item index. A list is shorter than asked
/// where a user has fewer items left; masked items never fill it up.
#[derive(Clone, Debug)]
pub struct Ranker {
    length: usize,
    /// `[items]`: whether the item may be listed at all.
    candidates: Vec<bool>,
    best: Best,
}

impl Ranker {
    /// For lists of up to `length` items, out of the items whose entry in `candidates`, `[items]`, is
    /// true.
    pub fn new(length: u32, candidates: Vec<bool>) -> Self {
        let length = (length as usize).min(candidates.len());
        Self { length, candidates, best: Best::new(length) }
    }

    /// Appends the user's list to `lists`.
    ///
    /// `scores` is `[items]`; each of `masked` holds item indices in ascending order that must not be
    /// listed. Scores of items that are no candidates are not looked at.
    ///
    /// # Errors
    /// When a candidate's score is NaN, masked or not, or when the number of scores is not the number
    /// of items; `lists` is then unchanged.
    pub fn rank(
        &mut self,
        user: u32,
        scores: &[f32],
        masked: &[&[u32]],
        lists: &mut Lists,
    ) -> Result<(), RankError> {
        if scores.len() != self.candidates.len() {
            return Err(RankError::Items { user, found: scores.len(), expected: self.candidates.len() });
        }
        let candidates = &self.candidates;
        lists.push(self.best.admitted(scores, |item, score| {
            if !candidates[item as usize] {
                return Ok(false);
            }
            if score.is_nan() {
                return Err(RankError::NotANumber { user, item });
            }
            Ok(!masked.iter().any(|items| items.binary_search(&item).is_ok()))
        })?);
        Ok(())
    }
}

/// Ranks the users `first_user..` of one block of scores, `[users, items]` row by row, and appends
/// their lists.
///
/// `masks` are the parts of the data whose items must not be listed: train, and validation if the
/// protocol says so. Every list depends on one row only, so threads change nothing in the result.
///
/// # Errors
/// As [`Ranker::rank`], for the first user that fails; or when the block is not rows of `[items]`.
/// `lists` is then unchanged.
pub fn rank_block(
    ranker: &Ranker,
    first_user: u32,
    scores: &[f32],
    masks: &[&UserItems],
    lists: &mut Lists,
) -> Result<(), RankError> {
    let items = ranker.candidates.len();
    if scores.is_empty() {
        return Ok(());
    }
    if items == 0 || !scores.len().is_multiple_of(items) {
        return Err(RankError::Block { found: scores.len(), items });
    }
    let rank_rows = |first_user: u32, rows: &[f32]| {
        let mut ranker = ranker.clone();
        let mut ranked = Lists::with_capacity(rows.len() / items, ranker.length);
        let mut masked = Vec::with_capacity(masks.len());
        for (user, row) in (first_user..).zip(rows.chunks_exact(items)) {
            masked.clear();
            masked.extend(masks.iter().map(|mask| mask.items(user as usize)));
            ranker.rank(user, row, &masked, &mut ranked)?;
        }
        Ok(ranked)
    };
    #[cfg(feature = "cli")]
    {
        use rayon::prelude::*;
        let users = (scores.len() / items).div_ceil(rayon::current_num_threads());
        let parts: Vec<_> = scores
            .par_chunks(users * items)
            .enumerate()
            .map(|(part, rows)| rank_rows(first_user + (part * users) as u32, rows))
            .collect();
        let parts = parts.into_iter().collect::<Result<Vec<_>, _>>()?;
        parts.iter().for_each(|part| lists.append(part));
    }
    #[cfg(not(feature = "cli"))]
    lists.append(&rank_rows(first_user, scores)?);
    Ok(())
}
