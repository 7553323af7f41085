use rand_chacha::ChaCha8Rng;

use crate::random::Draw;

/// The two-sided p-value of the mean difference if each user's difference could as well have the other sign: the share of
/// `flips` random assignments of signs whose sum is at least as far from zero, the observed one counted among them
/// (Phipson and Smyth, Permutation P-values Should Never Be Zero, 2010).
///
/// It asks nothing of the differences' distribution. 1 where all are zero.
pub fn sign_flip(differences: &[f64], flips: u32, random: &mut ChaCha8Rng) -> f64 {
    // Zeros have no sign, and are many.
    let differences: Vec<f64> = differences.iter().copied().filter(|each| *each != 0.0).collect();
    let observed = differences.iter().sum::<f64>().abs();
    // Equal sums must count as equal, in whatever order they were rounded.
    let least = observed - 1e-12 * differences.iter().map(|each| each.abs()).sum::<f64>();
    let mut as_far: u32 = 1;
    for _ in 0..flips {
        let mut sum = 0.0;
        for block in differences.chunks(32) {
            let signs = random.word();
            for (at, each) in block.iter().enumerate() {
                // A sign is the topmost bit of a number.
                let flipped = each.to_bits() ^ (u64::from(signs >> at & 1) << 63);
                sum += f64::from_bits(flipped);
            }
        }
        as_far += u32::from(sum.abs() >= least);
    }
    f64::from(as_far) / (f64::from(flips) + 1.0)
}
