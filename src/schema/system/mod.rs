//! The systems: what people are told about each, and what can be set. One file a system.

mod bm3;
mod bpr_mf;
mod composed;
mod freedom;
mod grcn;
mod item_knn;
mod item_knn_content;
mod lattice;
mod light_gcn;
mod light_gcn_m;
mod mmgcn;
mod most_pop;
mod ngcf;
mod random;
mod sgl;
mod vbpr;

use serde::Serialize;

use super::{Axis, Design, Variant};

/// A recommender that a [`RunSpec`](super::RunSpec) can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    Random,
    MostPop,
    ItemKnn,
    ItemKnnContent,
    BprMf,
    Vbpr,
    LightGcn,
    Ngcf,
    Sgl,
    LightGcnM,
    Mmgcn,
    Grcn,
    Lattice,
    Bm3,
    Freedom,
    Composed,
}

impl System {
    pub const ALL: [Self; 16] = [
        Self::Random,
        Self::MostPop,
        Self::ItemKnn,
        Self::ItemKnnContent,
        Self::BprMf,
        Self::Vbpr,
        Self::LightGcn,
        Self::Ngcf,
        Self::Sgl,
        Self::LightGcnM,
        Self::Mmgcn,
        Self::Grcn,
        Self::Lattice,
        Self::Bm3,
        Self::Freedom,
        Self::Composed,
    ];

    /// The system of this name, as in `vbpr`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.description().name == name)
    }

    /// The description of a system that is its design and nothing else.
    pub fn executed(self) -> Option<&'static SystemDescription> {
        let is_design = |system: &&SystemDescription| {
            system.design.is_some() && system.beyond.is_none() && system.axes.is_empty()
        };
        Some(self.description()).filter(is_design)
    }

    /// What people are told about the system, and what can be set.
    pub fn description(self) -> &'static SystemDescription {
        match self {
            Self::Random => &random::DESCRIPTION,
            Self::MostPop => &most_pop::DESCRIPTION,
            Self::ItemKnn => &item_knn::DESCRIPTION,
            Self::ItemKnnContent => &item_knn_content::DESCRIPTION,
            Self::BprMf => &bpr_mf::DESCRIPTION,
            Self::Vbpr => &vbpr::DESCRIPTION,
            Self::LightGcn => &light_gcn::DESCRIPTION,
            Self::Mmgcn => &mmgcn::DESCRIPTION,
            Self::Grcn => &grcn::DESCRIPTION,
            Self::Ngcf => &ngcf::DESCRIPTION,
            Self::Sgl => &sgl::DESCRIPTION,
            Self::LightGcnM => &light_gcn_m::DESCRIPTION,
            Self::Lattice => &lattice::DESCRIPTION,
            Self::Bm3 => &bm3::DESCRIPTION,
            Self::Freedom => &freedom::DESCRIPTION,
            Self::Composed => &composed::DESCRIPTION,
        }
    }
}

/// A system, where it sits in the paper's schema, and its hyper-parameters.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// What modalities weigh when the specification does not say; absent where the system does not weigh them.
    pub modality_weights: Option<&'static [(&'static str, f64)]>,
    /// Where it sits in the schema; absent where nothing is learned, and in `composed` what a specification's design is when
    /// it does not say.
    pub design: Option<Design>,
    /// What it does that no answer of the schema says; absent where the design is all of it, and so is what is run.
    pub beyond: Option<&'static str>,
    /// The answers that a specification's design may choose from; empty where the system settles it.
    pub axes: &'static [Axis],
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

const NEIGHBOURS: HyperParameter = HyperParameter {
    name: "neighbours",
    title: "Neighbours",
    meaning: "How many items with the most similar content each item is joined to, itself included.",
    default: 10.0,
    minimum: 1.0,
    maximum: 100.0,
    integer: true,
    scale: Scale::Logarithmic,
};

const ITEM_LAYERS: HyperParameter = HyperParameter {
    name: "item-layers",
    title: "Item layers",
    meaning: "How many steps along the graph of similar items information travels.",
    default: 1.0,
    minimum: 0.0,
    maximum: 4.0,
    integer: true,
    scale: Scale::Linear,
};
