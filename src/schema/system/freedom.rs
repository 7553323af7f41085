use std::borrow::Cow;

use super::{
    FACTORS, HyperParameter, ITEM_LAYERS, LAYERS, LEARNING_RATE, NEIGHBOURS, Scale, SystemDescription,
};
use crate::schema::{
    Design, Extraction, ItemItem, Operator, Regularised, Role, Sampling, Space, UserItem, Variant, When,
};

pub(super) const DROP: HyperParameter = HyperParameter {
    name: "drop",
    title: "Dropped edges",
    meaning: "The share of the user–item graph that each epoch trains without; edges of popular items and busy \
              users go first.",
    default: 0.8,
    minimum: 0.0,
    maximum: 0.95,
    integer: false,
    scale: Scale::Linear,
};

pub(super) const MODAL_WEIGHT: HyperParameter = HyperParameter {
    name: "modal-weight",
    title: "Weight of modalities in the loss",
    meaning: "How much ranking by each modality alone counts beside ranking by the score.",
    default: 1e-5,
    minimum: 0.0,
    maximum: 10.0,
    integer: false,
    scale: Scale::Logarithmic,
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "freedom",
    title: "FREEDOM",
    summary: "LightGCN on a thinned graph, where items also learn from items that look or read alike. Which items are \
              alike is settled once, before training.",
    formula: "score(u, i) = e_u · (e_i + (S^n G)_i),  S = Σ_m w_m · mean of the nearest items by modality m",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 2.0, ..LAYERS },
        ITEM_LAYERS,
        NEIGHBOURS,
        DROP,
        LEARNING_RATE,
        MODAL_WEIGHT,
    ],
    modality_weights: Some(&[("visual", 0.1), ("textual", 0.9)]),
    design: Some(Design {
        roles: Cow::Borrowed(&[Role::EdgeWeights, Role::AuxiliaryLoss]),
        extraction: Extraction::FineTuned,
        representation: Space::Coordinate,
        normalised: false,
        when: When::Early,
        operator: Operator::GraphMerge,
        user_item_graph: UserItem::Symmetric,
        item_item_graph: ItemItem::Frozen,
        sampling: Sampling::Interactions,
        regularised: Regularised::None,
        ..Design::DEFAULT
    }),
    beyond: None,
    axes: &[],
    which: "visual and textual",
    how: "coordinate: one frozen graph of similar items a modality; pretrained vectors, whose trained copies serve the loss",
    when: "early: the modalities' graphs are added with fixed weights",
    source: "Zhou and Shen, A Tale of Two Graphs: Freezing and Denoising Graph Structures for Multimodal Recommendation, \
             ACM MM 2023",
};
