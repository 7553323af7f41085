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
    pulp::Arch::new().dispatch(Adam { step, gradient, parameter, first, second });
}

struct Adam<'a> {
    step: AdamStep,
    gradient: &'a [f32],
    parameter: &'a mut [f32],
    first: &'a mut [f32],
    second: &'a mut [f32],
}

impl pulp::NullaryFnOnce for Adam<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let AdamStep { first_decay, second_decay, rate, correction, epsilon } = self.step;
        let state = self.parameter.iter_mut().zip(self.first).zip(self.second);
        for (((p, m), v), &g) in state.zip(self.gradient) {
            *m = first_decay * *m + (1.0 - first_decay) * g;
            *v = second_decay * *v + (1.0 - second_decay) * (g * g);
            *p -= rate * *m / (v.sqrt() * correction + epsilon);
        }
    }
}
