use super::{AGAIN, ONCE, PICTURES, REVIEWS, Shop, content};
use crate::server::{Manner, Request};
use crate::shop;

#[test]
fn the_same_command_goes_on_after_an_interruption() {
    let shop = Shop::new();
    let whole = &shop.files[REVIEWS];
    shop.server.behave(REVIEWS, &[Manner::Cut(100)]);
    let total = whole.len().to_string();
    shop.fails(ONCE, &[REVIEWS, "100 bytes of", &total, "the same command goes on"]);
    assert_eq!(shop.there(REVIEWS), None);
    assert!(shop.part(REVIEWS).unwrap() == whole[..100]);
    shop.server.requests();

    shop.workplace.run(ONCE).succeeds();
    let rest = Request {
        path: format!("/{REVIEWS}"),
        range: Some("bytes=100-".into()),
        if_range: Some("\"first\"".into()),
    };
    assert_eq!(shop.server.requests(), [rest]);
    assert!(shop.there(REVIEWS).as_ref() == Some(whole));
    assert_eq!((shop.part(REVIEWS), shop.there(&format!("{REVIEWS}.part.toml"))), (None, None));
    shop.workplace.lay_out("apart/shop", &shop.files);
    shop.workplace.run("import amazon-2014 apart/shop -o imported.fbx").succeeds();
    assert!(content(&shop.workplace, "shop.fbx") == content(&shop.workplace, "imported.fbx"));
}

#[test]
fn a_fetch_tries_again_where_it_was_interrupted() {
    let shop = Shop::new();
    shop.server.behave(REVIEWS, &[Manner::Cut(10), Manner::Cut(50), Manner::Status(503), Manner::Cut(0)]);
    shop.workplace.run("fetch shop.toml --wait 0 --retries 3").succeeds();
    let ranges: Vec<_> =
        shop.server.requests().into_iter().filter(|request| request.path.contains(REVIEWS)).collect();
    let ranges: Vec<_> = ranges.iter().map(|request| request.range.as_deref()).collect();
    assert_eq!(ranges, [None, Some("bytes=10-"), Some("bytes=60-"), Some("bytes=60-"), Some("bytes=60-")]);
    assert!(shop.there(REVIEWS).as_ref() == Some(&shop.files[REVIEWS]));
}

#[test]
fn a_fetch_gives_up_when_attempts_bring_nothing() {
    let shop = Shop::new();
    shop.server.behave(PICTURES, &[Manner::Status(500); 9]);
    shop.fails("fetch shop.toml --wait 0 --retries 2", &[&shop.server.url(PICTURES), "500"]);
    assert_eq!(shop.server.ranges(), [None, None, None]);
    shop.has_nothing_of(PICTURES);
    shop.fails("fetch shop.toml --retries 0", &["500"]);
    assert_eq!(shop.server.ranges(), [None]);
}

#[test]
fn what_a_server_refuses_is_not_asked_for_again() {
    let shop = Shop::new();
    shop.server.behave(PICTURES, &[Manner::Status(404)]);
    shop.fails(AGAIN, &[&shop.server.url(PICTURES), "cannot be fetched", "404"]);
    assert_eq!(shop.server.ranges(), [None]);
    shop.has_nothing_of(PICTURES);
}

#[test]
fn a_server_may_ignore_what_was_there() {
    // Twice the whole file; the first time cut off.
    let shop = Shop::new();
    shop.server.behave(REVIEWS, &[Manner::Cut(100), Manner::Whole]);
    shop.workplace.run(AGAIN).succeeds();
    assert!(shop.there(REVIEWS).as_ref() == Some(&shop.files[REVIEWS]));
    assert_eq!(shop.server.ranges().last().unwrap().as_deref(), Some("bytes=100-"));

    // A part that begins elsewhere.
    let shop = Shop::new();
    shop.server.behave(REVIEWS, &[Manner::Cut(100), Manner::OtherPart]);
    shop.workplace.run(AGAIN).succeeds();
    assert!(shop.there(REVIEWS).as_ref() == Some(&shop.files[REVIEWS]));
    assert_eq!(shop.server.ranges()[3..], [Some("bytes=100-".into()), None]);
}

#[test]
fn a_part_is_not_completed_by_another_version() {
    let mut other = shop::amazon_2014()[REVIEWS].clone();
    other[4] = 1;
    for manners in [&[][..], &[Manner::AnyVersion]] {
        let shop = Shop::new();
        shop.server.behave(REVIEWS, &[Manner::Cut(100)]);
        shop.fails(ONCE, &["100 bytes"]);
        shop.server.serve(REVIEWS, &other, Some("second"));
        shop.server.behave(REVIEWS, manners);
        shop.workplace.run(ONCE).succeeds();
        assert!(shop.there(REVIEWS).as_ref() == Some(&other));
    }
    // Without a mark of its version, what was cut off begins anew.
    let shop = Shop::new();
    shop.server.serve(REVIEWS, &shop.files[REVIEWS], None);
    shop.server.behave(REVIEWS, &[Manner::Cut(100), Manner::Cut(200)]);
    shop.workplace.run(AGAIN).succeeds();
    assert_eq!(shop.server.ranges(), vec![None; 5]);
    assert!(shop.there(REVIEWS).as_ref() == Some(&shop.files[REVIEWS]));
    // So does what another address has left.
    let shop = Shop::new();
    shop.workplace.write(&format!("shop/{REVIEWS}.part"), b"something");
    let origin = "url = \"http://127.0.0.1/elsewhere\"\nvalidator = '\"first\"'\n";
    shop.workplace.write(&format!("shop/{REVIEWS}.part.toml"), origin);
    shop.workplace.run(ONCE).succeeds();
    assert_eq!(shop.server.ranges(), [None, None, None]);
}

#[test]
fn a_part_may_be_all_there_is_or_more() {
    let more = [&shop::amazon_2014()[REVIEWS][..], b"more"].concat();
    for (left, asked) in [(&shop::amazon_2014()[REVIEWS], 1), (&more, 2)] {
        let shop = Shop::new();
        shop.workplace.write(&format!("shop/{REVIEWS}.part"), left);
        let origin = format!("url = \"{}\"\nvalidator = '\"first\"'\n", shop.server.url(REVIEWS));
        shop.workplace.write(&format!("shop/{REVIEWS}.part.toml"), origin);
        shop.workplace.run(ONCE).succeeds();
        assert!(shop.there(REVIEWS).as_ref() == Some(&shop.files[REVIEWS]));
        let expected = [Some(format!("bytes={}-", left.len())), None];
        assert_eq!(shop.server.ranges()[2..], expected[..asked]);
    }
}
