/// Ranked lists of all users, best first.
///
/// A user with an empty list is a user for whom no list was given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lists {
    /// `[users + 1]`: where each user's list starts; lists may be shorter than the cutoff.
    pub start: Vec<u32>,
    pub item: Vec<u32>,
    pub score: Vec<f32>,
}

impl Lists {
    /// No lists yet, with room for `users` lists of `length` items.
    pub fn with_capacity(users: usize, length: usize) -> Self {
        let entries = users.saturating_mul(length);
        let mut start = Vec::with_capacity(users.saturating_add(1));
        start.push(0);
        Self { start, item: Vec::with_capacity(entries), score: Vec::with_capacity(entries) }
    }

    /// Appends the next user's list: items with their scores, best first.
    pub fn push(&mut self, list: impl IntoIterator<Item = (u32, f32)>) {
        if self.start.is_empty() {
            self.start.push(0);
        }
        for (item, score) in list {
            self.item.push(item);
            self.score.push(score);
        }
        self.start.push(self.item.len() as u32);
    }

    /// Appends the lists of the users that follow.
    pub fn append(&mut self, following: &Lists) {
        for user in 0..following.users() {
            self.push(following.items(user).iter().copied().zip(following.scores(user).iter().copied()));
        }
    }

    /// Number of users, those without a list included.
    pub fn users(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// The user's items, best first; empty for a user beyond the last.
    pub fn items(&self, user: usize) -> &[u32] {
        self.range(user).and_then(|range| self.item.get(range)).unwrap_or_default()
    }

    /// The scores of [`items`](Self::items), in the same order.
    pub fn scores(&self, user: usize) -> &[f32] {
        self.range(user).and_then(|range| self.score.get(range)).unwrap_or_default()
    }

    fn range(&self, user: usize) -> Option<std::ops::Range<usize>> {
        Some(*self.start.get(user)? as usize..*self.start.get(user + 1)? as usize)
    }
}
