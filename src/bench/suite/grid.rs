use std::collections::BTreeMap;

use crate::random::{Draw, Stream, generator};

/// Values to try, by hyper-parameter.
type Grid = BTreeMap<String, Vec<f64>>;

/// How many configurations a grid has.
pub fn size(grid: &Grid) -> usize {
    grid.values().fold(1, |size, values| size.saturating_mul(values.len()))
}

/// The configurations to try, by their number in the grid's order: all, or as many as the budget allows, drawn uniformly.
pub fn draw(size: usize, budget: Option<u32>, seed: u32) -> Vec<usize> {
    let mut drawn: Vec<usize> = (0..size).collect();
    let budget = budget.map_or(size, |budget| budget as usize);
    if budget < size {
        generator(u64::from(seed), Stream::Tune).shuffle(&mut drawn);
        drawn.truncate(budget);
        drawn.sort_unstable();
    }
    drawn
}

/// One configuration by its number. The grid's order: hyper-parameters by name, the last one changing fastest, values as
/// they are written.
pub fn configuration(grid: &Grid, number: usize) -> BTreeMap<String, f64> {
    let mut rest = number;
    let mut configuration = BTreeMap::new();
    for (name, values) in grid.iter().rev() {
        configuration.insert(name.clone(), values[rest % values.len()]);
        rest /= values.len();
    }
    configuration
}
