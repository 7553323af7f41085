use ndarray::Array2;

use crate::sparse::{SparseMatrix, nearest_neighbours};

/// `S = Σ_m w_m N_m`, where each row of N_m is the mean of the item's `neighbours` nearest by modality m, itself
/// included: `[items, items]` (FREEDOM, reference 4.11). The published code divides by k + 10⁻⁷, which is the same to seven digits.
pub fn similar_items(
    modalities: &[&(String, Array2<f32>)],
    weights: &[f64],
    neighbours: usize,
) -> SparseMatrix {
    let items = modalities.first().map_or(0, |(_, features)| features.nrows());
    let mut entries = Vec::new();
    for ((_, features), weight) in modalities.iter().zip(weights) {
        let nearest = nearest_neighbours(features.view(), neighbours);
        // A catalogue may have fewer than k items.
        let value = (weight / neighbours.min(items) as f64) as f32;
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
                let graph = similar_items(&features.each_ref(), &weights, neighbours);
                assert!(graph.row_sums().iter().all(|sum| (sum - 1.0).abs() < 1e-6), "{neighbours}, {at}");
            }
        }
        let graph = similar_items(&features.each_ref(), &[1.0, 0.0], 2);
        assert_eq!(graph.row(0).filter(|entry| entry.1 > 0.0).collect::<Vec<_>>(), [(0, 0.5), (1, 0.5)]);
    }
}
