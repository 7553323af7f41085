use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, SystemDescription};
use crate::schema::{Design, Initialisation, UserItem, Variant};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "lightgcn",
    title: "LightGCN",
    summary: "Vectors of users and items, averaged with those of their neighbours in the user–item graph.",
    formula: "score(u, i) = e_u · e_i,  e = mean of E⁰ … E^L,  E^(l+1) = D^-½ A D^-½ E^l",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[FACTORS, LAYERS, HyperParameter { default: 0.005, ..LEARNING_RATE }, REGULARISATION],
    modality_weights: None,
    design: Some(Design {
        roles: Cow::Borrowed(&[]),
        user_item_graph: UserItem::Symmetric,
        initialisation: Initialisation::Normal,
        ..Design::DEFAULT
    }),
    beyond: None,
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "He et al., LightGCN: Simplifying and Powering Graph Convolution Network for Recommendation, SIGIR 2020",
};
