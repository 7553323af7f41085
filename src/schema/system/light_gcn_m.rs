use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, SystemDescription};
use crate::schema::{Design, Extraction, Operator, Regularised, Space, UserItem, Variant, When};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "lightgcn-m",
    title: "LightGCN-M",
    summary: "LightGCN in which an item starts from its pictures and words instead of a vector of its own.",
    formula: "score(u, i) = e_u · e_i,  e = mean of E⁰ … E^L,  e⁰_i = mean over m of normalise(P_m x_mi + b_m)",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[FACTORS, LAYERS, HyperParameter { default: 0.005, ..LEARNING_RATE }, REGULARISATION],
    modality_weights: Some(&[]),
    design: Some(Design {
        identity: false,
        extraction: Extraction::FineTuned,
        representation: Space::Coordinate,
        when: When::Early,
        operator: Operator::Weighted,
        user_item_graph: UserItem::Symmetric,
        regularised: Regularised::StartAndEnd,
        ..Design::DEFAULT
    }),
    beyond: None,
    axes: &[],
    which: "visual and textual",
    how: "coordinate: one projection a modality; pretrained vectors, learned on",
    when: "early: a weighted mean, before the vectors travel along the user–item graph",
    source: "baseline of Malitesta et al., Formalizing Multimedia Recommendation through Multimodal Deep Learning, arXiv 2309.05273",
};
