//! The exponential function in a form that becomes vector instructions.

/// Where the result is still a normal number.
const LOWEST: f32 = -87.0;
/// Where the result is still finite.
const HIGHEST: f32 = 88.0;

/// 1.5 · 2²³. A small number added to it is rounded to a whole one, which then stands in the last bits of the sum.
const ROUNDER: f32 = 12_582_912.0;

/// ln 2 in two parts, of which the first has so few digits that its product with an exponent is exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = (std::f64::consts::LN_2 - LN_2_HIGH as f64) as f32;

/// e^x to 1.2 · 10⁻⁷ of it for −87 ≤ x ≤ 88. What lies outside gives what the nearer end gives, and NaN gives NaN. The same
/// bits on every machine.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Written so that NaN passes.
    let x = if x < LOWEST { LOWEST } else { x };
    let x = if x > HIGHEST { HIGHEST } else { x };
    // e^x = 2ⁿ · e^r, |r| ≤ ln 2 / 2.
    let shifted = x * std::f32::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    // Σ rᵏ / k! up to k = 7; what is left out is below 10⁻⁸.
    let mut power = 1.0 / 5040.0;
    for inverse in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        power = power * r + inverse;
    }
    // Adds n to the exponent's bits.
    f32::from_bits(power.to_bits().wrapping_add(shifted.to_bits() << 23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential() {
        let mut worst = 0f64;
        for step in -870_000..=880_000 {
            let x = step as f32 * 1e-4;
            let expected = f64::from(x).exp();
            worst = worst.max((f64::from(exp(x)) / expected - 1.0).abs());
        }
        assert!(worst <= 1.2e-7, "{worst}");
        assert_eq!(exp(0.0), 1.0);
        assert_eq!(exp(-0.0), 1.0);
    }

    #[test]
    fn outside_of_what_f32_can_hold_it_stays_at_the_ends() {
        for x in [-87.1, -1e6, f32::MIN, f32::NEG_INFINITY] {
            assert_eq!(exp(x), exp(LOWEST));
        }
        for x in [88.1, 1e6, f32::MAX, f32::INFINITY] {
            assert_eq!(exp(x), exp(HIGHEST));
        }
        assert!(exp(HIGHEST).is_finite() && exp(LOWEST).is_normal());
        assert!(exp(f32::NAN).is_nan());
    }
}
