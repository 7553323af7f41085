use burn::tensor::{Device, Tensor};

use super::super::ItemGraph;
use super::super::rows::unit_rows;
use crate::sparse::{Pattern, SparseMatrix};
use crate::transfer::upload;

/// Added to the squares of rows' sums, which similar items make much larger.
const SMALLEST_SQUARE: f32 = 1e-12;

/// `G = (1 − λ) L̃ + λ Σ_m ω_m S̃_m`: an item graph, part of whose values are learned (reference 4.9). Where it has edges
/// stays until the next one is made; the values follow the parameters.
///
/// All graphs share one pattern, so that their sum is one tensor and an item collects its neighbours in one product.
pub struct LearnedGraph {
    edges: Pattern,
    /// By modality, `[edges]`: 1 where L_m joins two different items, else 0.
    nearest: Vec<Tensor<1>>,
    /// By modality, `[edges]`: the values of S̃_m.
    fixed: Vec<Tensor<1>>,
    /// `[edges]`: 1 between an item and itself, else 0.
    diagonal: Tensor<1>,
    /// `[items, 1]`, all ones.
    ones: Tensor<2>,
    /// λ.
    fixed_share: f64,
}

impl LearnedGraph {
    /// By modality, `[items, items]`: where L_m joins items, whatever its values, and S̃_m.
    pub fn new(nearest: &[SparseMatrix], fixed: &[SparseMatrix], fixed_share: f64, device: &Device) -> Self {
        let items = fixed.first().map_or(0, SparseMatrix::rows);
        let itself = identity(items);
        let parts = nearest.iter().chain(fixed).chain([&itself]);
        let union = SparseMatrix::from_entries(items, items, parts.flat_map(SparseMatrix::iter).collect());
        let values = |graph: &SparseMatrix| upload(graph.values_at(&union), [union.entries()], device);
        let others =
            |graph: &SparseMatrix| graph.clone().map(|item, other, _| if item == other { 0.0 } else { 1.0 });
        Self {
            edges: Pattern::upload(&union, device).0,
            nearest: nearest.iter().map(|graph| values(&others(graph))).collect(),
            fixed: fixed.iter().map(values).collect(),
            diagonal: values(&itself),
            ones: upload(vec![1.0; items], [items, 1], device),
            fixed_share,
        }
    }

    /// The graph as `content`, each modality's `[items, dim]`, and `shares`, ω `[1, modalities]`, make it, with gradients
    /// for both. L_m holds cosines of the content.
    pub fn of(&self, content: &[Tensor<2>], shares: Tensor<2>) -> ItemGraph {
        let mut learned = self.diagonal.clone();
        let mut fixed = self.diagonal.zeros_like();
        for (nth, content) in content.iter().enumerate() {
            let share = shares.clone().narrow(1, nth, 1).squeeze_dim::<1>(0);
            let unit = unit_rows(content.clone());
            let cosine = self.edges.sampled_product(unit.clone(), unit);
            learned = learned + cosine * self.nearest[nth].clone() * share.clone();
            fixed = fixed + self.fixed[nth].clone() * share;
        }
        // L̃ = D^-½ L D^-½, where D are the sums of rows without their signs; the millionth keeps a sum of 0 finite.
        let sums = self.edges.multiply(learned.clone(), self.ones.clone());
        let scale = (sums.square() + SMALLEST_SQUARE).powf_scalar(-0.25);
        let learned = learned * self.edges.sampled_product(scale.clone(), scale);
        let weights = learned * (1.0 - self.fixed_share) + fixed * self.fixed_share;
        ItemGraph { edges: self.edges.clone(), weights }
    }
}

/// `S̃ = D^-½ S D^-½` of a graph of `nearest` items and their cosines, `[items, items]`: the diagonal is set to 1, and D
/// are the sums of rows without their signs, on both sides although S is not symmetric.
pub fn normalised(nearest: &SparseMatrix) -> SparseMatrix {
    let items = nearest.rows();
    let itself = identity(items);
    let others = nearest.iter().filter(|(item, other, _)| item != other);
    let graph = SparseMatrix::from_entries(items, items, others.chain(itself.iter()).collect());
    let scale = |sum: &f32| libm::powf(sum * sum + SMALLEST_SQUARE, -0.25);
    let scales: Vec<f32> = graph.row_sums().iter().map(scale).collect();
    graph.map(|item, other, value| scales[item] * value * scales[other])
}

fn identity(size: usize) -> SparseMatrix {
    SparseMatrix {
        columns: size,
        start: (0..=size as u32).collect(),
        column: (0..size as u32).collect(),
        value: vec![1.0; size],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_its_own_neighbour_with_certainty() {
        // The first item's cosine with itself was rounded, the second is not among its own neighbours; the third's sum is
        // -1.
        let nearest =
            SparseMatrix::from_entries(3, 3, vec![(0, 0, 0.9), (0, 1, 0.5625), (1, 0, 0.5625), (2, 0, -2.0)]);
        let graph = normalised(&nearest);
        let expected = [(0, 0, 0.64), (0, 1, 0.36), (1, 0, 0.36), (1, 1, 0.64), (2, 0, -1.6), (2, 2, 1.0)];
        assert_eq!(graph.entries(), expected.len());
        for (found, expected) in graph.iter().zip(expected) {
            assert_eq!((found.0, found.1), (expected.0, expected.1));
            assert!((found.2 - expected.2).abs() < 1e-6, "{found:?}");
        }
    }
}
