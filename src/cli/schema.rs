use clap::Args;

use super::{CliError, output};
use crate::schema::{SpecError, System, SystemDescription};

#[derive(Args)]
pub struct Arguments {
    /// One system's name; all when absent.
    system: Option<String>,
    #[arg(long)]
    json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), CliError> {
    let Some(name) = &arguments.system else {
        let systems: Vec<&SystemDescription> =
            System::ALL.iter().map(|system| system.description()).collect();
        if arguments.json {
            return output::print_json(&systems);
        }
        let width = systems.iter().map(|system| system.name.len()).max().unwrap_or(0);
        for system in systems {
            output::print(&format!("{:<width$}  {}", system.name, system.summary))?;
        }
        return Ok(());
    };
    let system = System::named(name).ok_or_else(|| SpecError::UnknownSystem(name.clone()))?.description();
    if arguments.json {
        return output::print_json(system);
    }
    output::print(&format!(
        "{} ({})\n{}\n{}\n\nwhich  {}\nhow    {}\nwhen   {}\n\n{}",
        system.title,
        system.name,
        system.summary,
        system.formula,
        system.which,
        system.how,
        system.when,
        system.source,
    ))?;
    for known in system.hyper_parameters {
        output::print(&format!(
            "\n{} = {}  ({} to {})\n  {}",
            known.name, known.default, known.minimum, known.maximum, known.meaning
        ))?;
    }
    Ok(())
}
