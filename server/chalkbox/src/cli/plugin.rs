//! `chalkbox plugin try`: one item of a tool with its solution, and the verdict on a response.

use super::Failure;
use anyhow::Context;
use chalkbox_domain::ids::SkillId;
use chalkbox_domain::item::{Ask, Item, LocalContext, Response, Solution, Verdict};
use chalkbox_plugin_host::{Compiler, CompilerCommand, PluginHost, PluginHostConfig, ScratchFolder};
use chalkbox_service::ports::PluginRunner;
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Commands on tools.
#[derive(Debug, Subcommand)]
pub enum PluginCommand {
    /// Prints one item of a pack with its solution as JSON, and the verdict on a response if one is given.
    Try(TryArgs),
}

/// What to try.
#[derive(Debug, Args)]
pub struct TryArgs {
    /// The `.chalk` file.
    pack: PathBuf,
    /// A skill that the pack serves.
    #[arg(long)]
    skill: String,
    /// 0 easiest to 1 hardest.
    #[arg(long, default_value_t = 0.5)]
    difficulty: f32,
    /// Where the tool's dice start.
    #[arg(long, default_value_t = 1)]
    seed: u32,
    /// One of the pack's languages.
    #[arg(long, default_value = "en")]
    locale: String,
    /// A response as JSON, such as {"type":"number","value":"12"}.
    #[arg(long)]
    response: Option<String>,
    /// Country of the local context, one of the box's; without it, no country in particular.
    #[arg(long)]
    country: Option<String>,
}

/// What is printed. Written as it is and not by way of a JSON value, which would make 0.10000000149 of 0.1.
#[derive(Serialize)]
struct Tried {
    item: Item,
    solution: Solution,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
}

const NO_SANDBOX: &str = "the sandbox for tools cannot be made";

/// A host on the tools of a data folder that nobody else has open.
pub fn host(data: &Path) -> anyhow::Result<PluginHost> {
    PluginHost::open(data, compiler()?, &PluginHostConfig::default()).context(NO_SANDBOX)
}

/// A host on the tools of a data folder that a server may be using: it leaves no trace there.
pub fn reading_host(data: &Path) -> anyhow::Result<PluginHost> {
    PluginHost::open_to_read(data, compiler()?, &PluginHostConfig::default()).context(NO_SANDBOX)
}

/// How the box starts its own compiler.
pub fn compiler() -> anyhow::Result<Compiler> {
    let program = std::env::current_exe().context("the program does not know its own file")?;
    Ok(Compiler::Child(CompilerCommand { program, args: vec!["compile-plugin".into(), "--".into()] }))
}

/// Runs a command on tools.
pub fn run(command: PluginCommand) -> Result<(), Failure> {
    let PluginCommand::Try(args) = command;
    let skill: SkillId = args.skill.parse().map_err(|e| Failure::Usage(format!("--skill: {e}")))?;
    if !(0.0..=1.0).contains(&args.difficulty) {
        return Err(Failure::Usage("--difficulty: a number from 0 to 1".into()));
    }
    let response: Option<Response> = match &args.response {
        Some(text) => Some(serde_json::from_str(text).map_err(|e| Failure::Usage(format!("--response: {e}")))?),
        None => None,
    };
    let bytes = std::fs::read(&args.pack).map_err(|e| Failure::Usage(format!("{}: {e}", args.pack.display())))?;
    let scratch = ScratchFolder::new().context("there is no place to unpack")?;
    let host = host(scratch.path())?;
    let pack = host.install(&bytes).context("the pack cannot be used")?;
    if pack.manifest.skills.iter().all(|s| s.id != skill) {
        let known: Vec<String> = pack.manifest.skills.iter().map(|s| s.id.to_string()).collect();
        return Err(Failure::Usage(format!("the pack does not serve {skill}; it serves {}", known.join(", "))));
    }
    if !pack.manifest.locales.contains(&args.locale) {
        let known = pack.manifest.locales.join(", ");
        return Err(Failure::Usage(format!("--locale: the pack does not speak {}; it speaks {known}", args.locale)));
    }
    let ask = Ask {
        skill,
        difficulty: args.difficulty,
        seed: args.seed,
        context: context(args.country.as_deref(), &args.locale)?,
        locale: args.locale,
    };
    let item = host.generate(pack.hash, &ask).context("the tool gave no item")?;
    let solution = host.solve(pack.hash, &ask).context("the tool gave no solution")?;
    let verdict = match response {
        Some(response) => Some(host.evaluate(pack.hash, &ask, &response).context("the tool gave no verdict")?),
        None => None,
    };
    let tried = Tried { item, solution, verdict };
    println!("{}", serde_json::to_string_pretty(&tried).context("the item cannot be written as JSON")?);
    Ok(())
}

/// The local context to ask in. Where no country is named and the box has no words in the language, an empty one.
fn context(country: Option<&str>, locale: &str) -> Result<LocalContext, Failure> {
    let (pack, _) = chalkbox_content::check_content_pack(&crate::bundled::content());
    let Some(country) = country else {
        return Ok(pack.contexts.get("XX").and_then(|place| place.local(locale)).unwrap_or_default());
    };
    let Some(place) = pack.contexts.get(country) else {
        let known: Vec<&str> = pack.contexts.keys().map(String::as_str).collect();
        return Err(Failure::Usage(format!("--country: there is no {country}; there are {}", known.join(", "))));
    };
    place.local(locale).ok_or_else(|| {
        let known: Vec<&str> = place.things.keys().map(String::as_str).collect();
        Failure::Usage(format!("--country: {country} has no words in {locale}; it has them in {}", known.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chalkbox_domain::item::{Interaction, NumberLine};

    fn refused(country: &str, locale: &str) -> String {
        match context(Some(country), locale) {
            Err(Failure::Usage(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_mistyped_country_is_no_empty_context() {
        assert!(!context(Some("KE"), "fr").expect("there").names.is_empty());
        assert_eq!(context(None, "en").expect("there"), context(Some("XX"), "en").expect("there"));
        assert_eq!(context(None, "sw").expect("empty"), LocalContext::default());
        for wrong in ["KEN", "ke", ""] {
            let text = refused(wrong, "en");
            assert!(text.starts_with("--country:") && text.contains("GH, ") && text.contains("XX"), "{text}");
        }
        let text = refused("KE", "sw");
        assert!(text.contains("KE has no words in sw") && text.contains("en, fr"), "{text}");
    }

    #[test]
    fn numbers_are_printed_as_the_tool_wrote_them() {
        let line = NumberLine { lowest: 0.0, highest: 1.0, step: 0.1, labels: vec![0.3], marks: vec![] };
        let tried = Tried {
            item: Item { body: vec![], interaction: Interaction::Slider(line), hints: 0, seconds: 9 },
            solution: Solution { response: Response::Skipped, steps: vec![] },
            verdict: Some(Verdict { score: 2.0 / 3.0, feedback: vec![], misconception: None }),
        };
        let printed = serde_json::to_string(&tried).expect("JSON");
        for number in [r#""step":0.1,"#, r#""labels":[0.3]"#, r#""score":0.6666667,"#] {
            assert!(printed.contains(number), "{printed}");
        }
        let unanswered = serde_json::to_string(&Tried { verdict: None, ..tried }).expect("JSON");
        assert!(!unanswered.contains("verdict"), "{unanswered}");
    }
}
