use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, Scale, SystemDescription};
use crate::schema::{Design, UserItem, Variant};

pub(super) const TEMPERATURE: HyperParameter = HyperParameter {
    name: "temperature",
    title: "Temperature",
    meaning: "The lower, the more the most similar others count as rivals.",
    default: 0.2,
    minimum: 0.05,
    maximum: 10.0,
    integer: false,
    scale: Scale::Logarithmic,
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "sgl",
    title: "SGL",
    summary: "LightGCN that also learns to recognise a user or an item when part of the graph is missing.",
    formula: "score(u, i) = e_u · e_i,  e = mean of E⁰ … E^L,  E^(l+1) = D^-½ A D^-½ E^l",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        LAYERS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        REGULARISATION,
        HyperParameter {
            name: "contrast",
            title: "Contrast",
            meaning: "How much the recognising counts beside the ranking.",
            default: 0.1,
            minimum: 0.0,
            maximum: 10.0,
            integer: false,
            scale: Scale::Linear,
        },
        TEMPERATURE,
        HyperParameter {
            name: "drop",
            title: "Dropped edges",
            meaning: "The share of train interactions that either view of the graph lacks in an epoch.",
            default: 0.1,
            minimum: 0.0,
            maximum: 0.9,
            integer: false,
            scale: Scale::Linear,
        },
    ],
    modality_weights: None,
    design: Some(Design {
        roles: Cow::Borrowed(&[]),
        user_item_graph: UserItem::Symmetric,
        ..Design::DEFAULT
    }),
    beyond: Some("a second loss contrasts two views of the user–item graph"),
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "Wu et al., Self-supervised Graph Learning for Recommendation, SIGIR 2021",
};
