use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, Scale, SystemDescription};
use crate::schema::{
    Design, Extraction, Inference, ItemItem, Loss, Regularised, Role, Sampling, Space, UserItem, Variant,
};

pub(super) const DROPOUT: HyperParameter = HyperParameter {
    name: "dropout",
    title: "Dropout",
    meaning: "The share of a vector's numbers that is hidden in what the others are to predict.",
    default: 0.5,
    minimum: 0.0,
    maximum: 0.95,
    integer: false,
    scale: Scale::Linear,
};

pub(super) const CONTENT_WEIGHT: HyperParameter = HyperParameter {
    name: "content-weight",
    title: "Weight of content in the loss",
    meaning: "How much it counts that an item's pictures and words point where the item points.",
    default: 2.0,
    minimum: 0.0,
    maximum: 10.0,
    integer: false,
    scale: Scale::Linear,
};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "bm3",
    title: "BM3",
    summary: "Learns without negatives: a user's vector must point where their items' vectors point, and an item's \
              pictures and words must point where the item points.",
    formula: "score(u, i) = R(e_u) · R(e_i + γ_i),  e = mean of the layers of the user–item graph",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 1.0, ..LAYERS },
        DROPOUT,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        CONTENT_WEIGHT,
        HyperParameter { default: 0.01, ..REGULARISATION },
    ],
    modality_weights: None,
    design: Some(Design {
        roles: Cow::Borrowed(&[Role::LossOnly]),
        extraction: Extraction::FineTuned,
        representation: Space::Coordinate,
        normalised: false,
        user_item_graph: UserItem::Symmetric,
        item_item_graph: ItemItem::Itself,
        inference: Inference::Predictor,
        loss: Loss::Bootstrap,
        sampling: Sampling::PositiveInteractions,
        regularised: Regularised::Lengths,
        ..Design::DEFAULT
    }),
    beyond: None,
    axes: &[],
    which: "visual and textual",
    how: "coordinate: one projection a modality, tied to the item's vector by the loss; pretrained vectors, fine-tuned",
    when: "never: modalities meet in the loss, not in the score",
    source: "Zhou et al., Bootstrap Latent Representations for Multi-modal Recommendation, WWW 2023",
};
