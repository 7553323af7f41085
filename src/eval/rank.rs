use crate::data::UserItems;

use super::Lists;

/// Scores are read so many at a time: enough for the comparison to become vector instructions, few
/// enough that a rare survivor does not make a long block be read twice.
const BLOCK: usize = 32;

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
    /// Keys of the items still in the race; at most twice the list's length.
    kept: Vec<u64>,
}

impl Ranker {
    /// For lists of up to `length` items, out of the items whose entry in `candidates`, `[items]`, is
    /// true.
    pub fn new(length: u32, candidates: Vec<bool>) -> Self {
        let length = (length as usize).min(candidates.len());
        Self { length, candidates, kept: Vec::with_capacity(2 * length + 1) }
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
        self.kept.clear();
        // The worst score of a full list. Items come in ascending order, so a later item must beat it:
        // with an equal score it would lose the tie.
        let mut worst = None;
        for (block, values) in scores.chunks(BLOCK).enumerate() {
            if worst.is_some_and(|worst| !any_in_race(values, worst)) {
                continue;
            }
            for (offset, &score) in values.iter().enumerate() {
                if worst.is_some_and(|worst| score <= worst) {
                    continue;
                }
                let item = (block * BLOCK + offset) as u32;
                if !self.candidates[item as usize] {
                    continue;
                }
                if score.is_nan() {
                    return Err(RankError::NotANumber { user, item });
                }
                if self.length == 0 || masked.iter().any(|items| items.binary_search(&item).is_ok()) {
                    continue;
                }
                self.kept.push(key(item, score));
                if self.kept.len() == 2 * self.length {
                    worst = Some(self.keep_best());
                }
            }
        }
        self.kept.sort_unstable_by(|a, b| b.cmp(a));
        self.kept.truncate(self.length);
        lists.push(self.kept.iter().map(|&key| (item_of(key), score_of(key))));
        Ok(())
    }

    /// Halves the race to the list's length and returns the worst score left.
    fn keep_best(&mut self) -> f32 {
        let (_, &mut last, _) = self.kept.select_nth_unstable_by(self.length - 1, |a, b| b.cmp(a));
        self.kept.truncate(self.length);
        score_of(last)
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

/// Whether any score beats `worst` or is NaN. Without a branch inside, this becomes vector compares.
fn any_in_race(scores: &[f32], worst: f32) -> bool {
    // `!(a <= b)` and not `a > b`: NaN must be found.
    #[allow(clippy::neg_cmp_op_on_partial_ord)]
    scores.iter().fold(false, |any, &score| any | !(score <= worst))
}

/// A number that is greater for a better place: by score, then by smaller item index.
fn key(item: u32, score: f32) -> u64 {
    // Adding zero makes -0 into +0, which is the same score.
    let bits = (score + 0.0).to_bits();
    // Positive floats order as their bits do; negative ones the other way round.
    let ordered = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    u64::from(ordered) << 32 | u64::from(!item)
}

fn item_of(key: u64) -> u32 {
    !(key as u32)
}

fn score_of(key: u64) -> f32 {
    let ordered = (key >> 32) as u32;
    f32::from_bits(if ordered >> 31 == 1 { ordered & !(1 << 31) } else { !ordered })
}
