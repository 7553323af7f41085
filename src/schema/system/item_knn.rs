use super::{HyperParameter, NEIGHBOURS, Scale, SystemDescription};
use crate::schema::Variant;

/// For those that score by neighbours, and so leave out the item itself.
pub(super) const OTHERS: HyperParameter = HyperParameter {
    meaning: "How many of the most similar other items count for an item.",
    default: 50.0,
    maximum: 1000.0,
    ..NEIGHBOURS
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "item-knn",
    title: "ItemKNN",
    summary: "Recommends what was taken by the same people as what a user took.",
    formula: "score(u, i) = Σ s(i, j) over train items j of u among the k nearest of i,  s = cosine of their users",
    trained: false,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        OTHERS,
        HyperParameter {
            name: "shrinkage",
            title: "Shrinkage",
            meaning: "How far similarities are lowered, most where few people took both items.",
            default: 0.0,
            minimum: 0.0,
            maximum: 1000.0,
            integer: false,
            scale: Scale::Linear,
        },
    ],
    modality_weights: None,
    design: None,
    beyond: None,
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "Sarwar et al., Item-Based Collaborative Filtering Recommendation Algorithms, WWW 2001",
};
