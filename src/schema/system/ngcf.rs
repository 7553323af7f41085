use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, Scale, SystemDescription};
use crate::schema::{Design, Sampling, UserItem, Variant};

const DROPOUT: HyperParameter = HyperParameter {
    name: "message-dropout",
    title: "Message dropout",
    meaning: "The share of numbers that every layer drops in every step.",
    default: 0.1,
    minimum: 0.0,
    maximum: 0.9,
    integer: false,
    scale: Scale::Linear,
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "ngcf",
    title: "NGCF",
    summary: "Vectors of users and items that meet those of their neighbours in learned layers, one after the other.",
    formula: "score(u, i) = e_u · e_i,  e = E⁰ … E^L side by side,  E^(l+1) = normalise(LeakyReLU(S W₁ + b₁ + (S ⊙ E^l) W₂ + b₂)),  S = D^-1 (A + I) E^l",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        LAYERS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        REGULARISATION,
        DROPOUT,
        HyperParameter {
            name: "node-dropout",
            title: "Node dropout",
            meaning: "The share of the graph's weights that is dropped in every epoch.",
            ..DROPOUT
        },
    ],
    modality_weights: None,
    design: Some(Design {
        roles: Cow::Borrowed(&[]),
        user_item_graph: UserItem::Symmetric,
        sampling: Sampling::DistinctUsers,
        ..Design::DEFAULT
    }),
    beyond: Some(
        "the layers of its user–item graph have weights of their own, and all of them are scored side by side",
    ),
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "Wang et al., Neural Graph Collaborative Filtering, SIGIR 2019",
};
