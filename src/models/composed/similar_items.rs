use ndarray::Array2;

use crate::sparse::{SparseMatrix, nearest_neighbours};

/// Every item's nearest by each modality of `features`, `[items, dim]` by name, itself included: `[items, items]` each.
pub fn nearest_by_modality(features: &[&(String, Array2<f32>)], neighbours: usize) -> Vec<SparseMatrix> {
    features.iter().map(|(_, features)| nearest_neighbours(features.view(), neighbours)).collect()
}

/// `S = Σ_m w_m N_m`, where each row of N_m is the mean of the item's nearest by modality m: `[items, items]` (FREEDOM,
/// reference 4.11). The published code divides by k + 10⁻⁷, which is the same to seven digits.
pub fn similar_items(nearest: &[SparseMatrix], weights: &[f64]) -> SparseMatrix {
    let items = nearest.first().map_or(0, SparseMatrix::rows);
    let mut entries = Vec::new();
    for (nearest, weight) in nearest.iter().zip(weights) {
        // Every item has as many; a catalogue may have fewer than were asked for.
        let neighbours = nearest.entries() / items.max(1);
        let value = (weight / neighbours as f64) as f32;
        entries.extend(nearest.iter().map(|(item, neighbour, _)| (item, neighbour, value)));
    }
    SparseMatrix::from_entries(items, items, entries)
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn each_row_of_similar_items_is_a_mean() {
        let features = [
            ("visual".to_string(), array![[1.0, 0.0], [0.9, 0.1], [0.0, 1.0], [0.1, 0.8], [0.0, 0.0]]),
            ("textual".to_string(), array![[1.0], [1.0], [1.0], [1.0], [1.0]]),
        ];
        for neighbours in [1, 3, 5, 100] {
            for (at, weights) in [(0, [1.0, 0.0]), (1, [0.0, 1.0]), (0, [0.1, 0.9])] {
                let nearest = nearest_by_modality(&features.each_ref(), neighbours);
                let graph = similar_items(&nearest, &weights);
                assert!(graph.row_sums().iter().all(|sum| (sum - 1.0).abs() < 1e-6), "{neighbours}, {at}");
            }
        }
        let graph = similar_items(&nearest_by_modality(&features.each_ref(), 2), &[1.0, 0.0]);
        assert_eq!(graph.row(0).filter(|entry| entry.1 > 0.0).collect::<Vec<_>>(), [(0, 0.5), (1, 0.5)]);
    }
}
