/// The first `cutoff` items of a user's list beside what the user turned out to like.
#[derive(Clone, Copy, Debug)]
pub struct JudgedList<'a> {
    pub cutoff: u32,
    /// Listed items, best first; at most `cutoff`.
    pub items: &'a [u32],
    /// The gain of each listed item: at least 1 for a hit, 0 for a miss.
    pub gains: &'a [f64],
    /// The gains of all relevant items, descending.
    pub ideal: &'a [f64],
    /// The weight of each rank, 1/log2(rank + 2) for rank 0, 1, …; covers `items` and `ideal`.
    pub discount: &'a [f64],
}

impl JudgedList<'_> {
    /// Number of relevant items listed.
    pub fn hits(&self) -> f64 {
        self.gains.iter().filter(|&&gain| gain > 0.0).count() as f64
    }

    /// Number of relevant items.
    pub fn relevant(&self) -> f64 {
        self.ideal.len() as f64
    }

    /// How many relevant items a list of this cutoff can hold.
    pub fn reachable(&self) -> usize {
        self.ideal.len().min(self.cutoff as usize)
    }
}
