use crate::rows::{RowWork, for_rows};

/// Multiplies each number with `scale` where its bit is set, else with 0. The bits of 32 numbers are one of `kept`, from
/// the lowest on.
#[inline(never)]
pub fn drop_out(kept: &[i32], values: &mut [f32], scale: f32) {
    for_rows(values, 32, &DropOut { kept, scale });
}

struct DropOut<'a> {
    kept: &'a [i32],
    scale: f32,
}

impl RowWork for DropOut<'_> {
    #[inline(always)]
    fn row(&self, nth: usize, values: &mut [f32]) {
        let kept = self.kept[nth];
        for (bit, value) in values.iter_mut().enumerate() {
            *value *= if kept >> bit & 1 == 1 { self.scale } else { 0.0 };
        }
    }
}
