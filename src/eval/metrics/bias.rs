//! How far the lists lean to popular items. Groups: see [`Group`].

use crate::eval::{Group, Popularity};

/// Number of long-tail items in the list.
pub fn long_tail_count(list: &[u32], popularity: &Popularity) -> f64 {
    list.iter().filter(|&&item| popularity.group(item) == Some(Group::LongTail)).count() as f64
}

/// Share of long-tail items in the list, which must not be empty.
pub fn long_tail_share(list: &[u32], popularity: &Popularity) -> f64 {
    long_tail_count(list, popularity) / list.len() as f64
}

/// Mean number of train users of the listed items; the list must not be empty.
pub fn mean_popularity(list: &[u32], popularity: &Popularity) -> f64 {
    list.iter().map(|&item| f64::from(popularity.count(item))).sum::<f64>() / list.len() as f64
}

/// For both groups of items: how often its items are listed, out of how often they could be.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GroupChances {
    listed: [u64; 2],
    possible: [u64; 2],
}

impl GroupChances {
    /// Adds one user: what is listed and what could be, as numbers of items by group (short head, long
    /// tail).
    pub fn add(&mut self, listed: [u64; 2], possible: [u64; 2]) {
        for group in 0..2 {
            self.listed[group] += listed[group];
            self.possible[group] += possible[group];
        }
    }

    /// Standard deviation over mean of the two groups' chances: 0 when they are equal, 1 when only one
    /// group is ever listed. `None` when a group cannot be listed, or when nothing is.
    pub fn disparity(&self) -> Option<f64> {
        if self.possible.contains(&0) {
            return None;
        }
        let [head, tail] = [0, 1].map(|group| self.listed[group] as f64 / self.possible[group] as f64);
        // Of two numbers: population deviation |a − b| / 2, mean (a + b) / 2.
        (head + tail > 0.0).then(|| (head - tail).abs() / (head + tail))
    }
}

/// Numbers of items by group (short head, long tail); items without a train interaction are in neither.
pub fn by_group<'a>(items: impl IntoIterator<Item = &'a u32>, popularity: &Popularity) -> [u64; 2] {
    let mut number = [0; 2];
    for &item in items {
        match popularity.group(item) {
            Some(Group::ShortHead) => number[0] += 1,
            Some(Group::LongTail) => number[1] += 1,
            None => {}
        }
    }
    number
}
