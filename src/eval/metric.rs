use serde::{Deserialize, Serialize};

/// Every metric, by the name it has in files, links and tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    Recall,
    Ndcg,
    NdcgBinary,
    Precision,
    HitRate,
    Mrr,
    Map,
    MapElliot,
    F1,
    Efd,
    Epc,
    Gini,
    ShannonEntropy,
    ItemCoverage,
    ItemCoverageRatio,
    Aplt,
    Aclt,
    Arp,
    PopReo,
    PopRsp,
}

/// What a metric is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    Accuracy,
    Novelty,
    Diversity,
    Coverage,
    Bias,
}

/// Which values are better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Higher,
    Lower,
    /// Neither end is good in itself; compare systems, or compare with the data.
    Neither,
}

/// Over whom a metric is taken. Users without any item in the evaluated part, and users without a list,
/// are in none of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The mean over users with a relevant item.
    RelevantUsers,
    /// The mean over users with any item in the evaluated part.
    AllUsers,
    /// One value for all lists together.
    System,
}

/// What a reader needs to know of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct Description {
    /// The key in a [`MetricTable`](super::MetricTable).
    pub name: &'static str,
    pub title: &'static str,
    pub family: Family,
    pub direction: Direction,
    pub scope: Scope,
    /// Of one user's list L cut at K, or of all lists for [`Scope::System`]. Rel: the user's relevant
    /// items; r: rank from 0; disc(r) = 1/log₂(r+2); c(i): train users of item i.
    pub formula: &'static str,
    /// In plain words.
    pub reading: &'static str,
}

/// Digits behind the point with which people are shown a value: shares need four, counts one.
pub fn decimals(value: f64) -> usize {
    if value.abs() >= 100.0 { 1 } else { 4 }
}

impl Metric {
    /// In the order in which tables show them: by family.
    pub const ALL: [Metric; 20] = [
        Metric::Recall,
        Metric::Ndcg,
        Metric::NdcgBinary,
        Metric::Precision,
        Metric::HitRate,
        Metric::Mrr,
        Metric::Map,
        Metric::MapElliot,
        Metric::F1,
        Metric::Efd,
        Metric::Epc,
        Metric::Gini,
        Metric::ShannonEntropy,
        Metric::ItemCoverage,
        Metric::ItemCoverageRatio,
        Metric::Aplt,
        Metric::Aclt,
        Metric::Arp,
        Metric::PopReo,
        Metric::PopRsp,
    ];

