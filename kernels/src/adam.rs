/// The numbers of one step of Adam: `p −= rate · m / (√v · correction + ε)`.
#[derive(Clone, Copy, Debug)]
pub struct AdamStep {
    /// β₁, the share of the first moment that stays.
    pub first_decay: f32,
    /// β₂, the share of the second moment that stays.
    pub second_decay: f32,
    /// lr / (1 − β₁ᵗ).
    pub rate: f32,
    /// 1 / √(1 − β₂ᵗ).
    pub correction: f32,
    pub epsilon: f32,
}

/// One step of Adam, in place; all slices are of one length.
#[inline(never)]
pub fn adam_step(
    step: AdamStep,
    gradient: &[f32],
    parameter: &mut [f32],
    first: &mut [f32],
    second: &mut [f32],
) {
    let AdamStep { first_decay, second_decay, rate, correction, epsilon } = step;
    pulp::Arch::new().dispatch(|| {
        for (((p, m), v), &g) in parameter.iter_mut().zip(first).zip(second).zip(gradient) {
            *m = first_decay * *m + (1.0 - first_decay) * g;
            *v = second_decay * *v + (1.0 - second_decay) * (g * g);
            *p -= rate * *m / (v.sqrt() * correction + epsilon);
        }
    });
}
