use std::collections::BTreeMap;

/// How often each item is shown, over the lists of all judged users.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposure {
    shown: Vec<Shown>,
    /// Items outside the data, which only lists from elsewhere have.
    outside: BTreeMap<u32, Shown>,
    users: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Shown {
    times: u32,
    /// Sum over the lists with the item of one over the list's length.
    share: f64,
}

impl Exposure {
    /// Nothing shown yet, of `items` items.
    pub fn new(items: usize) -> Self {
        Self { shown: vec![Shown::default(); items], outside: BTreeMap::new(), users: 0 }
    }

    /// Adds one user's list.
    pub fn add(&mut self, list: &[u32]) {
        self.add_repeatedly(list, 1);
    }

    /// Adds the same list of several users.
    pub fn add_repeatedly(&mut self, list: &[u32], users: u32) {
        self.users += users;
        for &item in list {
            let shown = match self.shown.get_mut(item as usize) {
                Some(shown) => shown,
                None => self.outside.entry(item).or_default(),
            };
            shown.times += users;
            shown.share += f64::from(users) / list.len() as f64;
        }
    }

    /// Number of lists added.
    pub fn users(&self) -> u32 {
        self.users
    }

    /// Each shown item with its number of lists and the sum of its shares of them, by item index.
    pub fn items(&self) -> impl Iterator<Item = (u32, u32, f64)> {
        (0..)
            .zip(&self.shown)
            .chain(self.outside.iter().map(|(&item, shown)| (item, shown)))
            .filter(|(_, shown)| shown.times > 0)
            .map(|(item, shown)| (item, shown.times, shown.share))
    }
}
