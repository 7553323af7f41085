use crate::data::UserItems;
use crate::order::order_by;

/// What each user turned out to like: the items of the evaluated part rated at least the threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Relevance {
    /// `[users]`: whether the user has any item in the evaluated part, liked or not.
    has_target: Vec<bool>,
    /// `[users + 1]`: where each user's row starts.
    start: Vec<usize>,
    /// Relevant items, ascending within a row.
    item: Vec<u32>,
    /// The gain of each.
    gain: Vec<f64>,
    /// The same gains in descending order within a row.
    ideal: Vec<f64>,
}

impl Relevance {
    /// Of the evaluated part of the data.
    pub fn new(target: &UserItems, threshold: f32) -> Self {
        let mut relevance =
            Self { has_target: vec![], start: vec![0], item: vec![], gain: vec![], ideal: vec![] };
        for user in 0..target.users() {
            let first = relevance.item.len();
            for (&item, &rating) in target.items(user).iter().zip(target.ratings(user)) {
                if rating >= threshold {
                    relevance.item.push(item);
                    relevance.gain.push(gain(rating, threshold));
                }
            }
            // Gains are above zero, and such numbers order as their bits do.
            let gains = &relevance.gain[first..];
            let order = order_by(gains.iter().map(|gain| !gain.to_bits()));
            relevance.ideal.extend(order.map(|nth| gains[nth as usize]));
            relevance.has_target.push(!target.items(user).is_empty());
            relevance.start.push(relevance.item.len());
        }
        relevance
    }

    /// Number of users.
    pub fn users(&self) -> usize {
        self.has_target.len()
    }

    /// Whether the user has any item in the evaluated part; all others drop out of every metric.
    pub fn has_target(&self, user: usize) -> bool {
        self.has_target.get(user).copied().unwrap_or(false)
    }

    /// The user's relevant items, ascending.
    pub fn items(&self, user: usize) -> &[u32] {
        &self.item[self.start[user]..self.start[user + 1]]
    }

    /// The gains of the user's relevant items, descending.
    pub fn ideal(&self, user: usize) -> &[f64] {
        &self.ideal[self.start[user]..self.start[user + 1]]
    }

    /// What listing the item is worth to the user: at least 1 for a relevant item, else 0.
    pub fn gain(&self, user: usize, item: u32) -> f64 {
        match self.items(user).binary_search(&item) {
            Ok(position) => self.gain[self.start[user] + position],
            Err(_) => 0.0,
        }
    }

    /// The most relevant items that any user has.
    pub fn most(&self) -> usize {
        self.start.windows(2).map(|row| row[1] - row[0]).max().unwrap_or(0)
    }
}

/// Elliot's graded gain, 2^(rating − θ + 1) − 1 (reference, section 6).
fn gain(rating: f32, threshold: f32) -> f64 {
    libm::exp2(f64::from(rating) - f64::from(threshold) + 1.0) - 1.0
}
