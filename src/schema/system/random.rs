use super::SystemDescription;
use crate::schema::Variant;

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "random",
    title: "Random",
    summary: "Recommends by lot: the floor for accuracy, the ceiling for coverage.",
    formula: "score(u, i) ~ uniform(0, 1)",
    trained: false,
    uses_content: false,
    variants: &[Variant::Corrected],
    hyper_parameters: &[],
    modality_weights: None,
    design: None,
    beyond: None,
    axes: &[],
    which: "none",
    how: "none",
    when: "none",
    source: "baseline",
};
