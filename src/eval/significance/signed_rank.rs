use super::normal::above;
use crate::order::order_by;

/// Wilcoxon's test for paired values, with zeros by Pratt's rule: the two-sided p-value for differences that lie
/// symmetrically about zero, and the statistic's deviation from that, positive where positive differences have the larger
/// ranks. By the normal approximation, corrected for ties. `None` where all differences are zero.
///
/// Users for whom nothing changes are many, so it matters what becomes of them. Pratt ranks them too, and only then leaves them
/// out, so that they make the others' ranks count for less (Remarks on Zeros and Ties in the Wilcoxon Signed Rank Procedures,
/// JASA 1959).
pub fn signed_rank(differences: &[f64]) -> Option<(f64, f64)> {
    // Numbers that are not below zero order as their bits do.
    let ascending = order_by(differences.iter().map(|each| each.abs().to_bits()));
    let sizes: Vec<(f64, bool)> =
        ascending.map(|at| differences[at as usize]).map(|each| (each.abs(), each > 0.0)).collect();
    let (count, zeros) = (sizes.len() as f64, sizes.iter().filter(|(size, _)| *size == 0.0).count() as f64);
    let (mut positive, mut ties, mut before) = (0.0, 0.0, 0.0);
    for equal in sizes.chunk_by(|one, other| one.0 == other.0) {
        let tied = equal.len() as f64;
        if equal[0].0 > 0.0 {
            let rank = before + (tied + 1.0) / 2.0;
            positive += rank * equal.iter().filter(|(_, above)| *above).count() as f64;
            ties += tied.powi(3) - tied;
        }
        before += tied;
    }
    let mean = (count * (count + 1.0) - zeros * (zeros + 1.0)) / 4.0;
    let squares = |count: f64| count * (count + 1.0) * (2.0 * count + 1.0);
    let variance = (squares(count) - squares(zeros) - ties / 2.0) / 24.0;
    let z = (positive - mean) / variance.sqrt();
    (count > zeros).then(|| (2.0 * above(z.abs()), z))
}
