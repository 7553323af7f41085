//! docs/schema.md says what the code says.
//!
//! `FUSEBOX_WRITE_SCHEMA=1 cargo test --release --lib schema` writes its parts anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::covering::{covering, refused};
use super::{Design, RunSpec, System};

/// The parts that follow from the code, each between two comments that name it.
fn parts() -> [(&'static str, String); 3] {
    [("questions", questions()), ("systems", systems()), ("refused", not_together())]
}

/// Every question, its answers and what they mean.
fn questions() -> String {
    let mut text = String::new();
    for axis in Design::AXES {
        let several = if axis.several { " (several)" } else { "" };
        write!(text, "\n**{}** `{}`{several}\n\n", axis.question, axis.name).unwrap();
        if axis.choices.is_empty() {
            text += "- `true` or `false`\n";
        }
        for choice in axis.choices {
            writeln!(text, "- `{}`: {}", choice.name, choice.meaning).unwrap();
        }
    }
    text
}

/// The answer to a question as files have it, or a dash where it says nothing.
fn answer(design: &Design, axis: &str) -> String {
    match &serde_json::to_value(design).unwrap()[axis] {
        serde_json::Value::String(answer) => answer.clone(),
        serde_json::Value::Bool(answer) => if *answer { "yes" } else { "no" }.into(),
        serde_json::Value::Array(answers) if answers.is_empty() => "–".into(),
        serde_json::Value::Array(answers) => {
            answers.iter().filter_map(|answer| answer.as_str()).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A row a question, a column a system.
fn systems() -> String {
    let placed: Vec<_> = System::ALL
        .map(System::description)
        .into_iter()
        .filter(|system| system.name != "composed")
        .filter_map(|system| Some((system, system.design.as_ref()?)))
        .collect();
    let titles: Vec<&str> = placed.iter().map(|(system, _)| system.title).collect();
    let mut text = format!("\n| | {} |\n|---{}|\n", titles.join(" | "), "|---".repeat(titles.len()));
    for axis in Design::AXES {
        let cell = |(_, design): &(_, &Design)| {
            let silent = design.roles.is_empty() && OF_CONTENT.contains(&axis.name);
            if silent { "–".into() } else { answer(design, axis.name) }
        };
        let cells: Vec<String> = placed.iter().map(cell).collect();
        writeln!(text, "| `{}` | {} |", axis.name, cells.join(" | ")).unwrap();
    }
    text += "\n";
    for (system, _) in placed {
        match system.beyond {
            None => writeln!(text, "- **{}** is its design.", system.title).unwrap(),
            Some(beyond) => {
                writeln!(text, "- **{}** is more than its design: {beyond}.", system.title).unwrap()
            }
        }
    }
    text
}

/// Questions about content, to which a design without content has no answer.
const OF_CONTENT: [&str; 6] = ["extraction", "representation", "normalised", "when", "operator", "alignment"];

/// Every rule, and the answers that it keeps apart.
fn not_together() -> String {
    let mut text = String::new();
    for (rule, pairs) in refused() {
        writeln!(text, "\n- {rule}").unwrap();
        if !pairs.is_empty() {
            writeln!(text, "\n  {}", pairs.join("; ")).unwrap();
        }
    }
    text
}

#[test]
fn the_schemas_page_says_what_the_code_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema.md");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let mut text = committed.clone();
    for (name, part) in parts() {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("\n<!-- end of {name} -->"));
        let start = text.find(&open).unwrap_or_else(|| panic!("docs/schema.md has no {open}")) + open.len();
        let end = text.find(&close).unwrap_or_else(|| panic!("docs/schema.md has no {close}"));
        text.replace_range(start..end, &part);
    }
    if std::env::var_os("FUSEBOX_WRITE_SCHEMA").is_some() {
        fs::write(&path, &text).unwrap();
        return;
    }
    assert!(
        committed == text,
        "docs/schema.md is not what the code says; run FUSEBOX_WRITE_SCHEMA=1 cargo test --release --lib schema"
    );
}

#[test]
fn every_choice_has_the_name_that_files_know_it_by() {
    for axis in Design::AXES {
        for choice in axis.choices {
            let mut spec = RunSpec::of("composed");
            spec.set(axis.name, choice.name).unwrap();
            let told = answer(&spec.design.unwrap(), axis.name);
            assert_eq!(told, choice.name, "{}", axis.name);
        }
        let error = RunSpec::of("composed").set(axis.name, "anything").unwrap_err();
        let known = axis.choices.first().map_or("true", |choice| choice.name);
        assert!(error.to_string().contains(known), "{error}");
    }
}

#[test]
fn systems_that_are_designs_are_admissible_and_their_hyper_parameters_do_something() {
    for system in System::ALL.into_iter().filter_map(System::executed) {
        let mut spec = RunSpec::of("composed");
        spec.set("design", system.name).unwrap();
        spec.check().unwrap();
    }
}

#[test]
fn a_covering_set_is_small() {
    let designs = covering();
    assert!((50..120).contains(&designs.len()), "{}", designs.len());
}
