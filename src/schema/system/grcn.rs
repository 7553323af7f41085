use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, Scale, SystemDescription};
use crate::schema::{Design, Operator, Role, Sampling, Space, UserItem, Variant, When};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "grcn",
    title: "GRCN",
    summary: "Every interaction gets a weight, by how well the item's pictures and words fit the user's other items; the \
              user–item graph with these weights then carries the vectors.",
    formula: "score(u, i) = ē_u · ē_i + Σ_m x_m,u · x_m,i,  ē = Σ_l e^l,  e^(l+1) = normalise(A_α e^l),  \
              α = relu(max over m of confidence · attention)",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected, Variant::AsPublished],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 2.0, ..LAYERS },
        LEARNING_RATE,
        REGULARISATION,
        HyperParameter {
            name: "routings",
            title: "Routings",
            meaning: "How often a user's preferences are drawn to those of their items that fit them.",
            default: 3.0,
            minimum: 0.0,
            maximum: 10.0,
            integer: true,
            scale: Scale::Linear,
        },
        HyperParameter {
            name: "modality-factors",
            title: "Modality factors",
            meaning: "Length of the vectors that stand for preferences and content in one modality.",
            default: 128.0,
            ..FACTORS
        },
    ],
    modality_weights: None,
    design: Some(Design {
        roles: Cow::Borrowed(&[Role::Scoring, Role::EdgeWeights]),
        representation: Space::Coordinate,
        when: When::Early,
        operator: Operator::Concat,
        user_item_graph: UserItem::UnitLayers,
        sampling: Sampling::Interactions,
        ..Design::DEFAULT
    }),
    beyond: Some(
        "content weighs the edges between users and items, by attention over what each user took, and not those between items",
    ),
    axes: &[],
    which: "visual and textual (the original: visual, acoustic and textual)",
    how: "coordinate: attention over a user's items within each modality; pretrained vectors, frozen",
    when: "early: edge weights by the maximum, then vectors concatenated (which adds the modalities' scores)",
    source: "Wei et al., Graph-Refined Convolutional Network for Multimedia Recommendation with Implicit Feedback, MM 2020",
};
