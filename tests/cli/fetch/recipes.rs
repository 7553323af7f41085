use crate::workplace::Workplace;

#[test]
fn recipes_are_listed() {
    let workplace = Workplace::new();
    let listed = workplace.run("fetch --json").json();
    let names: Vec<&str> =
        listed.as_array().unwrap().iter().map(|recipe| recipe["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "amazon-beauty",
            "amazon-clothing",
            "amazon-office",
            "amazon-sports",
            "amazon-toys",
            "ml-100k",
            "ml-1m"
        ]
    );
    let words = workplace.run("fetch").succeeds().stdout;
    for word in
        ["amazon-office", "reviews_Office_Products_5.json.gz", "size unknown", "unverified", "the host's md5"]
    {
        assert!(words.contains(word), "{word}: {words}");
    }
}

#[test]
fn each_mistake_in_a_recipe_has_its_sentence() {
    let workplace = Workplace::new();
    workplace.refuses("fetch nowhere", &["`nowhere`", "amazon-office", "ml-100k", "recipe's file"]);
    let recipe = |file: &str| {
        format!("name = \"x\"\ntitle = \"X\"\nlayout = \"movielens\"\nterms = \"X\"\n[[files]]\n{file}")
    };
    for (file, words) in [
        ("name = \"x\"", &["x.toml", "url"][..]),
        ("name = \"../x\"\nurl = \"https://example.org/x\"", &["the file's name is \"../x\""]),
        ("name = \"x\"\nurl = \"ftp://example.org/x\"", &["the url is \"ftp://example.org/x\"", "https://"]),
        ("name = \"x\"\nurl = \"https://example.org/x\"\nsha256 = \"12\"", &["the sha256 is \"12\"", "64"]),
        ("name = \"x\"\nurl = \"https://example.org/x\"\nunpack = \"../y\"", &["the unpack is \"../y\""]),
        ("name = \"x\"\nurl = \"https://example.org/x\"\nsha1 = \"12\"", &["x.toml: line 8", "sha1"]),
    ] {
        workplace.write("x.toml", recipe(file));
        workplace.refuses("fetch x.toml", words);
    }
}
