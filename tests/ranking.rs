//! Ranking against a full sort, and its errors.

use fusebox::data::UserItems;
use fusebox::eval::{Lists, RankError, Ranker, rank_block};
use proptest::prelude::*;

/// Sorts everything that may be listed: by score descending, then by item ascending.
fn naive(scores: &[f32], candidates: &[bool], masked: &[&[u32]], length: usize) -> Vec<u32> {
    let mut items: Vec<u32> = (0..scores.len() as u32)
        .filter(|&item| candidates[item as usize] && !masked.iter().any(|mask| mask.contains(&item)))
        .collect();
    items.sort_by(|&a, &b| scores[b as usize].partial_cmp(&scores[a as usize]).unwrap().then(a.cmp(&b)));
    items.truncate(length);
    items
}

fn score() -> impl Strategy<Value = f32> {
    // Few different values, for many ties; both zeros, and the infinities.
    prop_oneof![
        8 => (-3_i8..4).prop_map(|step| f32::from(step) / 2.0),
        2 => -1e3_f32..1e3,
        1 => prop::sample::select(vec![0.0, -0.0, f32::INFINITY, f32::NEG_INFINITY, f32::MIN_POSITIVE]),
    ]
}

fn sorted_items(items: usize) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::btree_set(0..items as u32, 0..items).prop_map(|set| set.into_iter().collect())
}

proptest! {
    #[test]
    fn equals_a_full_sort(
        (scores, candidates, train, validation) in (1_usize..200).prop_flat_map(|items| (
            prop::collection::vec(score(), items),
            prop::collection::vec(prop::bool::weighted(0.9), items),
            sorted_items(items),
            sorted_items(items.min(10)),
        )),
        length in 0_u32..40,
    ) {
        let mut ranker = Ranker::new(length, candidates.clone());
        let mut lists = Lists::default();
        for masked in [&[&train[..]][..], &[&train, &validation], &[]] {
            ranker.rank(0, &scores, masked, &mut lists).unwrap();
            let list = lists.items(lists.users() - 1);
            prop_assert_eq!(list, naive(&scores, &candidates, masked, length as usize));
            let of_items: Vec<f32> = list.iter().map(|&item| scores[item as usize]).collect();
            prop_assert_eq!(lists.scores(lists.users() - 1), of_items);
        }
    }

    #[test]
    fn a_block_is_its_users(scores in prop::collection::vec(score(), 17 * 45), first in 0_usize..4) {
        let items = 45;
        let mask = UserItems {
            start: (0..=21).map(|user| user * 3).collect(),
            item: (0..21).flat_map(|user| [user, user + 10, user + 20]).collect(),
            rating: vec![1.0; 63],
        };
        let ranker = Ranker::new(7, vec![true; items]);
        let mut together = Lists::default();
        rank_block(&ranker, first as u32, &scores, &[&mask], &mut together).unwrap();
        let mut one_by_one = Lists::default();
        for (nth, row) in scores.chunks(items).enumerate() {
            ranker.clone().rank(0, row, &[mask.items(first + nth)], &mut one_by_one).unwrap();
        }
        prop_assert_eq!(together, one_by_one);
    }
}

#[test]
fn masked_items_never_fill_a_short_list() {
    let mut lists = Lists::default();
    let mut ranker = Ranker::new(20, vec![true, true, true, false]);
    ranker.rank(0, &[1.0, 2.0, 3.0, 4.0], &[&[0, 1]], &mut lists).unwrap();
    ranker.rank(1, &[1.0, 2.0, 3.0, 4.0], &[&[0, 1], &[2]], &mut lists).unwrap();
    assert_eq!((lists.items(0), lists.items(1)), (&[2][..], &[][..]));
}

#[test]
fn not_a_number_is_refused_wherever_it_is() {
    for item in [0, 50, 199] {
        let mut scores: Vec<f32> = (0..200).map(|item| -(item as f32)).collect();
        scores[item as usize] = f32::NAN;
        let mut lists = Lists::default();
        let mut ranker = Ranker::new(3, vec![true; 200]);
        let error = ranker.rank(8, &scores, &[&[item]], &mut lists).unwrap_err();
        assert_eq!(error, RankError::NotANumber { user: 8, item });
        assert_eq!(lists, Lists::default());
        let mut candidates = vec![true; 200];
        candidates[item as usize] = false;
        assert_eq!(Ranker::new(3, candidates).rank(8, &scores, &[], &mut lists), Ok(()));
    }
    let error = RankError::NotANumber { user: 8, item: 50 };
    assert_eq!(error.to_string(), "the score of item 50 for user 8 is not a number; the model has diverged");
}

#[test]
fn the_first_user_at_fault_is_named() {
    let mut scores = vec![0.0; 10 * 4];
    scores[4 * 4 + 1] = f32::NAN;
    scores[9 * 4 + 2] = f32::NAN;
    let mut lists = Lists::default();
    let error = rank_block(&Ranker::new(2, vec![true; 4]), 100, &scores, &[], &mut lists).unwrap_err();
    assert_eq!(error, RankError::NotANumber { user: 104, item: 1 });
    assert_eq!(lists, Lists::default());
}

#[test]
fn wrong_sizes_are_refused() {
    let mut lists = Lists::default();
    let error = Ranker::new(2, vec![true; 4]).rank(0, &[0.0; 3], &[], &mut lists).unwrap_err();
    assert_eq!(error, RankError::Items { user: 0, found: 3, expected: 4 });
    let error = rank_block(&Ranker::new(2, vec![true; 4]), 0, &[0.0; 6], &[], &mut lists).unwrap_err();
    assert_eq!(error, RankError::Block { found: 6, items: 4 });
    assert_eq!(rank_block(&Ranker::new(2, vec![]), 0, &[], &[], &mut lists), Ok(()));
    assert!(rank_block(&Ranker::new(2, vec![]), 0, &[1.0], &[], &mut lists).is_err());
    assert_eq!(lists, Lists::default());
}
