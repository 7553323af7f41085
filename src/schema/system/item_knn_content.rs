use super::SystemDescription;
use super::item_knn::OTHERS;
use crate::schema::Variant;

pub static DESCRIPTION: SystemDescription = SystemDescription {
    name: "item-knn-content",
    title: "ItemKNN on content",
    summary: "Recommends what looks and reads like what a user took; who else took it plays no part.",
    formula: "score(u, i) = Σ s(i, j) over train items j of u among the k nearest of i,  s = mean cosine of features",
    trained: false,
    uses_content: true,
    variants: &[Variant::Corrected],
    hyper_parameters: &[OTHERS],
    modality_weights: Some(&[]),
    design: None,
    beyond: None,
    axes: &[],
    which: "visual and textual",
    how: "coordinate: one cosine similarity a modality; pretrained vectors, frozen",
    when: "early: a weighted mean of the similarities, before the neighbours are chosen",
    source: "baseline; content-based nearest neighbours",
};
