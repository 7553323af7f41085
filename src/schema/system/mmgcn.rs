use super::{FACTORS, HyperParameter, LAYERS, LEARNING_RATE, REGULARISATION, Scale, SystemDescription};
use crate::schema::{Design, Operator, Sampling, Space, UserItem, Variant, When};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "mmgcn",
    title: "MMGCN",
    summary: "One graph network for pictures, one for words: in each, users learn what they prefer from the items they took, \
              and items from who took them.",
    formula: "score(u, i) = e_u · e_i,  e = mean over m of x_m,  x_m ← leaky(g h + leaky(L x_m) + id),  \
              h = leaky(mean over neighbours of W x_m)",
    trained: true,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { minimum: 1.0, ..LAYERS },
        HyperParameter { default: 1e-5, ..LEARNING_RATE },
        REGULARISATION,
        HyperParameter {
            name: "visual-factors",
            title: "Visual factors",
            meaning: "Length to which pictures' vectors are brought first; 0 takes them as they are.",
            default: 256.0,
            minimum: 0.0,
            maximum: 1024.0,
            integer: true,
            scale: Scale::Linear,
        },
    ],
    modality_weights: None,
    design: Some(Design {
        representation: Space::Coordinate,
        when: When::Early,
        operator: Operator::Mean,
        user_item_graph: UserItem::Symmetric,
        sampling: Sampling::Interactions,
        ..Design::DEFAULT
    }),
    beyond: Some(
        "the user–item graph has layers with weights of their own for each modality, and is told in each of them who the user and the item are",
    ),
    axes: &[],
    which: "visual and textual (the original: visual, acoustic and textual)",
    how: "coordinate: one graph network a modality, each told who the user and the item are; pretrained vectors, frozen",
    when: "early: the mean of the modalities' vectors (the original: their sum)",
    source: "Wei et al., MMGCN: Multi-modal Graph Convolution Network for Personalized Recommendation of Micro-video, \
             MM 2019",
};
