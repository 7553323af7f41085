//! Fetching, from a server that behaves well and badly.

mod archives;
mod checks;
mod interruptions;
mod recipes;

use std::collections::BTreeMap;

use fusebox::data::{Dataset, Provenance, read_bundle};
use fusebox::digest::Digest;
use serde_json::json;

use crate::server::{Manner, Server};
use crate::shop::{self, Files};
use crate::workplace::{Outcome, Workplace};

const REVIEWS: &str = "reviews_Shop_5.json.gz";
const PRODUCTS: &str = "meta_Shop.json.gz";
const PICTURES: &str = "image_features_Shop.b.gz";
/// Never waits, and gives up at the first interruption.
const ONCE: &str = "fetch shop.toml --retries 0";
/// Never waits, and does not give up soon.
const AGAIN: &str = "fetch shop.toml --wait 0";

/// A server of the shop as the dump of 2014 has it, and a workplace with its recipe.
struct Shop {
    server: Server,
    workplace: Workplace,
    files: Files,
}

impl Shop {
    fn new() -> Self {
        let (server, workplace, files) = (Server::new(), Workplace::new(), shop::amazon_2014());
        for (name, content) in &files {
            server.serve(name, content, Some("first"));
        }
        let shop = Self { server, workplace, files };
        shop.recipe(&[]);
        shop
    }

    /// Writes the recipe with more said of some files.
    fn recipe(&self, more: &[(&str, String)]) {
        let more: BTreeMap<&str, &String> = more.iter().map(|(name, more)| (*name, more)).collect();
        let mut recipe =
            "name = \"shop\"\ntitle = \"A shop\"\nlayout = \"amazon-2014\"\nterms = \"Ours\"\n".to_owned();
        for name in self.files.keys() {
            let modality = if name == PICTURES { "modality = \"visual\"\n" } else { "" };
            let more = more.get(name.as_str()).map_or("", |more| more.as_str());
            recipe += &format!(
                "[[files]]\nname = \"{name}\"\nurl = \"{}\"\n{modality}{more}\n",
                self.server.url(name)
            );
        }
        self.workplace.write("shop.toml", recipe);
    }

    /// What came of a file, if all of it has come.
    fn there(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.workplace.path(&format!("shop/{name}"))).ok()
    }

    fn part(&self, name: &str) -> Option<Vec<u8>> {
        self.there(&format!("{name}.part"))
    }

    fn remove(&self, name: &str) {
        std::fs::remove_file(self.workplace.path(&format!("shop/{name}"))).unwrap();
    }

    fn lock(&self) -> toml::Table {
        toml::from_str(&String::from_utf8(self.there("fusebox-fetch.lock").unwrap()).unwrap()).unwrap()
    }

    fn locked(&self, name: &str) -> toml::Value {
        self.lock()["files"][name].clone()
    }

    /// Fetches, which must fail with these words in the last line, without a bundle.
    fn fails(&self, line: &str, words: &[&str]) {
        let Outcome { status, stdout, stderr } = self.workplace.run(line);
        assert_eq!((status, stdout.as_str()), (Some(1), ""), "{stderr}");
        let sentence = stderr.lines().last().unwrap();
        assert!(sentence.starts_with("fusebox: "), "{stderr}");
        for word in words {
            assert!(sentence.contains(word), "lacks {word:?}: {sentence}");
        }
        assert!(!self.workplace.path("shop.fbx").exists(), "{stderr}");
    }

    /// That a file did not come, and nothing is left that a fetch would go on with.
    fn has_nothing_of(&self, name: &str) {
        for suffix in ["", ".part", ".part.toml"] {
            assert!(self.there(&format!("{name}{suffix}")).is_none(), "{name}{suffix}");
        }
    }
}

/// What a bundle holds, wherever it comes from.
fn content(workplace: &Workplace, bundle: &str) -> Dataset {
    let dataset = read_bundle(&workplace.read(bundle)).unwrap();
    Dataset { provenance: Provenance::default(), ..dataset }
}

