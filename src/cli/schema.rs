use clap::Args;

use super::{CliError, output};
use crate::schema::{Axis, Design, SpecError, System, SystemDescription};

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
    if let Some(design) = &system.design {
        print_design(design, system)?;
    }
    for axis in system.axes {
        print_axis(axis)?;
    }
    for known in system.hyper_parameters {
        output::print(&format!(
            "\n{} = {}  ({} to {})\n  {}",
            known.name, known.default, known.minimum, known.maximum, known.meaning
        ))?;
    }
    Ok(())
}

/// As a specification for `composed` has it.
fn print_design(design: &Design, system: &SystemDescription) -> Result<(), CliError> {
    let text = toml::to_string(design).map_err(|error| CliError::Output(std::io::Error::other(error)))?;
    output::print(&format!("\n[design]\n{}", text.trim_end()))?;
    if let Some(beyond) = system.beyond {
        output::print(&format!("# and what no answer says: {beyond}"))?;
    }
    Ok(())
}

fn print_axis(axis: &Axis) -> Result<(), CliError> {
    let several = if axis.several { ", several" } else { "" };
    output::print(&format!("\n{}  ({}{several})", axis.name, axis.question))?;
    let width = axis.choices.iter().map(|choice| choice.name.len()).max().unwrap_or(0);
    if axis.choices.is_empty() {
        output::print("  true or false")?;
    }
    for choice in axis.choices {
        output::print(&format!("  {:<width$}  {}", choice.name, choice.meaning))?;
    }
    Ok(())
}