    /// The metric of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// As in a [`MetricTable`](super::MetricTable): `ndcg-binary`.
    pub fn name(self) -> &'static str {
        self.description().name
    }

    /// Title, formula and reading, and over whom the metric is taken.
    pub const fn description(self) -> Description {
        use Direction::{Higher, Lower, Neither};
        use Family::{Accuracy, Bias, Coverage, Diversity, Novelty};
        use Scope::{AllUsers, RelevantUsers, System};
        let (name, title, family, direction, scope, formula, reading) = match self {
            Metric::Recall => (
                "recall",
                "Recall",
                Accuracy,
                Higher,
                RelevantUsers,
                "|L ∩ Rel| / |Rel|",
                "The share of the items a person turned out to like that their list contains.",
            ),
            Metric::Ndcg => (
                "ndcg",
                "nDCG (graded)",
                Accuracy,
                Higher,
                RelevantUsers,
                "Σ g(i)·disc(r) / the same for the best possible order; g = 2^(rating−θ+1) − 1",
                "How high the liked items stand, where a five-star item counts far more than a two-star one.",
            ),
            Metric::NdcgBinary => (
                "ndcg-binary",
                "nDCG (binary)",
                Accuracy,
                Higher,
                RelevantUsers,
                "Σ over hits disc(r) / Σ over r < min(|Rel|, K) disc(r)",
                "How high the liked items stand, whatever their stars.",
            ),
            Metric::Precision => (
                "precision",
                "Precision",
                Accuracy,
                Higher,
                RelevantUsers,
                "|L ∩ Rel| / K",
                "The share of the K places that hold an item the person turned out to like.",
            ),
            Metric::HitRate => (
                "hit-rate",
                "Hit rate",
                Accuracy,
                Higher,
                RelevantUsers,
                "1 if L ∩ Rel is not empty, else 0",
                "The share of people whose list contains at least one item they turned out to like.",
            ),
            Metric::Mrr => (
                "mrr",
                "Mean reciprocal rank",
                Accuracy,
                Higher,
                RelevantUsers,
                "1 / (r + 1) of the first hit, 0 without one",
                "How soon the first liked item comes: 1 for the first place, ½ for the second, ⅓ for the third.",
            ),
            Metric::Map => (
                "map",
                "Mean average precision",
                Accuracy,
                Higher,
                RelevantUsers,
                "Σ over hits precision@(r+1) / min(|Rel|, K)",
                "The precision at each hit, averaged over all hits that were possible.",
            ),
            Metric::MapElliot => (
                "map-elliot",
                "MAP as in Elliot",
                Accuracy,
                Higher,
                RelevantUsers,
                "Σ over n = 1…K precision@n / K",
                "What Elliot calls MAP: the average of precision over all list lengths up to K.",
            ),
            Metric::F1 => (
                "f1",
                "F1",
                Accuracy,
                Higher,
                RelevantUsers,
                "2·precision·recall / (precision + recall), 0 if both are 0",
                "Precision and recall in one number, per person.",
            ),
            Metric::Efd => (
                "efd",
                "Expected free discovery",
                Novelty,
                Higher,
                RelevantUsers,
                "Σ over hits disc(r)·(−log₂(c(i)/Σc)) / Σ over L disc(r)",
                "How surprising the hits are, in bits: a hit on a rarely bought item counts more.",
            ),
            Metric::Epc => (
                "epc",
                "Expected popularity complement",
                Novelty,
                Higher,
                RelevantUsers,
                "Σ over hits disc(r)·(1 − c(i)/train users) / Σ over L disc(r)",
                "How unknown the hits are: the chance that another person does not have the item.",
            ),
            Metric::Gini => (
                "gini",
                "Gini index (1 − coefficient)",
                Diversity,
                Higher,
                System,
                "1 − Σ over j = 1…I (2j−I−1)·n(j)/N / (I−1), n ascending",
                "How evenly all items are shown: 1 when all equally often, 0 when always the same one.",
            ),
            Metric::ShannonEntropy => (
                "shannon-entropy",
                "Shannon entropy",
                Diversity,
                Higher,
                System,
                "Σ w(i)·(−log₂(n(i)/N)) / users, w(i) = Σ over lists with i 1/|L|",
                "How many yes-no questions it takes to guess which item stands in a place of a list.",
            ),
            Metric::ItemCoverage => (
                "item-coverage",
                "Items shown",
                Coverage,
                Higher,
                System,
                "|union of all L|",
                "The number of different items that anybody is shown.",
            ),
            Metric::ItemCoverageRatio => (
                "item-coverage-ratio",
                "Item coverage",
                Coverage,
                Higher,
                System,
                "|train items in any L| / |train items|",
                "The share of the catalogue that anybody is shown.",
            ),
            Metric::Aplt => (
                "aplt",
                "Share of long-tail items",
                Bias,
                Higher,
                AllUsers,
                "|L ∩ tail| / |L|",
                "The share of a list that is not among the popular items making up 80 % of train.",
            ),
            Metric::Aclt => (
                "aclt",
                "Number of long-tail items",
                Bias,
                Higher,
                AllUsers,
                "|L ∩ tail|",
                "How many items of a list are not among the popular items making up 80 % of train.",
            ),
            Metric::Arp => (
                "arp",
                "Average popularity",
                Bias,
                Neither,
                AllUsers,
                "Σ over L c(i) / |L|",
                "How many people already have the listed items; lower leans less on the crowd.",
            ),
            Metric::PopReo => (
                "pop-reo",
                "Unequal opportunity of popular and other items",
                Bias,
                Lower,
                System,
                "std(p)/mean(p) over head and tail, p(g) = Σ|L ∩ Rel ∩ g| / Σ|(Rel ∩ g) \\ train|",
                "Whether liked items are found as often when they are unpopular: 0 if so, 1 if never.",
            ),
            Metric::PopRsp => (
                "pop-rsp",
                "Unequal exposure of popular and other items",
                Bias,
                Lower,
                System,
                "std(p)/mean(p) over head and tail, p(g) = Σ|L ∩ g| / Σ|g \\ train|",
                "Whether popular and other items are shown equally often: 0 if so, 1 if only one kind is.",
            ),
        };
        Description { name, title, family, direction, scope, formula, reading }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_files() {
        for metric in Metric::ALL {
            assert_eq!(serde_json::to_value(metric).unwrap(), metric.name());
            assert_eq!(Metric::from_name(metric.name()), Some(metric));
        }
        assert_eq!(Metric::from_name("nDCG"), None);
    }
}
