use super::{
    FACTORS, HyperParameter, ITEM_LAYERS, LAYERS, LEARNING_RATE, NEIGHBOURS, REGULARISATION, Scale,
    SystemDescription, bm3, freedom, lattice, sgl,
};
use crate::schema::{Design, Variant};

/// Hyper-parameters that the design does not use are no part of a specification.
pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "composed",
    title: "Your own design",
    summary: "Any answer to the three questions that makes sense: choose which modalities, how represented and when fused, \
              and train what comes out.",
    formula: "score(u, i) = what the design says",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        HyperParameter { default: 1.0, ..lattice::DECAY },
        HyperParameter { default: 0.01, ..REGULARISATION },
        HyperParameter { default: 2.0, ..LAYERS },
        HyperParameter { default: 0.0, ..freedom::DROP },
        ITEM_LAYERS,
        NEIGHBOURS,
        lattice::FIXED_SHARE,
        freedom::MODAL_WEIGHT,
        bm3::CONTENT_WEIGHT,
        bm3::DROPOUT,
        HyperParameter {
            name: "alignment-weight",
            title: "Weight of the alignment",
            meaning: "How much it counts that an item's modalities point the same way.",
            default: 0.1,
            minimum: 0.0,
            maximum: 10.0,
            integer: false,
            scale: Scale::Logarithmic,
        },
        sgl::TEMPERATURE,
    ],
    modality_weights: Some(&[]),
    design: Some(Design::DEFAULT),
    beyond: None,
    axes: &Design::AXES,
    which: "any",
    how: "joint or coordinate",
    when: "early, late or never",
    source: "Malitesta et al., Formalizing Multimedia Recommendation through Multimodal Deep Learning, arXiv 2309.05273",
};
