//! The order of things by a number.
//!
//! One sort for all, because a page downloads the sort of every kind of thing.

/// Sorts by the first number, and pairs that are equal in it by the second.
pub fn sort(pairs: &mut [(u64, u32)]) {
    pairs.sort_unstable();
}

/// The numbers from 0 on in the order of their keys; of those with equal keys the smaller first.
pub fn order_by(keys: impl Iterator<Item = u64>) -> impl Iterator<Item = u32> {
    let mut pairs: Vec<(u64, u32)> = keys.zip(0..).collect();
    sort(&mut pairs);
    pairs.into_iter().map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_a_sort_that_keeps_equals(keys in prop::collection::vec(0u64..5, 0..60)) {
            let mut expected: Vec<u32> = (0..keys.len() as u32).collect();
            expected.sort_by_key(|&number| keys[number as usize]);
            prop_assert_eq!(order_by(keys.iter().copied()).collect::<Vec<_>>(), expected);
        }
    }
}
