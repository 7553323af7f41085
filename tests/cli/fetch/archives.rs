use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use md5::Digest as _;
use rawzip::path::EntryPath;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use serde_json::json;

use super::content;
use crate::server::{Manner, Server};
use crate::shop::{self, Files};
use crate::workplace::Workplace;

/// The files of the shop in a folder of a ZIP archive, as GroupLens releases MovieLens 100K.
fn hundred_thousand() -> (Files, Vec<u8>) {
    let shop = shop::movielens();
    let text = |name: &str| String::from_utf8(shop[name].clone()).unwrap();
    let ratings = text("ratings.tsv").lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
    let mut films = String::new();
    for line in text("items.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let flags = if cells[1] == "The pencil" { "|0|1" } else { "|1|0" };
        films += &format!(
            "{}|{} (1995)|01-Jan-1995||http://example.org/{flags}{}\n",
            cells[0],
            cells[1],
            "|0".repeat(17)
        );
    }
    let files = Files::from([("u.data".into(), ratings.into_bytes()), ("u.item".into(), films.into_bytes())]);
    let below: Vec<(String, &[u8])> =
        files.iter().map(|(name, content)| (format!("ml-100k/{name}"), &content[..])).collect();
    let mut members: Vec<(&str, &[u8])> =
        below.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    members.extend([("ml-100k/more/README", &b"Read me"[..]), ("other/u.data", b"")]);
    let archive = zipped(&members);
    (files, archive)
}

/// A ZIP archive, whose paths are taken as they are.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, content) in members {
        let member = archive.new_file(EntryPath::verbatim(path.as_bytes()));
        let (mut entry, config) = member.compression_method(CompressionMethod::DEFLATE).start().unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
        writer.write_all(content).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

/// An MD5 as GroupLens publishes it.
fn md5(archive: &[u8]) -> String {
    let digits: String = md5::Md5::digest(archive).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("MD5 (ml.zip) = {digits}\n")
}

/// A server of one archive with its MD5, and a workplace with its recipe.
fn archived(archive: &[u8]) -> (Server, Workplace) {
    let (server, workplace) = (Server::new(), Workplace::new());
    server.serve("ml.zip", archive, Some("first"));
    server.serve("ml.zip.md5", md5(archive).as_bytes(), None);
    let recipe = format!(
        "name = \"ml\"\ntitle = \"Films\"\nlayout = \"movielens\"\nterms = \"Theirs\"\nimport = {{ core = 2 }}\n\
         [[files]]\nname = \"ml.zip\"\nurl = \"{}\"\nmd5-url = \"{}\"\nunpack = \"ml-100k\"\n",
        server.url("ml.zip"),
        server.url("ml.zip.md5")
    );
    workplace.write("ml.toml", recipe);
    (server, workplace)
}

fn checked(workplace: &Workplace) -> String {
    let lock = String::from_utf8(workplace.read("ml/fusebox-fetch.lock")).unwrap();
    let lock: toml::Table = toml::from_str(&lock).unwrap();
    lock["files"]["ml.zip"]["checked"].as_str().unwrap().to_owned()
}

#[test]
fn an_archive_is_unpacked_into_the_layout() {
    let (files, archive) = hundred_thousand();
    let (server, workplace) = archived(&archive);
    let fetched = workplace.run("fetch ml.toml --json").succeeds();
    assert_eq!(checked(&workplace), "host-md5");
    assert!(fetched.stderr.contains("as the host's MD5 says"), "{}", fetched.stderr);
    let summary = fetched.json();
    assert_eq!((&summary["users"], &summary["items"]), (&json!(shop::USERS), &json!(shop::PRODUCTS)));
    assert_eq!(summary["modalities"]["textual"]["present"], shop::PRODUCTS);
    let recipe = "fusebox fetch ml.toml; import movielens; subsample core=2,seed=1; split=random,seed=1";
    assert_eq!(summary["provenance"]["recipe"], recipe);
    for (name, content) in &files {
        assert!(workplace.read(&format!("ml/{name}")) == *content, "{name}");
    }
    assert_eq!(workplace.read("ml/more/README"), b"Read me");
    workplace.lay_out("apart/ml", &files);
    workplace.run("import movielens apart/ml -o imported.fbx --core 2").succeeds();
    assert!(content(&workplace, "ml.fbx") == content(&workplace, "imported.fbx"));
    // The interactions are those of the layout with posters.
    workplace.lay_out("posters/ml", &shop::movielens());
    workplace.run("import movielens posters/ml -o posters.fbx --core 2").succeeds();
    assert!(content(&workplace, "ml.fbx").interactions == content(&workplace, "posters.fbx").interactions);

    // Posters may be laid beside what was fetched; what was unpacked is made anew.
    server.requests();
    for (name, content) in shop::movielens().into_iter().filter(|(name, _)| name.starts_with("posters/")) {
        workplace.write(&format!("ml/{name}"), content);
    }
    workplace.write("ml/u.data", b"damaged");
    let summary = workplace.run("fetch ml.toml --json").json();
    assert_eq!(summary["modalities"]["visual"]["present"], shop::PRODUCTS - 1);
    assert_eq!(server.requests(), []);
    assert_eq!(checked(&workplace), "host-md5");
}

