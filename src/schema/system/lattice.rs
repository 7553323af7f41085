use std::borrow::Cow;

use super::{
    FACTORS, HyperParameter, ITEM_LAYERS, LAYERS, LEARNING_RATE, NEIGHBOURS, REGULARISATION, Scale,
    SystemDescription,
};
use crate::schema::{
    Design, Extraction, ItemItem, Operator, Regularised, Role, Sampling, Space, UserItem, Variant, When,
};

pub(super) const FIXED_SHARE: HyperParameter = HyperParameter {
    name: "fixed-share",
    title: "Share of the fixed graph",
    meaning: "How much the graph of the features as they came counts beside the one that is learned.",
    default: 0.7,
    minimum: 0.0,
    maximum: 1.0,
    integer: false,
    scale: Scale::Linear,
};

pub(super) const DECAY: HyperParameter = HyperParameter {
    name: "decay",
    title: "Decay of the learning rate",
    meaning: "What the learning rate is multiplied by in the course of 50 epochs.",
    default: 0.96,
    minimum: 0.1,
    maximum: 1.0,
    integer: false,
    scale: Scale::Linear,
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "lattice",
    title: "LATTICE",
    summary: "A graph neural network where items also learn from items that look or read alike. Which items are alike \
              is learned along and settled anew in every epoch.",
    formula: "score(u, i) = e_u · (e_i + normalise((G^n Γ)_i)),  G = (1 − λ) · learned graph + λ · fixed graph",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 2.0, ..LAYERS },
        ITEM_LAYERS,
        HyperParameter { default: 20.0, ..NEIGHBOURS },
        FIXED_SHARE,
        LEARNING_RATE,
        DECAY,
        REGULARISATION,
    ],
    modality_weights: Some(&[]),
    design: Some(Design {
        roles: Cow::Borrowed(&[Role::EdgeWeights]),
        extraction: Extraction::FineTuned,
        representation: Space::Coordinate,
        normalised: false,
        when: When::Early,
        operator: Operator::GraphMerge,
        user_item_graph: UserItem::UnitLayers,
        item_item_graph: ItemItem::Learned,
        sampling: Sampling::DistinctUsers,
        regularised: Regularised::End,
        ..Design::DEFAULT
    }),
    beyond: None,
    axes: &[],
    which: "visual and textual",
    how: "coordinate: one graph of similar items a modality, part fixed, part learned; pretrained vectors, fine-tuned",
    when: "early: the modalities' graphs are added with learned weights",
    source: "Zhang et al., Mining Latent Structures for Multimedia Recommendation, ACM MM 2021",
};
