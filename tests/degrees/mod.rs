//! How interactions are spread over users and items.

use fusebox::data::Dataset;

/// Interactions per user and per item.
pub struct Degrees {
    pub users: Vec<u32>,
    pub items: Vec<u32>,
}

impl Degrees {
    pub fn count(pairs: impl Iterator<Item = (usize, usize)>, users: usize, items: usize) -> Self {
        let mut degrees = Self { users: vec![0; users], items: vec![0; items] };
        for (user, item) in pairs {
            degrees.users[user] += 1;
            degrees.items[item] += 1;
        }
        degrees
    }

    pub fn of(dataset: &Dataset) -> Self {
        let pairs = dataset.interactions.iter().map(|one| (one.user as usize, one.item as usize));
        Self::count(pairs, dataset.users.len(), dataset.items.len())
    }

    pub fn mean_per_user(&self) -> f64 {
        self.users.iter().sum::<u32>() as f64 / self.users.len() as f64
    }
}

/// The raw Gini coefficient: 0 when all are equal, near 1 when one has everything.
pub fn gini(counts: &[u32]) -> f64 {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let count = sorted.len() as f64;
    let total: f64 = sorted.iter().map(|&value| f64::from(value)).sum();
    let weighted: f64 = sorted
        .iter()
        .enumerate()
        .map(|(rank, &value)| (2.0 * (rank as f64 + 1.0) - count - 1.0) * f64::from(value))
        .sum();
    weighted / (count * total)
}

/// Deciles 10 % to 90 % of whole numbers, interpolated: a value v stands for the interval from v - 1/2 to v +
/// 1/2, over which those who have it are spread evenly. Without that, a decile jumps by one (a fifth, at
/// five) when a single user more falls on one side of it.
pub fn deciles(counts: &[u32]) -> [f64; 9] {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    core::array::from_fn(|decile| {
        let place = (decile + 1) as f64 / 10.0 * sorted.len() as f64;
        let value = sorted[place as usize];
        let below = sorted.partition_point(|&other| other < value) as f64;
        let equal = sorted.partition_point(|&other| other <= value) as f64 - below;
        f64::from(value) - 0.5 + (place - below) / equal
    })
}
