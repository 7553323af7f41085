use super::{FACTORS, HyperParameter, LEARNING_RATE, REGULARISATION, SystemDescription};
use crate::schema::{Design, Variant};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "vbpr",
    title: "VBPR",
    summary: "BPR-MF, and a second taste vector that meets the item's pictures and words.",
    formula: "score(u, i) = γ_u · γ_i + θ_u · normalise(P f_i + b)",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected, Variant::AsPublished],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        HyperParameter { default: 0.01, ..REGULARISATION },
    ],
    modality_weights: None,
    design: Some(Design::DEFAULT),
    beyond: None,
    axes: &[],
    which: "visual and textual (the original: visual)",
    how: "joint: one projection of the concatenated features; pretrained vectors, frozen",
    when: "never: the features are concatenated before they are projected, so one vector is left",
    source: "He and McAuley, VBPR: Visual Bayesian Personalized Ranking from Implicit Feedback, AAAI 2016",
};
