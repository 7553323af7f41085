//! Paths of shapes and lines, in hundredths of the picture.

use tiny_skia::{LineCap, LineJoin, Path, PathBuilder, Rect, Stroke};

use super::silhouette::Shape;

impl Shape {
    /// The outline of the area.
    pub fn path(&self) -> Option<Path> {
        match *self {
            Self::Slab(left, top, width, height, radius) => slab(left, top, width, height, radius),
            Self::Oval(x, y, across, down) => {
                let mut path = PathBuilder::new();
                path.push_oval(around(x, y, across, down)?);
                path.finish()
            }
            Self::Ring(x, y, across, down, thickness) => {
                let mut path = PathBuilder::new();
                path.push_oval(around(x, y, across - thickness / 2.0, down - thickness / 2.0)?);
                thick(path.finish(), thickness)
            }
            Self::Polygon(corners) => straight(corners, true),
            Self::Curve(corners) => smooth(corners, true),
        }
    }
}

fn around(x: f32, y: f32, across: f32, down: f32) -> Option<Rect> {
    Rect::from_ltrb(x - across, y - down, x + across, y + down)
}

/// A rectangle with rounded corners.
fn slab(left: f32, top: f32, width: f32, height: f32, radius: f32) -> Option<Path> {
    let (right, bottom) = (left + width, top + height);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    for (corner, start, end) in [
        ((right, top), (right - radius, top), (right, top + radius)),
        ((right, bottom), (right, bottom - radius), (right - radius, bottom)),
        ((left, bottom), (left + radius, bottom), (left, bottom - radius)),
        ((left, top), (left, top + radius), (left + radius, top)),
    ] {
        path.line_to(start.0, start.1);
        path.quad_to(corner.0, corner.1, end.0, end.1);
    }
    path.close();
    path.finish()
}

/// Along the points; `closed` comes back to the first.
pub fn straight(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (&(x, y), others) = points.split_first()?;
    path.move_to(x, y);
    others.iter().for_each(|&(x, y)| path.line_to(x, y));
    if closed {
        path.close();
    }
    path.finish()
}

/// Through the middles of the sides, with the corners as control points; an open line starts and ends at its
/// ends.
pub fn smooth(points: &[(f32, f32)], closed: bool) -> Option<Path> {
    let count = points.len();
    let middle = |side: usize| {
        let ((x, y), (next_x, next_y)) = (points[side % count], points[(side + 1) % count]);
        ((x + next_x) / 2.0, (y + next_y) / 2.0)
    };
    let (&first, &last) = (points.first()?, points.last()?);
    let mut path = PathBuilder::new();
    let start = if closed { middle(count - 1) } else { first };
    path.move_to(start.0, start.1);
    let corners = if closed { 0..count } else { 1..count - 1 };
    for corner in corners {
        let (control, end) = (points[corner], middle(corner));
        path.quad_to(control.0, control.1, end.0, end.1);
    }
    if closed {
        path.close();
    } else {
        path.line_to(last.0, last.1);
    }
    path.finish()
}

/// The area that a round pen of this width covers along a path.
pub fn thick(path: Option<Path>, width: f32) -> Option<Path> {
    let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
    path?.stroke(&stroke, 4.0)
}

/// More than any picture, in pixels.
pub fn everything() -> Option<Path> {
    Rect::from_ltrb(0.0, 0.0, 1e4, 1e4).map(PathBuilder::from_rect)
}
