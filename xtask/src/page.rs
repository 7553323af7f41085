use anyhow::Result;

use crate::console::Console;
use crate::npm::{self, npm};
use crate::stamp::Stamp;
use crate::workspace::Workspace;

/// Brings `www/dist` up to date.
pub fn build(workspace: &Workspace, console: Console) -> Result<()> {
    let page = workspace.page();
    npm::install(&page, console)?;
    let stamp = Stamp::new(workspace, "page")
        .folder(&page, &["node_modules", "dist"])?
        .folder(&workspace.results(), &["receipts"])?;
    if stamp.is_current() && workspace.built_page().join("index.html").is_file() {
        return Ok(());
    }
    console.say("building the page");
    console.run(npm(&page).args(["run", "build", "--silent"]))?;
    stamp.write()
}