#[test]
fn what_is_fetched_is_what_would_be_imported() {
    let shop = Shop::new();
    let fetched = shop.workplace.run("fetch shop.toml --json").succeeds();
    assert_eq!(shop.server.requests().len(), 3);
    for (name, content) in &shop.files {
        assert!(shop.there(name).as_ref() == Some(content), "{name}");
        let expected = json!({
            "url": shop.server.url(name), "size": content.len(), "sha256": Digest::of(content), "checked": "unverified"
        });
        assert_eq!(serde_json::to_value(shop.locked(name)).unwrap(), expected);
        let line =
            format!("{name}: fetched, {} bytes, SHA-256 {}, unverified", content.len(), Digest::of(content));
        assert!(fetched.stderr.lines().any(|said| said == line), "{}", fetched.stderr);
    }
    shop.workplace.lay_out("apart/shop", &shop.files);
    shop.workplace.run("import amazon-2014 apart/shop -o imported.fbx").succeeds();
    assert!(content(&shop.workplace, "shop.fbx") == content(&shop.workplace, "imported.fbx"));

    let bundle = shop.workplace.read("shop.fbx");
    let summary = fetched.json();
    let provenance = &summary["provenance"];
    assert_eq!(
        provenance["recipe"],
        "fusebox fetch shop.toml; import amazon-2014; subsample core=5,seed=1; split=random,seed=1"
    );
    assert_eq!(provenance["licence"], "Ours");
    let urls: Vec<String> = shop.files.keys().map(|name| shop.server.url(name)).collect();
    assert_eq!(provenance["source"], format!("A shop, from {}", urls.join(", ")));

    // Again: nothing is asked for, and the bundle is the same.
    let again = shop.workplace.run("fetch shop.toml --json").succeeds();
    assert_eq!(shop.server.requests(), []);
    assert!(again.stderr.contains("was there"), "{}", again.stderr);
    assert!(shop.workplace.read("shop.fbx") == bundle);
}

#[test]
fn what_is_fetched_is_said_before() {
    let shop = Shop::new();
    let size = shop.files[REVIEWS].len();
    shop.recipe(&[
        (REVIEWS, format!("size = {size}")),
        (PRODUCTS, format!("sha256 = \"{}\"", Digest::of(b""))),
    ]);
    shop.server.behave(PICTURES, &[Manner::Status(404)]);
    let said = shop.workplace.run(ONCE).stderr;
    let lines: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[..3], [vec!["A", "shop"], vec!["Ours"], vec!["into", "shop:"]]);
    let urls = [PICTURES, PRODUCTS, REVIEWS].map(|name| shop.server.url(name));
    assert_eq!(lines[3], [PICTURES, "size", "unknown", "unverified", &urls[0]]);
    assert_eq!(lines[4], [PRODUCTS, "size", "unknown", "sha256", &urls[1]]);
    assert_eq!(lines[5], [REVIEWS, &size.to_string(), "bytes", "unverified", &urls[2]]);
}

#[test]
fn places_and_preparation_can_be_chosen() {
    let shop = Shop::new();
    let line = "fetch shop.toml --folder files --output out.fbx --core 1 --reduce visual=2 --json";
    let summary = shop.workplace.run(line).json();
    assert_eq!(summary["modalities"]["visual"]["dim"], 2);
    assert!(
        summary["provenance"]["recipe"]
            .as_str()
            .unwrap()
            .starts_with("fusebox fetch shop.toml; import amazon-2014; split=")
    );
    assert!(shop.workplace.path("files").join(REVIEWS).exists() && shop.workplace.path("out.fbx").exists());
    assert!(!shop.workplace.path("shop").exists() && !shop.workplace.path("shop.fbx").exists());
}

#[test]
fn one_can_do_without_a_modality() {
    let shop = Shop::new();
    let summary = shop.workplace.run("fetch shop.toml --without visual --json").json();
    assert!(summary["modalities"]["visual"].is_null());
    let provenance = &summary["provenance"];
    assert!(provenance["recipe"].as_str().unwrap().starts_with("fusebox fetch shop.toml --without visual; "));
    assert!(!provenance["source"].as_str().unwrap().contains(PICTURES));
    let paths = shop.server.requests().into_iter().map(|request| request.path);
    assert_eq!(paths.collect::<Vec<_>>(), [format!("/{PRODUCTS}"), format!("/{REVIEWS}")]);
    shop.workplace.run("fetch shop.toml").succeeds();
    // What is there is imported, so it is said.
    let both = shop.workplace.run("fetch shop.toml --without visual --json").succeeds();
    assert!(both.stderr.contains("not left out"), "{}", both.stderr);
    let summary = both.json();
    assert_eq!(summary["modalities"]["visual"]["dim"], 4096);
    assert!(!summary["provenance"]["recipe"].as_str().unwrap().contains("without"));
    let outcome = shop.workplace.run("fetch shop.toml --without audio");
    assert!(outcome.stderr.contains("\"audio\"; what can be left out: visual"), "{}", outcome.stderr);
}
