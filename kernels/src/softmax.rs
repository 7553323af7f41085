/// `out[e] = exp(value[e]) / Σ_{f in the same row} exp(value[f])`. Row `r` has the entries `start[r]..start[r + 1]` of
/// `value_at`, which says where each entry's value lies.
#[inline(never)]
pub fn row_softmax(start: &[i32], value_at: &[i32], value: &[f32], out: &mut [f32]) {
    for row in start.windows(2) {
        let entries = &value_at[row[0] as usize..row[1] as usize];
        let largest = entries.iter().fold(f32::NEG_INFINITY, |most, &at| most.max(value[at as usize]));
        let mut sum = 0.0;
        for &at in entries {
            let power = (value[at as usize] - largest).exp();
            out[at as usize] = power;
            sum += power;
        }
        for &at in entries {
            out[at as usize] /= sum;
        }
    }
}

/// The gradient of [`row_softmax`] by its values, from its result y and the gradient g by that:
/// `out[e] = y_e · (g_e − Σ_{f in the same row} y_f · g_f)`.
#[inline(never)]
pub fn row_softmax_gradient(
    start: &[i32],
    value_at: &[i32],
    softmax: &[f32],
    gradient: &[f32],
    out: &mut [f32],
) {
    for row in start.windows(2) {
        let entries = &value_at[row[0] as usize..row[1] as usize];
        let mean: f32 = entries.iter().map(|&at| softmax[at as usize] * gradient[at as usize]).sum();
        for &at in entries {
            out[at as usize] = softmax[at as usize] * (gradient[at as usize] - mean);
        }
    }
}
