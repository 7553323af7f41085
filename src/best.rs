//! Picks the best of many scores.

use std::convert::Infallible;

use fusebox_kernels::any_above;

/// Scores are read so many at a time: enough for the comparison to become vector instructions, few
/// enough that a rare survivor does not make a long block be read twice.
const BLOCK: usize = 32;

/// Picks the highest of many scores, of equal ones the smallest index, and reuses its memory.
#[derive(Clone, Debug)]
pub struct Best {
    length: usize,
    /// Keys of what is still in the race; at most twice the length.
    kept: Vec<u64>,
}

impl Best {
    /// Picks up to `length` scores.
    pub fn new(length: usize) -> Self {
        Self { length, kept: Vec::with_capacity(2 * length + 1) }
    }

    /// Index and score of the best, the highest first.
    pub fn of(&mut self, scores: &[f32]) -> impl Iterator<Item = (u32, f32)> {
        match self.admitted(scores, |_, _| Ok::<_, Infallible>(true)) {
            Ok(best) => best,
            Err(never) => match never {},
        }
    }

    /// Index and score of the best for which `admit` says yes, the highest first. It is asked about NaN too, and
    /// not about scores that cannot win.
    pub fn admitted<E>(
        &mut self,
        scores: &[f32],
        mut admit: impl FnMut(u32, f32) -> Result<bool, E>,
    ) -> Result<impl Iterator<Item = (u32, f32)>, E> {
        self.kept.clear();
        // The worst score of a full list. Scores come in the order of their index, so a later one must beat it:
        // with an equal score it would lose the tie.
        let mut worst = None;
        for (block, values) in scores.chunks(BLOCK).enumerate() {
            if worst.is_some_and(|worst| !any_above(values, worst)) {
                continue;
            }
            for (offset, &score) in values.iter().enumerate() {
                if worst.is_some_and(|worst| score <= worst) {
                    continue;
                }
                let index = (block * BLOCK + offset) as u32;
                if !admit(index, score)? || self.length == 0 {
                    continue;
                }
                self.kept.push(key(index, score));
                if self.kept.len() == 2 * self.length {
                    worst = Some(self.keep_best());
                }
            }
        }
        self.kept.sort_unstable_by(|a, b| b.cmp(a));
        self.kept.truncate(self.length);
        Ok(self.kept.iter().map(|&key| (index_of(key), score_of(key))))
    }

    /// Halves the race to the length and returns the worst score left.
    fn keep_best(&mut self) -> f32 {
        let (_, &mut last, _) = self.kept.select_nth_unstable_by(self.length - 1, |a, b| b.cmp(a));
        self.kept.truncate(self.length);
        score_of(last)
    }
}

/// A number that is greater for a better place: by score, then by smaller index.
fn key(index: u32, score: f32) -> u64 {
    // Adding zero makes -0 into +0, which is the same score.
    let bits = (score + 0.0).to_bits();
    // Positive floats order as their bits do; negative ones the other way round.
    let ordered = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    u64::from(ordered) << 32 | u64::from(!index)
}

fn index_of(key: u64) -> u32 {
    !(key as u32)
}

fn score_of(key: u64) -> f32 {
    let ordered = (key >> 32) as u32;
    f32::from_bits(if ordered >> 31 == 1 { ordered & !(1 << 31) } else { !ordered })
}
