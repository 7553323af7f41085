use crate::order::order_by;

/// p-values that hold for all tests of a table together (Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979),
/// in the order given: the smallest times the number of tests, the next times one less, and so on, never below one before.
pub fn holm(p: &[f64]) -> Vec<f64> {
    // Numbers that are not below zero order as their bits do.
    let ascending = order_by(p.iter().map(|p| p.to_bits())).map(|at| at as usize);
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 0.0;
    for (rank, at) in ascending.enumerate() {
        least = least.max(p[at] * (p.len() - rank) as f64).min(1.0);
        adjusted[at] = least;
    }
    adjusted
}
