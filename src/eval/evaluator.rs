use std::collections::BTreeMap;

use crate::data::UserItems;

use super::metrics::bias::{GroupChances, by_group};
use super::metrics::{accuracy, bias, coverage, diversity, novelty};
use super::{Exposure, Group, JudgedList, Lists, Metric, MetricTable, Popularity, Relevance, Scope};
use crate::ordered::ordered;

/// Judges lists by one part of the data, validation or test.
///
/// Two kinds of users drop out of every metric, as in Elliot: those without any item in the evaluated
/// part, and those without a list. A system that skips hard users is therefore not punished for it:
/// compare [`judged_users`](Self::judged_users) before comparing systems.
#[derive(Clone, Debug)]
pub struct Evaluator {
    items: usize,
    popularity: Popularity,
    relevance: Relevance,
    /// `[users]`: short-head and long-tail items that are not in the user's train.
    showable: Vec<[u64; 2]>,
    /// `[users]`: the same, of the user's relevant items.
    findable: Vec<[u64; 2]>,
}

impl Evaluator {
    /// For lists over `items` items, learned from `train` and held against `target`.
    ///
    /// An item of `target` is relevant when its rating is at least `relevance_threshold`, θ in the
    /// reference, which the paper leaves at 0.
    pub fn new(train: &UserItems, items: usize, target: &UserItems, relevance_threshold: f32) -> Self {
        let popularity = Popularity::new(train, items);
        let relevance = Relevance::new(target, relevance_threshold);
        let group_size = [Group::ShortHead, Group::LongTail].map(|group| popularity.group_size(group) as u64);
        let (mut showable, mut findable) = (Vec::new(), Vec::new());
        for user in 0..relevance.users() {
            let owned = train.items(user);
            let [head, tail] = by_group(owned, &popularity);
            showable.push([group_size[0].saturating_sub(head), group_size[1].saturating_sub(tail)]);
            let unowned = relevance.items(user).iter().filter(|item| owned.binary_search(item).is_err());
            findable.push(by_group(unowned, &popularity));
        }
        Self { items, popularity, relevance, showable, findable }
    }

    /// How often each item occurs in train, and in which group it is.
    pub fn popularity(&self) -> &Popularity {
        &self.popularity
    }

    /// Users who have both an item in the evaluated part and a list, ascending.
    pub fn judged_users<'a>(&'a self, lists: &'a Lists) -> impl Iterator<Item = u32> + 'a {
        (0..self.relevance.users())
            .filter(|&user| self.relevance.has_target(user) && !lists.items(user).is_empty())
            .map(|user| user as u32)
    }

    /// All metrics at all cutoffs; `None` where a metric is undefined.
    ///
    /// Sums are taken over users in ascending order, so that equal lists give equal bits.
    pub fn evaluate(&self, lists: &Lists, cutoffs: &[u32]) -> MetricTable {
        let discount = self.discount(lists);
        let mut tallies: Vec<Tally> = cutoffs.iter().map(|&cutoff| Tally::new(cutoff, self.items)).collect();
        let mut gains = Vec::new();
        for user in self.judged_users(lists) {
            self.judge(user, lists, &mut gains);
            for tally in &mut tallies {
                tally.add(self, user, &self.cut(user, lists, tally.cutoff, &gains, &discount));
            }
        }
        let mut table = MetricTable::new();
        for metric in Metric::ALL {
            let values = ordered(tallies.iter().map(|tally| {
                (tally.cutoff, tally.value(metric, &self.popularity).filter(|value| value.is_finite()))
            }));
            table.insert(metric.name().to_owned(), values);
        }
        table
    }

    /// The values of which the metric is the mean, by user, ascending; `None` for a metric that is one
    /// value for all lists together ([`Scope::System`]).
    pub fn per_user(&self, lists: &Lists, metric: Metric, cutoff: u32) -> Option<Vec<(u32, f64)>> {
        if metric.description().scope == Scope::System {
            return None;
        }
        let discount = self.discount(lists);
        let mut gains = Vec::new();
        let mut values = Vec::new();
        for user in self.judged_users(lists) {
            self.judge(user, lists, &mut gains);
            let list = self.cut(user, lists, cutoff, &gains, &discount);
            values.extend(self.of_user(metric, &list).map(|value| (user, value)));
        }
        Some(values)
    }

    /// What the metric, one of exposure alone, is when each user's list is shown `times` as often, `[users]`; `None` where it
    /// is undefined, or about more than exposure.
    pub fn repeated(&self, lists: &Lists, metric: Metric, cutoff: u32, times: &[u16]) -> Option<f64> {
        let mut exposure = Exposure::new(self.items);
        for user in self.judged_users(lists) {
            let list = lists.items(user as usize);
            let list = &list[..list.len().min(cutoff as usize)];
            exposure.add_repeatedly(list, u32::from(*times.get(user as usize)?));
        }
        of_exposure(metric, &exposure, &self.popularity)
    }

