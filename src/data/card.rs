use serde::Serialize;

use super::{Dataset, Part, Problem};

/// An item as people are shown it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct ItemCard {
    pub item: u32,
    /// The source's own identifier.
    pub id: String,
    /// Empty where the data have no texts.
    pub title: String,
    pub description: String,
    /// What kind of thing it is; empty where the data do not say.
    pub kind: String,
    /// Position on the thumbnail sheet.
    pub thumbnail: Option<u32>,
    /// Train interactions.
    pub popularity: u32,
}

/// What one user took, by part of the data.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct UserHistory {
    pub user: u32,
    /// The source's own identifier.
    pub id: String,
    pub train: Vec<ItemCard>,
    pub validation: Vec<ItemCard>,
    pub test: Vec<ItemCard>,
}

/// One place of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Recommendation {
    pub card: ItemCard,
    pub score: f32,
    /// The held-out part in which the user took the item.
    pub hit: Option<Part>,
}

/// Makes cards: a data set with its train popularity.
pub struct Cards<'a> {
    dataset: &'a Dataset,
    problem: &'a Problem,
    popularity: Vec<u32>,
}

impl<'a> Cards<'a> {
    pub fn new(dataset: &'a Dataset, problem: &'a Problem) -> Self {
        Self { dataset, problem, popularity: problem.popularity() }
    }

    /// The card of an item of the data.
    pub fn item(&self, item: u32) -> ItemCard {
        let at = item as usize;
        let text = self.dataset.texts.get(at).cloned().unwrap_or_default();
        let thumbnails = self.dataset.thumbnails.as_ref();
        ItemCard {
            item,
            id: self.dataset.items[at].clone(),
            title: text.title,
            description: text.description,
            kind: text.kind,
            thumbnail: thumbnails.and_then(|thumbnails| thumbnails.position[at]),
            popularity: self.popularity[at],
        }
    }

    /// The history of a user; `None` when the data have no such user.
    pub fn user(&self, user: u32) -> Option<UserHistory> {
        let id = self.dataset.users.get(user as usize)?.clone();
        let cards = |items: &[u32]| items.iter().map(|&item| self.item(item)).collect();
        Some(UserHistory {
            user,
            id,
            train: cards(self.problem.train.items(user as usize)),
            validation: cards(self.problem.validation.items(user as usize)),
            test: cards(self.problem.test.items(user as usize)),
        })
    }

    /// A user's ranked list, hits marked.
    pub fn recommendations(&self, user: u32, list: &[(u32, f32)]) -> Vec<Recommendation> {
        let took = |part: &super::UserItems, item| part.items(user as usize).binary_search(&item).is_ok();
        list.iter()
            .map(|&(item, score)| Recommendation {
                card: self.item(item),
                score,
                hit: match item {
                    item if took(&self.problem.test, item) => Some(Part::Test),
                    item if took(&self.problem.validation, item) => Some(Part::Validation),
                    _ => None,
                },
            })
            .collect()
    }
}
