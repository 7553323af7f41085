use crate::order::order_by;
use crate::random::Draw;
use crate::sparse::SparseMatrix;

/// The interactions that are left when `⌊E (1 − drop)⌋` of all E are kept, but at least one. They are drawn without
/// replacement, an edge between nodes of degrees d_u and d_i with weight `1 / √(d_u d_i)`: every edge waits for a time
/// that is exponential with this rate, and the first to come are kept.
pub fn prune(interactions: &SparseMatrix, drop: f64, generator: &mut impl Draw) -> SparseMatrix {
    let (of_user, of_item) = (interactions.row_sums(), interactions.column_sums());
    let wait = |(user, item, _): (u32, u32, f32)| {
        let degrees = f64::from(of_user[user as usize]) * f64::from(of_item[item as usize]);
        // No wait is below zero, and such numbers order as their bits do; minus zero would not.
        (libm::log(1.0 - generator.unit()).abs() * degrees.sqrt()).to_bits()
    };
    let edges = interactions.entries();
    let count = ((edges as f64 * (1.0 - drop)) as usize).max(1);
    let mut kept = vec![false; edges];
    for edge in order_by(interactions.iter().map(wait)).take(count) {
        kept[edge as usize] = true;
    }
    interactions.keeping(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Stream, generator};

    #[test]
    fn pruning_keeps_a_fixed_number_of_edges_and_spares_the_unpopular() {
        // Users 0 to 9 took item 0; user 0 took items 1 to 9 as well; user 10 took item 10 only.
        let mut entries: Vec<(u32, u32, f32)> = (0..10).map(|user| (user, 0, 1.0)).collect();
        entries.extend((1..10).map(|item| (0, item, 1.0)));
        entries.push((10, 10, 1.0));
        let interactions = SparseMatrix::from_entries(11, 11, entries);
        let mut generator = generator(1, Stream::Dropout);
        let mut times = [0u32; 3];
        for _ in 0..2000 {
            let kept = prune(&interactions, 0.75, &mut generator);
            assert_eq!(kept.entries(), 5);
            assert!(kept.iter().all(|edge| interactions.iter().any(|known| known == edge)));
            for (nth, edge) in [(10, 10), (5, 0), (0, 0)].into_iter().enumerate() {
                times[nth] += u32::from(kept.iter().any(|(user, item, _)| (user, item) == edge));
            }
        }
        // Of edges of weights 1, 1 / √10 and 1 / 10, drawn one after the other; simulated apart from this.
        for (found, share) in times.into_iter().map(f64::from).zip([0.581f64, 0.241, 0.084]) {
            let deviation = (2000.0 * share * (1.0 - share)).sqrt();
            assert!((found - 2000.0 * share).abs() < 4.0 * deviation, "{times:?}");
        }
    }

    #[test]
    fn pruning_never_leaves_nothing() {
        let one = SparseMatrix::interactions(2, &[0, 0, 1], &[1]);
        assert_eq!(prune(&one, 0.95, &mut generator(1, Stream::Dropout)), one);
    }
}
