//! Lists of other systems: order, unknown identifiers, and every mistake by its line.

use fusebox::eval::{ForeignError, ForeignLists, read_lists};
use proptest::prelude::*;

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn read(text: impl AsRef<[u8]>) -> Result<ForeignLists, ForeignError> {
    read_lists(text.as_ref(), &names(&["ann", "bob", "cid"]), &names(&["x", "y", "z"]))
}

fn mistake(text: impl AsRef<[u8]>) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn sorts_by_score_and_keeps_the_files_order_of_ties() {
    let foreign =
        read("cid\tz\t-0.0\nann\ty\t0.5\ncid\ty\t0\nann\tz\t1e2\ncid\tx\t0.0\nann\tx\t0.5").unwrap();
    assert_eq!(foreign.lists.items(0), [2, 1, 0]);
    assert_eq!(foreign.lists.scores(0), [100.0, 0.5, 0.5]);
    assert!(foreign.lists.items(1).is_empty());
    assert_eq!(foreign.lists.items(2), [2, 1, 0]);
    assert_eq!(foreign.lists.users(), 3);
}

#[test]
fn scores_closer_than_single_precision_are_told_apart() {
    let foreign = read("ann\tx\t0.10000000000000001\nann\ty\t0.1000000000000002\n").unwrap();
    assert_eq!(foreign.lists.items(0), [1, 0]);
}

#[test]
fn unknown_items_keep_their_place_and_unknown_users_are_left_out() {
    let foreign = read("ann\tnew\t3\nann\tx\t2\nbob\tother\t1\nbob\tnew\t0\ndan\tx\t1\n").unwrap();
    assert_eq!(foreign.lists.items(0), [3, 0]);
    assert_eq!(foreign.lists.items(1), [4, 3]);
    assert_eq!(foreign.unknown_items, names(&["new", "other"]));
    assert_eq!(foreign.unknown_user_lines, 1);
}

#[test]
fn files_from_elsewhere() {
    let foreign = read("\u{feff}ann\tx\t1\r\n\r\nann\ty\t2\r\n\n").unwrap();
    assert_eq!(foreign.lists.items(0), [1, 0]);
    assert_eq!(read("ann\tx\t-inf\nann\ty\tinf\n").unwrap().lists.items(0), [1, 0]);
    assert_eq!(read("").unwrap().lists.users(), 3);
}

#[test]
fn every_mistake_names_its_line() {
    assert_eq!(
        mistake("ann\tx\t1\nann\ty\n"),
        "line 2: 2 tab-separated columns, but there must be three: user, item, score"
    );
    assert_eq!(
        mistake("\nann x 1"),
        "line 2: 1 tab-separated columns, but there must be three: user, item, score"
    );
    assert_eq!(
        mistake("ann\tx\t1\t17"),
        "line 1: 4 tab-separated columns, but there must be three: user, item, score"
    );
    assert_eq!(
        mistake("user\titem\tscore\nann\tx\t1"),
        "line 1: the score `score` is not a number (the file must have no header)"
    );
    // Also where the user is unknown.
    assert_eq!(
        mistake("dan\tx\tNaN"),
        "line 1: the score `NaN` is not a number (the file must have no header)"
    );
    assert_eq!(
        mistake("ann\tx\t1\nbob\tx\t1\nann\tx\t2"),
        "line 3: item `x` of user `ann` is already in line 1"
    );
    assert_eq!(mistake("ann\tnew\t1\nann\tnew\t1"), "line 2: item `new` of user `ann` is already in line 1");
    assert_eq!(mistake(b"ann\tx\t1\nann\t\xff\t1"), "line 2: not UTF-8 text");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(bytes);
    }

    #[test]
    fn no_lines_make_it_panic(text in "((ann|bob|dan|)(\t|\t\t| )(x|new|)(\t|)(1|-0|nan|1e999|)(\r|)\n){0,8}") {
        if let Ok(foreign) = read(&text) {
            let listed: usize = (0..3).map(|user| foreign.lists.items(user).len()).sum();
            prop_assert_eq!(listed, foreign.lists.item.len());
        }
    }
}
