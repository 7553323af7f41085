use serde::Serialize;

use super::Variant;

/// A recommender that a [`RunSpec`](super::RunSpec) can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    Random,
    MostPop,
    BprMf,
    Vbpr,
    LightGcn,
}

impl System {
    pub const ALL: [Self; 5] = [Self::Random, Self::MostPop, Self::BprMf, Self::Vbpr, Self::LightGcn];

    /// The system of this name, as in `vbpr`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.description().name == name)
    }

    /// What people are told about the system, and what can be set.
    pub fn description(self) -> &'static SystemDescription {
        match self {
            Self::Random => &RANDOM,
            Self::MostPop => &MOST_POP,
            Self::BprMf => &BPR_MF,
            Self::Vbpr => &VBPR,
            Self::LightGcn => &LIGHT_GCN,
        }
    }
}

/// A system, where it sits in the paper's schema, and its hyper-parameters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct SystemDescription {
    pub name: &'static str,
    pub title: &'static str,
    pub summary: &'static str,
    /// How a user's score of an item comes about, in one line.
    pub formula: &'static str,
    /// Whether there is anything to learn.
    pub trained: bool,
    /// Whether item content is read at all.
    pub uses_content: bool,
    pub variants: &'static [Variant],
    pub hyper_parameters: &'static [HyperParameter],
    /// *Which* modalities describe the items.
    pub which: &'static str,
    /// *How* they are represented.
    pub how: &'static str,
    /// *When* they are fused.
    pub when: &'static str,
    pub source: &'static str,
}

/// A number that can be set, its default and what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub struct HyperParameter {
    pub name: &'static str,
    pub title: &'static str,
    pub meaning: &'static str,
    pub default: f64,
    pub minimum: f64,
    pub maximum: f64,
    pub integer: bool,
    pub scale: Scale,
}

/// How a slider for a number should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    Linear,
    Logarithmic,
}

const FACTORS: HyperParameter = HyperParameter {
    name: "factors",
    title: "Factors",
    meaning: "Length of the vector that stands for a user or an item.",
    default: 64.0,
    minimum: 1.0,
    maximum: 512.0,
    integer: true,
    scale: Scale::Logarithmic,
};

const LEARNING_RATE: HyperParameter = HyperParameter {
    name: "learning-rate",
    title: "Learning rate",
    meaning: "How far each step of Adam goes.",
    default: 0.001,
    minimum: 1e-6,
    maximum: 1.0,
    integer: false,
    scale: Scale::Logarithmic,
};

const REGULARISATION: HyperParameter = HyperParameter {
    name: "regularisation",
    title: "Regularisation",
    meaning: "How strongly long vectors are punished.",
    default: 1e-5,
    minimum: 0.0,
    maximum: 10.0,
    integer: false,
    scale: Scale::Logarithmic,
};

const LAYERS: HyperParameter = HyperParameter {
    name: "layers",
    title: "Layers",
    meaning: "How many steps along the user–item graph information travels.",
    default: 3.0,
    minimum: 0.0,
    maximum: 8.0,
    integer: true,
    scale: Scale::Linear,
};

static RANDOM: SystemDescription = SystemDescription {
    name: "random",
    title: "Random",
    summary: "Recommends by lot: the floor for accuracy, the ceiling for coverage.",
    formula: "score(u, i) ~ uniform(0, 1)",
    trained: false,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "baseline",
};

static MOST_POP: SystemDescription = SystemDescription {
    name: "most-pop",
    title: "MostPop",
    summary: "Recommends to everybody what most people took.",
    formula: "score(u, i) = number of train interactions of i",
    trained: false,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "baseline",
};

static BPR_MF: SystemDescription = SystemDescription {
    name: "bpr-mf",
    title: "BPR-MF",
    summary: "One vector for each user and each item, learned from who took what.",
    formula: "score(u, i) = γ_u · γ_i",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        HyperParameter { default: 0.01, ..REGULARISATION },
    ],
    which: "none",
    how: "none",
    when: "none",
    source: "Rendle et al., BPR: Bayesian Personalized Ranking from Implicit Feedback, UAI 2009",
};

static VBPR: SystemDescription = SystemDescription {
    name: "vbpr",
    title: "VBPR",
    summary: "BPR-MF, and a second taste vector that meets the item's pictures and words.",
    formula: "score(u, i) = γ_u · γ_i + θ_u · normalise(P f_i + b)",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected, Variant::AsPublished],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        HyperParameter { default: 0.01, ..REGULARISATION },
    ],
    which: "visual and textual (the original: visual)",
    how: "joint: one projection of the concatenated features; pretrained vectors, frozen",
    when: "early: concatenated before the projection",
    source: "He and McAuley, VBPR: Visual Bayesian Personalized Ranking from Implicit Feedback, AAAI 2016",
};

static LIGHT_GCN: SystemDescription = SystemDescription {
    name: "lightgcn",
    title: "LightGCN",
    summary: "Vectors of users and items, averaged with those of their neighbours in the user–item graph.",
    formula: "score(u, i) = e_u · e_i,  e = mean of E⁰ … E^L,  E^(l+1) = D^-½ A D^-½ E^l",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[FACTORS, LAYERS, HyperParameter { default: 0.005, ..LEARNING_RATE }, REGULARISATION],
    which: "none",
    how: "none",
    when: "none",
    source: "He et al., LightGCN: Simplifying and Powering Graph Convolution Network for Recommendation, SIGIR 2020",
};
