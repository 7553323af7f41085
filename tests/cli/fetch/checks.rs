use fusebox::digest::Digest;

use super::{ONCE, PICTURES, PRODUCTS, REVIEWS, Shop};
use crate::server::Manner;

#[test]
fn a_wrong_size_leaves_nothing() {
    let shop = Shop::new();
    let size = shop.files[REVIEWS].len();
    let (wrong, right) = ((size - 7).to_string(), size.to_string());
    shop.recipe(&[(REVIEWS, format!("size = {wrong}"))]);
    shop.fails(ONCE, &[REVIEWS, &right, "its recipe says", &wrong]);
    shop.has_nothing_of(REVIEWS);
    shop.server.behave(REVIEWS, &[Manner::NoLength]);
    shop.fails(ONCE, &[REVIEWS, "goes on after", &wrong]);
    shop.has_nothing_of(REVIEWS);
    shop.recipe(&[(REVIEWS, format!("size = {}", size + 7))]);
    shop.fails(ONCE, &[REVIEWS, &right, "its recipe says", &(size + 7).to_string()]);
    shop.has_nothing_of(REVIEWS);
    shop.recipe(&[(REVIEWS, format!("size = {size}"))]);
    shop.server.behave(REVIEWS, &[Manner::NoLength]);
    shop.workplace.run(ONCE).succeeds();
}

#[test]
fn a_wrong_digest_leaves_nothing() {
    let shop = Shop::new();
    let (right, wrong) = (Digest::of(&shop.files[REVIEWS]), Digest::of(b"something else"));
    shop.recipe(&[(REVIEWS, format!("sha256 = \"{wrong}\""))]);
    shop.fails(ONCE, &[REVIEWS, &right, "its recipe says", &wrong]);
    shop.has_nothing_of(REVIEWS);
    assert!(shop.lock()["files"].get(REVIEWS).is_none());
    // A part that a bad server has sent is not gone on with for ever.
    shop.recipe(&[(REVIEWS, format!("sha256 = \"{right}\""))]);
    shop.server.behave(REVIEWS, &[Manner::Cut(100)]);
    shop.fails(ONCE, &["100 bytes"]);
    let mut bad = shop.files[REVIEWS].clone();
    bad[200] ^= 1;
    shop.server.serve(REVIEWS, &bad, Some("first"));
    shop.fails(ONCE, &[&right, &Digest::of(&bad)]);
    shop.has_nothing_of(REVIEWS);
    shop.server.serve(REVIEWS, &shop.files[REVIEWS], Some("first"));
    let fetched = shop.workplace.run(ONCE).succeeds();
    assert!(fetched.stderr.contains("as the recipe's SHA-256 says"), "{}", fetched.stderr);
    assert_eq!(shop.locked(REVIEWS)["checked"].as_str(), Some("recipe-sha256"));
}

#[test]
fn a_later_fetch_notices_that_a_file_has_changed() {
    let shop = Shop::new();
    shop.workplace.run(ONCE).succeeds();
    std::fs::remove_file(shop.workplace.path("shop.fbx")).unwrap();
    let lock = shop.there("fusebox-fetch.lock").unwrap();
    let old = Digest::of(&shop.files[REVIEWS]);
    let mut other = shop.files[REVIEWS].clone();
    other[4] = 1;
    shop.server.serve(REVIEWS, &other, Some("second"));
    shop.remove(REVIEWS);
    shop.fails(ONCE, &[REVIEWS, &Digest::of(&other), &old, "first fetched", "fusebox-fetch.lock"]);
    shop.has_nothing_of(REVIEWS);
    shop.server.serve(REVIEWS, b"short", Some("third"));
    let size = shop.files[REVIEWS].len().to_string();
    shop.fails(ONCE, &[REVIEWS, "5 bytes", &size, "first fetched", "fusebox-fetch.lock"]);
    shop.has_nothing_of(REVIEWS);
    assert!(shop.there("fusebox-fetch.lock").unwrap() == lock);

    // What the recipe says counts more than what came first.
    shop.server.serve(REVIEWS, &other, Some("second"));
    shop.recipe(&[(REVIEWS, format!("sha256 = \"{}\"", Digest::of(&other)))]);
    shop.workplace.run(ONCE).succeeds();
    assert_eq!(shop.locked(REVIEWS)["sha256"].as_str(), Some(Digest::of(&other).as_str()));
    assert_eq!(shop.locked(PRODUCTS)["sha256"].as_str(), Some(Digest::of(&shop.files[PRODUCTS]).as_str()));
}

#[test]
fn a_file_that_is_there_and_wrong_is_left_to_its_owner() {
    let shop = Shop::new();
    shop.workplace.run(ONCE).succeeds();
    std::fs::remove_file(shop.workplace.path("shop.fbx")).unwrap();
    shop.server.requests();
    shop.workplace.write(&format!("shop/{REVIEWS}"), b"mine");
    shop.fails(ONCE, &[REVIEWS, "nothing was fetched in its place", "4 bytes"]);
    assert_eq!((shop.server.requests(), shop.there(REVIEWS).unwrap()), (vec![], b"mine".to_vec()));
}

#[test]
fn a_file_that_one_has_already_is_taken() {
    let shop = Shop::new();
    shop.workplace.write(&format!("shop/{PICTURES}"), &shop.files[PICTURES]);
    let fetched = shop.workplace.run(ONCE).succeeds();
    assert_eq!(shop.server.requests().len(), 2);
    let line = fetched.stderr.lines().find(|line| line.contains("was there")).unwrap();
    assert!(line.starts_with(PICTURES) && line.ends_with("unverified"), "{line}");
    assert_eq!(shop.locked(PICTURES)["checked"].as_str(), Some("unverified"));
}
