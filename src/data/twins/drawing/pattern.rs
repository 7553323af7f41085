//! What is printed on products: paths over the whole 100 x 100 square, to be clipped by the thing they are
//! on.

use core::f32::consts::PI;

use tiny_skia::{Path, PathBuilder};

use super::super::catalogue::Pattern;

/// Distance at which patterns repeat.
const STEP: f32 = 15.0;

/// The printed areas; none for plain things.
pub fn printed(pattern: Pattern) -> Option<Path> {
    let mut path = PathBuilder::new();
    match pattern {
        Pattern::Plain => return None,
        Pattern::Striped => steps().for_each(|at| polygon(&mut path, &slanted_stripe(at))),
        Pattern::Checked => {
            for (row, top) in steps().enumerate() {
                for (column, left) in steps().enumerate() {
                    if (row + column) % 2 == 0 {
                        polygon(&mut path, &square(left, top, STEP));
                    }
                }
            }
        }
        Pattern::Dotted => offset_grid(|x, y| path.push_circle(x, y, STEP * 0.27)),
        Pattern::Starry => offset_grid(|x, y| polygon(&mut path, &star(x, y, STEP * 0.46))),
        Pattern::Zigzag => steps().for_each(|top| polygon(&mut path, &zigzag(top))),
    }
    path.finish()
}

fn steps() -> impl Iterator<Item = f32> + Clone {
    (-4..12).map(|step| step as f32 * STEP)
}

/// Places in rows, every second row shifted by half a step.
fn offset_grid(mut mark: impl FnMut(f32, f32)) {
    for (row, y) in steps().enumerate() {
        for x in steps() {
            mark(if row % 2 == 0 { x } else { x + STEP / 2.0 }, y * 0.85);
        }
    }
}

fn slanted_stripe(at: f32) -> [(f32, f32); 4] {
    let slant = 60.0;
    [(at, -20.0), (at + STEP * 0.45, -20.0), (at + STEP * 0.45 - slant, 120.0), (at - slant, 120.0)]
}

fn square(left: f32, top: f32, side: f32) -> [(f32, f32); 4] {
    [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
}

fn star(x: f32, y: f32, radius: f32) -> [(f32, f32); 10] {
    core::array::from_fn(|corner| {
        let reach = if corner % 2 == 0 { radius } else { radius * 0.45 };
        let angle = corner as f32 * PI / 5.0;
        (x + reach * libm::sinf(angle), y - reach * libm::cosf(angle))
    })
}

fn zigzag(top: f32) -> Vec<(f32, f32)> {
    let (half, depth, width) = (STEP / 2.0, STEP * 0.5, STEP * 0.42);
    let upper = (-8..24).map(|tooth| (tooth as f32 * half, top + if tooth % 2 == 0 { 0.0 } else { depth }));
    let lower = upper.clone().rev().map(|(x, y)| (x, y + width));
    upper.chain(lower).collect()
}

fn polygon(path: &mut PathBuilder, corners: &[(f32, f32)]) {
    for (at, &(x, y)) in corners.iter().enumerate() {
        if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    path.close();
}