#[test]
fn the_hosts_md5_counts_where_there_is_one() {
    let (_, archive) = hundred_thousand();
    let (server, workplace) = archived(&archive);
    let wrong = "0123456789abcdef0123456789abcdef";
    server.serve("ml.zip.md5", wrong.as_bytes(), None);
    let outcome = workplace.run("fetch ml.toml");
    let sentence = outcome.stderr.lines().last().unwrap();
    assert!(
        outcome.status == Some(1) && sentence.contains("its host says") && sentence.contains(wrong),
        "{sentence}"
    );
    for name in ["ml.zip", "ml.zip.part", "ml.fbx", "u.data"] {
        assert!(!workplace.path("ml").join(name).exists(), "{name}");
    }
    server.behave("ml.zip.md5", &[Manner::Status(404)]);
    let fetched = workplace.run("fetch ml.toml").succeeds();
    assert!(fetched.stderr.contains("404") && fetched.stderr.contains("unverified"), "{}", fetched.stderr);
    assert_eq!(checked(&workplace), "unverified");
    // What nobody vouched for is vouched for later, and not fetched again.
    server.serve("ml.zip.md5", md5(&archive).as_bytes(), None);
    server.requests();
    workplace.run("fetch ml.toml").succeeds();
    assert_eq!(checked(&workplace), "host-md5");
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/ml.zip.md5"]);
}

#[test]
fn an_archive_cannot_do_harm() {
    let fails = |archive: &[u8], words: &[&str]| {
        let (_server, workplace) = archived(archive);
        let outcome = workplace.run("fetch ml.toml");
        let sentence = outcome.stderr.lines().last().unwrap();
        assert_eq!(outcome.status, Some(1), "{sentence}");
        for word in words {
            assert!(sentence.contains(word), "lacks {word:?}: {sentence}");
        }
        let mut left: Vec<String> = std::fs::read_dir(workplace.path("ml"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["fusebox-fetch.lock", "ml.zip"]);
        assert!(!workplace.path("evil").exists() && !workplace.path("ml.fbx").exists());
    };
    for path in ["ml-100k/../../evil", "../evil", "/evil", "ml-100k/..\\evil"] {
        fails(&zipped(&[("ml-100k/u.data", b""), (path, b"evil")]), &["ml.zip", path, "leads elsewhere"]);
    }
    fails(&zipped(&[("ml-100k/fusebox-fetch.lock", b"")]), &["fusebox-fetch.lock", "leads elsewhere"]);
    fails(&zipped(&[("ml-100k/ml.zip", b"")]), &["ml.zip", "leads elsewhere"]);
    fails(&zipped(&[("other/u.data", b"")]), &["ml.zip has no files below \"ml-100k\""]);
    fails(&zipped(&[("ml-100k/u.data", &vec![0; 40 << 20])]), &["ml.zip", "grows to more than"]);
    fails(b"<html>not found</html>", &["ml.zip cannot be unpacked"]);
    let mut torn = hundred_thousand().1;
    torn[60] ^= 0xff;
    fails(&torn, &["ml.zip cannot be unpacked", "u.data"]);
}
