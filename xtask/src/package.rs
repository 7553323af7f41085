use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Serialize;

use crate::wasm::Flavour;
use crate::workspace::{Workspace, write_whole};

/// Which wasm files are ready, for a page that is already open.
const STATUS: &str = "status.json";
/// The bytes of each wasm file: what a download will cost, known before it begins.
const SIZES: &str = "sizes.json";

/// Tells the page which wasm files are ready.
pub fn write_status(workspace: &Workspace, ready: &[Flavour]) -> Result<()> {
    let status: BTreeMap<_, _> =
        Flavour::ALL.iter().map(|flavour| (flavour.name(), ready.contains(flavour))).collect();
    write_json(workspace, STATUS, &status)
}

/// Makes `pkg/` an npm package of the flavours that are built, and tells the page that they are ready.
pub fn finish(workspace: &Workspace, flavours: &[Flavour]) -> Result<()> {
    let mut sizes = BTreeMap::new();
    for flavour in flavours {
        let file = flavour.wasm_file();
        let bytes = fs::metadata(workspace.package().join(&file))
            .with_context(|| format!("{file} is missing"))?
            .len();
        sizes.insert(file, bytes);
    }
    write_json(workspace, SIZES, &sizes)?;
    write_json(workspace, "package.json", &Manifest::of(flavours))?;
    write_whole(&workspace.package().join("README.md"), README)?;
    write_status(workspace, flavours)
}

/// Every file of the finished package.
pub fn files(flavours: &[Flavour]) -> Vec<String> {
    let described = ["package.json", "README.md", SIZES, STATUS].map(String::from);
    flavours.iter().flat_map(|flavour| flavour.files()).chain(described).collect()
}

/// Those that stay the same until the next build.
pub fn lasting_files(flavours: &[Flavour]) -> impl Iterator<Item = String> {
    files(flavours).into_iter().filter(|file| file != STATUS)
}

/// package.json, in the order in which one reads it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Manifest {
    name: &'static str,
    version: &'static str,
    description: &'static str,
    license: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    exports: BTreeMap<String, Export>,
    files: Vec<String>,
    side_effects: bool,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Export {
    File(String),
    /// Node and TypeScript take the first condition that fits: types must stand first.
    Module {
        types: String,
        default: String,
    },
}

impl Manifest {
    fn of(flavours: &[Flavour]) -> Self {
        let mut exports = BTreeMap::new();
        for file in ["package.json", SIZES]
            .map(String::from)
            .into_iter()
            .chain(flavours.iter().map(|flavour| flavour.wasm_file()))
        {
            exports.insert(format!("./{file}"), Export::File(format!("./{file}")));
        }
        for flavour in flavours {
            let stem = flavour.stem();
            let module = Export::Module { types: format!("./{stem}.d.ts"), default: format!("./{stem}.js") };
            exports.insert(format!("./{}", flavour.name()), module);
        }
        Self {
            name: "fusebox",
            version: env!("CARGO_PKG_VERSION"),
            description: "A bench for multimodal recommendation, compiled to WebAssembly",
            license: env!("CARGO_PKG_LICENSE"),
            kind: "module",
            exports,
            files: files(flavours),
            side_effects: false,
        }
    }
}

fn write_json(workspace: &Workspace, name: &str, value: &impl Serialize) -> Result<()> {
    let folder = workspace.package();
    fs::create_dir_all(&folder)?;
    write_whole(&folder.join(name), serde_json::to_string_pretty(value)? + "\n")
}

const README: &str = "\
# fusebox

A bench for multimodal recommendation, compiled to WebAssembly. Made by `cargo xtask build`.

```js
import initialise, * as fusebox from 'fusebox/cpu'; // or 'fusebox/gpu', which needs WebGPU
await initialise();
console.log(fusebox.schema());
```

Run it in a Worker: training keeps its thread busy. These two export the same functions; `fusebox/data` describes items and
`fusebox/compare` holds runs against each other. Types are in the `.d.ts` files.
";

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn workspace(root: &std::path::Path) -> Workspace {
        Workspace { root: root.to_owned(), target: root.join("elsewhere") }
    }

    #[test]
    fn the_package_names_exactly_what_is_built() {
        let root = tempfile::tempdir().unwrap();
        let workspace = workspace(root.path());
        fs::create_dir(workspace.package()).unwrap();
        for file in Flavour::Cpu.files() {
            fs::write(workspace.package().join(file), "12345").unwrap();
        }
        finish(&workspace, &[Flavour::Cpu]).unwrap();

        let read = |name: &str| -> Value {
            serde_json::from_str(&fs::read_to_string(workspace.package().join(name)).unwrap()).unwrap()
        };
        let manifest = read("package.json");
        assert!(manifest["exports"].get("./gpu").is_none());
        for listed in manifest["files"].as_array().unwrap() {
            assert!(
                workspace.package().join(listed.as_str().unwrap()).is_file(),
                "{listed} is listed but missing"
            );
        }
        assert_eq!(manifest["exports"]["./cpu"]["types"], "./fusebox_cpu.d.ts");
        let text = fs::read_to_string(workspace.package().join("package.json")).unwrap();
        assert!(text.find("\"types\"") < text.find("\"default\""), "{text}");
        assert_eq!(read("sizes.json"), json!({ "fusebox_cpu_bg.wasm": 5 }));
        assert_eq!(
            read("status.json"),
            json!({ "compare": false, "cpu": true, "data": false, "gpu": false })
        );
    }

    #[test]
    fn a_missing_wasm_file_is_an_error() {
        let root = tempfile::tempdir().unwrap();
        let error = finish(&workspace(root.path()), &[Flavour::Gpu]).unwrap_err();
        assert!(error.to_string().contains("fusebox_gpu_bg.wasm"), "{error}");
    }
}
