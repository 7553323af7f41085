use std::borrow::Cow;

use super::{FACTORS, HyperParameter, LEARNING_RATE, REGULARISATION, SystemDescription};
use crate::schema::{Design, Variant};

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "bpr-mf",
    title: "BPR-MF",
    summary: "One vector for each user and each item, learned from who took what.",
    formula: "score(u, i) = γ_u · γ_i",
    trained: true,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[
        FACTORS,
        HyperParameter { default: 0.005, ..LEARNING_RATE },
        HyperParameter { default: 0.01, ..REGULARISATION },
    ],
    modality_weights: None,
    design: Some(Design { roles: Cow::Borrowed(&[]), ..Design::DEFAULT }),
    beyond: None,
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "Rendle et al., BPR: Bayesian Personalized Ranking from Implicit Feedback, UAI 2009",
};
