use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::{Dataset, Problem, UserItems};
use crate::eval::{Group, Metric, Popularity, Scope};

/// A part of the held-out interactions, judged as if there were no others (docs/metrics.md).
///
/// Metrics drop users without anything held out, so a slice of users restricts who is averaged, and a slice of items what can be
/// hit. Lists stay as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slice {
    /// All of them.
    Everything,
    /// Of users with few train interactions: the half of the judged users that has fewest, as nearly as equal numbers allow.
    LightUsers,
    /// Of the other users.
    HeavyUsers,
    /// Of items in the short head.
    PopularItems,
    /// Of items in the long tail.
    LongTailItems,
    /// Of items without a train interaction.
    ColdItems,
    /// Of items for which the data have this modality.
    With(String),
    /// Of items for which the data lack it.
    Without(String),
}

/// What a slice is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "SliceOver"))]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    Everything,
    Users,
    Items,
}

/// How large a slice is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct SliceSummary {
    /// As in `long-tail-items` or `without-visual`.
    pub name: String,
    pub over: Over,
    /// What its items have or lack; `null` where it is not about content.
    pub modality: Option<String>,
    /// Users with a held-out interaction in it.
    pub users: usize,
    /// Held-out interactions.
    pub interactions: usize,
    /// The fewest and the most train interactions of its users.
    pub train_interactions: [usize; 2],
}

impl Slice {
    /// All slices with some of the held-out interactions but not all, after the one with everything.
    pub fn of(dataset: &Dataset, problem: &Problem) -> Vec<Self> {
        let modalities = dataset.modalities.keys();
        let by_content =
            modalities.flat_map(|modality| [Self::With(modality.clone()), Self::Without(modality.clone())]);
        let parts =
            [Self::LightUsers, Self::HeavyUsers, Self::PopularItems, Self::LongTailItems, Self::ColdItems];
        let all = problem.test.item.len();
        let is_part = |slice: &Self| {
            let held_out = slice.held_out(dataset, problem).item.len();
            held_out > 0 && held_out < all
        };
        let parts = parts.into_iter().chain(by_content).filter(is_part);
        std::iter::once(Self::Everything).chain(parts).collect()
    }

    pub fn name(&self) -> String {
        match self {
            Self::Everything => "everything".into(),
            Self::LightUsers => "light-users".into(),
            Self::HeavyUsers => "heavy-users".into(),
            Self::PopularItems => "popular-items".into(),
            Self::LongTailItems => "long-tail-items".into(),
            Self::ColdItems => "cold-items".into(),
            Self::With(modality) => format!("with-{modality}"),
            Self::Without(modality) => format!("without-{modality}"),
        }
    }

    pub fn over(&self) -> Over {
        match self {
            Self::Everything => Over::Everything,
            Self::LightUsers | Self::HeavyUsers => Over::Users,
            Self::PopularItems | Self::LongTailItems | Self::ColdItems => Over::Items,
            Self::With(_) | Self::Without(_) => Over::Items,
        }
    }

    /// Whether the metric is about the slice. What is shown does not depend on which items are held out, so of a slice of items
    /// only metrics that ask for hits tell something.
    pub fn concerns(&self, metric: Metric) -> bool {
        self.over() != Over::Items
            || metric.description().scope == Scope::RelevantUsers
            || metric == Metric::PopReo
    }

    /// The test interactions in the slice.
    pub fn held_out(&self, dataset: &Dataset, problem: &Problem) -> UserItems {
        let test = &problem.test;
        let popularity = || Popularity::new(&problem.train, problem.items);
        let of_group = |wanted: Option<Group>| {
            let popularity = popularity();
            test.only(|_, item| popularity.group(item) == wanted)
        };
        let light = |wanted: bool| {
            let most = most_of_light_users(problem);
            test.only(|user, _| (problem.train.items(user).len() <= most) == wanted)
        };
        let with = |modality: &String, wanted: bool| {
            let present = dataset.modalities.get(modality).map_or(&[][..], |features| &features.present);
            test.only(|_, item| present.get(item as usize).is_some_and(|present| *present) == wanted)
        };
        match self {
            Self::Everything => test.clone(),
            Self::LightUsers => light(true),
            Self::HeavyUsers => light(false),
            Self::PopularItems => of_group(Some(Group::ShortHead)),
            Self::LongTailItems => of_group(Some(Group::LongTail)),
            Self::ColdItems => of_group(None),
            Self::With(modality) => with(modality, true),
            Self::Without(modality) => with(modality, false),
        }
    }

    pub fn summary(&self, dataset: &Dataset, problem: &Problem) -> SliceSummary {
        let held_out = self.held_out(dataset, problem);
        let users = (0..held_out.users()).filter(|&user| !held_out.items(user).is_empty());
        let trained = users.map(|user| problem.train.items(user).len());
        let [mut fewest, mut most, mut users] = [usize::MAX, 0, 0];
        for count in trained {
            (fewest, most, users) = (fewest.min(count), most.max(count), users + 1);
        }
        let modality = match self {
            Self::With(modality) | Self::Without(modality) => Some(modality.clone()),
            _ => None,
        };
        SliceSummary {
            name: self.name(),
            over: self.over(),
            modality,
            users,
            interactions: held_out.item.len(),
            train_interactions: [fewest.min(most), most],
        }
    }
}

/// The most train interactions that a light user has: of the judged users, those with no more are as nearly half as can be, where
/// users with equally many stay together. The smaller number where two are as near.
fn most_of_light_users(problem: &Problem) -> usize {
    let mut users_with: BTreeMap<usize, usize> = BTreeMap::new();
    let judged = (0..problem.users).filter(|&user| !problem.test.items(user).is_empty());
    let mut all = 0;
    for user in judged {
        *users_with.entry(problem.train.items(user).len()).or_default() += 1;
        all += 1;
    }
    let mut best = (usize::MAX, 0);
    let mut light = 0;
    for (count, users) in users_with {
        light += users;
        best = best.min(((2 * light).abs_diff(all), count));
    }
    best.1
}
