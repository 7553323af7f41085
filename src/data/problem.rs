/// One part of the data by user, in compressed rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserItems {
    /// `[users + 1]`: where each user's row starts.
    pub start: Vec<u32>,
    /// Item indices, ascending within a row.
    pub item: Vec<u32>,
    /// The rating of each.
    pub rating: Vec<f32>,
}

impl UserItems {
    /// Number of users, those with an empty row included.
    pub fn users(&self) -> usize {
        self.start.len().saturating_sub(1)
    }

    /// The user's items, ascending; empty for a user beyond the last.
    pub fn items(&self, user: usize) -> &[u32] {
        self.row(user).and_then(|row| self.item.get(row)).unwrap_or_default()
    }

    /// The ratings of [`items`](Self::items), in the same order.
    pub fn ratings(&self, user: usize) -> &[f32] {
        self.row(user).and_then(|row| self.rating.get(row)).unwrap_or_default()
    }

    fn row(&self, user: usize) -> Option<std::ops::Range<usize>> {
        Some(*self.start.get(user)? as usize..*self.start.get(user + 1)? as usize)
    }
}
pub struct Problem { pub users: usize, pub items: usize, pub train: UserItems, pub validation: UserItems, pub test: UserItems }
impl Problem { pub fn popularity(&self) -> Vec<u32> { let mut p = vec![0; self.items]; for &i in &self.train.item { p[i as usize] += 1; } p } }
impl Problem { pub fn new(_: &super::Dataset, _: &[super::Part]) -> Self { todo!() } pub fn fingerprint(&self) -> String { todo!() } }
#[derive(Debug, thiserror::Error)] pub enum SplitError { #[error("x")] X }
pub fn split(_: &super::Dataset, _: crate::schema::Split, _: u32) -> Result<Vec<super::Part>, SplitError> { todo!() }
pub fn bundle_digest(_: &super::Dataset) -> String { todo!() }
