use super::SystemDescription;
use crate::schema::Variant;

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "most-pop",
    title: "MostPop",
    summary: "Recommends to everybody what most people took.",
    formula: "score(u, i) = number of train interactions of i",
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