    /// The metric of one user's list; `None` where the user, or the metric, has none.
    fn of_user(&self, metric: Metric, list: &JudgedList) -> Option<f64> {
        if metric.description().scope == Scope::RelevantUsers && list.ideal.is_empty() {
            return None;
        }
        match metric {
            Metric::Recall => Some(accuracy::recall(list)),
            Metric::Ndcg => Some(accuracy::ndcg(list)),
            Metric::NdcgBinary => Some(accuracy::ndcg_binary(list)),
            Metric::Precision => Some(accuracy::precision(list)),
            Metric::HitRate => Some(accuracy::hit_rate(list)),
            Metric::Mrr => Some(accuracy::reciprocal_rank(list)),
            Metric::Map => Some(accuracy::average_precision(list)),
            Metric::MapElliot => Some(accuracy::mean_precision(list)),
            Metric::F1 => Some(accuracy::f1(list)),
            Metric::Efd => Some(novelty::efd(list, &self.popularity)),
            Metric::Epc => Some(novelty::epc(list, &self.popularity)),
            Metric::Aplt => Some(bias::long_tail_share(list.items, &self.popularity)),
            Metric::Aclt => Some(bias::long_tail_count(list.items, &self.popularity)),
            Metric::Arp => Some(bias::mean_popularity(list.items, &self.popularity)),
            Metric::Gini
            | Metric::ShannonEntropy
            | Metric::ItemCoverage
            | Metric::ItemCoverageRatio
            | Metric::PopReo
            | Metric::PopRsp => None,
        }
    }

    /// The weights of all ranks that any list or any ideal list has.
    fn discount(&self, lists: &Lists) -> Vec<f64> {
        let longest = (0..lists.users()).map(|user| lists.items(user).len()).max().unwrap_or(0);
        let ranks = longest.max(self.relevance.most());
        (0..ranks).map(|rank| 1.0 / libm::log2(rank as f64 + 2.0)).collect()
    }

    /// Fills `gains` with the gain of each item of the user's list.
    fn judge(&self, user: u32, lists: &Lists, gains: &mut Vec<f64>) {
        let user = user as usize;
        gains.clear();
        gains.extend(lists.items(user).iter().map(|&item| self.relevance.gain(user, item)));
    }

    fn cut<'a>(
        &'a self,
        user: u32,
        lists: &'a Lists,
        cutoff: u32,
        gains: &'a [f64],
        discount: &'a [f64],
    ) -> JudgedList<'a> {
        let length = gains.len().min(cutoff as usize);
        let items = &lists.items(user as usize)[..length];
        let ideal = self.relevance.ideal(user as usize);
        JudgedList { cutoff, items, gains: &gains[..length], ideal, discount }
    }
}

/// What is summed up over users at one cutoff.
struct Tally {
    cutoff: u32,
    means: BTreeMap<Metric, Mean>,
    exposure: Exposure,
    opportunity: GroupChances,
    parity: GroupChances,
}

#[derive(Default)]
struct Mean {
    sum: f64,
    users: u32,
}

impl Tally {
    fn new(cutoff: u32, items: usize) -> Self {
        let averaged = Metric::ALL.into_iter().filter(|metric| metric.description().scope != Scope::System);
        Self {
            cutoff,
            means: ordered(averaged.map(|metric| (metric, Mean::default()))),
            exposure: Exposure::new(items),
            opportunity: GroupChances::default(),
            parity: GroupChances::default(),
        }
    }

    fn add(&mut self, evaluator: &Evaluator, user: u32, list: &JudgedList) {
        for (&metric, mean) in &mut self.means {
            if let Some(value) = evaluator.of_user(metric, list) {
                mean.sum += value;
                mean.users += 1;
            }
        }
        let popularity = &evaluator.popularity;
        self.exposure.add(list.items);
        self.parity.add(by_group(list.items, popularity), evaluator.showable[user as usize]);
        let hits = list.items.iter().zip(list.gains).filter(|&(_, &gain)| gain > 0.0).map(|(item, _)| item);
        self.opportunity.add(by_group(hits, popularity), evaluator.findable[user as usize]);
    }

    fn value(&self, metric: Metric, popularity: &Popularity) -> Option<f64> {
        match metric {
            Metric::PopReo => self.opportunity.disparity(),
            Metric::PopRsp => self.parity.disparity(),
            other => match self.means.get(&other) {
                Some(mean) => (mean.users > 0).then(|| mean.value()),
                None => of_exposure(other, &self.exposure, popularity),
            },
        }
    }
}

/// A metric that asks only how often each item is shown.
fn of_exposure(metric: Metric, exposure: &Exposure, popularity: &Popularity) -> Option<f64> {
    match metric {
        Metric::Gini => diversity::gini(exposure, popularity),
        Metric::ShannonEntropy => diversity::shannon_entropy(exposure),
        Metric::ItemCoverage => coverage::item_coverage(exposure),
        Metric::ItemCoverageRatio => coverage::item_coverage_ratio(exposure, popularity),
        _ => None,
    }
}

impl Mean {
    fn value(&self) -> f64 {
        self.sum / f64::from(self.users)
    }
}
