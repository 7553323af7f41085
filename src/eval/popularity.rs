use crate::data::UserItems;
use crate::order::order_by;

/// The share of train interactions that the popular items make up (reference, section 6).
const SHORT_HEAD_SHARE: f64 = 0.8;

/// On which side of the catalogue an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The most popular items that together have 80 % of the train interactions.
    ShortHead,
    /// All other items with a train interaction.
    LongTail,
}

/// How often each item occurs in train, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Popularity {
    /// `[items]`: number of train users.
    count: Vec<u32>,
    /// `[items]`: `None` for items without a train interaction, which are in neither group.
    group: Vec<Option<Group>>,
    /// `[items]`: bits of surprise at meeting the item.
    information: Vec<f64>,
    /// That of an item without a train interaction: as for the least popular train item.
    unseen_information: f64,
    users: u32,
}

impl Popularity {
    /// Of `items` items, by the users who have them in `train`.
    pub fn new(train: &UserItems, items: usize) -> Self {
        let mut count = vec![0_u32; items];
        for &item in &train.item {
            if let Some(count) = count.get_mut(item as usize) {
                *count += 1;
            }
        }
        let interactions: f64 = count.iter().map(|&count| f64::from(count)).sum();
        let bits = |count: u32| -libm::log2(f64::from(count) / interactions);
        let least = count.iter().copied().filter(|&count| count > 0).min();
        let unseen_information = least.map_or(f64::NAN, bits);
        let information =
            count.iter().map(|&count| if count > 0 { bits(count) } else { unseen_information }).collect();
        let users = (0..train.users()).filter(|&user| !train.items(user).is_empty()).count() as u32;
        Self { group: groups(&count, interactions), count, information, unseen_information, users }
    }

    /// Number of train users of the item, c in the reference; 0 for an item outside the data.
    pub fn count(&self, item: u32) -> u32 {
        self.count.get(item as usize).copied().unwrap_or(0)
    }

    /// The item's group; `None` without a train interaction.
    pub fn group(&self, item: u32) -> Option<Group> {
        self.group.get(item as usize).copied().flatten()
    }

    /// Minus the binary logarithm of the item's share of train interactions, in bits: ν in EFD.
    pub fn information(&self, item: u32) -> f64 {
        self.information.get(item as usize).copied().unwrap_or(self.unseen_information)
    }

    /// The share of train users who do not have the item: ν in EPC; 1 for an unseen item.
    pub fn complement(&self, item: u32) -> f64 {
        match self.count(item) {
            0 => 1.0,
            count => 1.0 - f64::from(count) / f64::from(self.users),
        }
    }

    /// Number of items with a train interaction: the catalogue that Gini and coverage refer to.
    pub fn catalogue(&self) -> usize {
        self.group.iter().flatten().count()
    }

    /// Number of items in a group.
    pub fn group_size(&self, group: Group) -> usize {
        self.group.iter().flatten().filter(|&&of| of == group).count()
    }
}

/// Items by popularity, of equal ones the smaller index first; the item with which the sum reaches the
/// short head's share still belongs to it.
fn groups(count: &[u32], interactions: f64) -> Vec<Option<Group>> {
    let by_popularity = order_by(count.iter().map(|&count| u64::from(!count))).map(|item| item as usize);
    let mut missing = SHORT_HEAD_SHARE * interactions;
    let mut group = vec![None; count.len()];
    for item in by_popularity.filter(|&item| count[item] > 0) {
        group[item] = Some(if missing > 0.0 { Group::ShortHead } else { Group::LongTail });
        missing -= f64::from(count[item]);
    }
    group
}
