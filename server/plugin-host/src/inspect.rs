//! Looks at a component before anything heavier does: what it imports and exports, and whether it is small and
//! simple enough to compile. Reads bytes only; the code is neither validated nor run here.

use crate::abi::INTERFACES;
use crate::limits::PluginHostConfig;
use wasmparser::{ComponentExternalKind, Encoding, Parser, Payload};

/// Why a component is refused before it is compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InspectError {
    /// Larger than the box takes.
    #[error("the component has {bytes} bytes, and this box takes {most}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        most: u64,
    },
    /// A core module, not a component.
    #[error("plugin.wasm is a core module; make a component of it with “wasm-tools component new”")]
    CoreModule,
    /// No WebAssembly, or broken or cut short.
    #[error("plugin.wasm cannot be read: {reason} (at byte {offset})")]
    Broken {
        /// What the reader says.
        reason: String,
        /// Where.
        offset: u64,
    },
    /// It wants something of the box; a tool may want nothing.
    #[error("the component imports “{import}”, and a tool may import nothing: {remedy}")]
    Imports {
        /// The first import.
        import: String,
        /// How the author's tool chain leaves it out.
        remedy: &'static str,
    },
    /// It exports no version of the contract that this box knows.
    #[error("the component exports {found:?}, and a tool exports {known:?}")]
    NoInterface {
        /// What it exports.
        found: Vec<String>,
        /// The interfaces known, up to their minor version.
        known: &'static [&'static str],
    },
    /// Too many or too large parts: a compiler could run for minutes.
    #[error("the component has {count} {what}, and this box takes {most}")]
    TooMuch {
        /// Of what, with its unit.
        what: &'static str,
        /// How many there are.
        count: u64,
        /// The limit.
        most: u64,
    },
}

/// What a component is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspected {
    /// Its size.
    pub bytes: u64,
    /// Functions of all its modules.
    pub functions: u64,
    /// Types of all its modules and components.
    pub types: u64,
    /// Bytes of its largest function.
    pub largest_function: u64,
    /// Modules and components within it.
    pub nested: u64,
    /// Memory in bytes that its modules hold from the start.
    pub memory: u64,
    /// Interfaces that it exports.
    pub exports: Vec<String>,
}

/// Modules and components within a component; tool chains make fewer than twenty.
const NESTED_MOST: u64 = 100;
/// Instances, aliases and lifted functions: glue, of which honest components have some hundreds.
const GLUE_MOST: u64 = 20_000;

/// Reads a component and refuses it if it imports anything, exports no known interface, or is too much to compile.
///
/// # Errors
/// The first reason found, with what the author can do.
pub fn inspect(component: &[u8], limits: &PluginHostConfig) -> Result<Inspected, InspectError> {
    let most = u64::from(limits.component_mib) << 20;
    let bytes = component.len() as u64;
    if bytes > most {
        return Err(InspectError::TooLarge { bytes, most });
    }
    let mut seen = Seen { facts: Inspected { bytes, ..Inspected::default() }, depth: 0, ended: false, glue: 0 };
    for payload in Parser::new(0).parse_all(component) {
        seen.take(payload.map_err(broken)?)?;
        seen.check(limits)?;
    }
    if !seen.ended {
        return Err(InspectError::Broken { reason: "the end is missing".into(), offset: bytes });
    }
    let known = |name: &String| INTERFACES.iter().any(|interface| name.starts_with(interface));
    if !seen.facts.exports.iter().any(known) {
        return Err(InspectError::NoInterface { found: seen.facts.exports, known: &INTERFACES });
    }
    Ok(seen.facts)
}

struct Seen {
    facts: Inspected,
    depth: u32,
    ended: bool,
    glue: u64,
}

impl Seen {
    fn take(&mut self, payload: Payload<'_>) -> Result<(), InspectError> {
        let facts = &mut self.facts;
        match payload {
            Payload::Version { encoding: Encoding::Module, .. } if self.depth == 0 => {
                return Err(InspectError::CoreModule);
            }
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => {
                facts.nested += 1;
                self.depth += 1;
            }
            Payload::End(_) if self.depth == 0 => self.ended = true,
            Payload::End(_) => self.depth -= 1,
            Payload::TypeSection(types) => facts.types += u64::from(types.count()),
            Payload::CoreTypeSection(types) => facts.types += u64::from(types.count()),
            Payload::ComponentTypeSection(types) => facts.types += u64::from(types.count()),
            Payload::FunctionSection(functions) => facts.functions += u64::from(functions.count()),
            Payload::CodeSectionEntry(body) => {
                facts.largest_function = facts.largest_function.max(body.range().len() as u64);
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    let pages = memory.map_err(broken)?.initial;
                    facts.memory = facts.memory.saturating_add(pages.saturating_mul(65_536));
                }
            }
            Payload::InstanceSection(instances) => self.glue += u64::from(instances.count()),
            Payload::ComponentInstanceSection(instances) => self.glue += u64::from(instances.count()),
            Payload::ComponentAliasSection(aliases) => self.glue += u64::from(aliases.count()),
            Payload::ComponentCanonicalSection(functions) => self.glue += u64::from(functions.count()),
            Payload::ComponentImportSection(imports) if self.depth == 0 => {
                if let Some(import) = imports.into_iter().next() {
                    let import = import.map_err(broken)?.name.name.to_owned();
                    return Err(InspectError::Imports { remedy: remedy(&import), import });
                }
            }
            Payload::ComponentExportSection(exports) if self.depth == 0 => {
                for export in exports {
                    let export = export.map_err(broken)?;
                    if export.kind == ComponentExternalKind::Instance {
                        facts.exports.push(export.name.name.to_owned());
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn check(&self, limits: &PluginHostConfig) -> Result<(), InspectError> {
        let facts = &self.facts;
        let most = [
            ("functions", facts.functions, u64::from(limits.functions)),
            ("types", facts.types, u64::from(limits.types)),
            ("bytes in its largest function", facts.largest_function, u64::from(limits.function_kib) << 10),
            ("bytes of memory from the start", facts.memory, u64::from(limits.memory_mib) << 20),
            ("modules and components within it", facts.nested, NESTED_MOST),
            ("instances, aliases and lifted functions", self.glue, GLUE_MOST),
        ];
        match most.into_iter().find(|(_, count, most)| count > most) {
            Some((what, count, most)) => Err(InspectError::TooMuch { what, count, most }),
            None => Ok(()),
        }
    }
}

fn broken(error: wasmparser::Error) -> InspectError {
    InspectError::Broken { reason: error.message().to_owned(), offset: error.offset() as u64 }
}

/// What an author can do about an import.
fn remedy(import: &str) -> &'static str {
    if import.starts_with("wasi:") {
        "build without WASI: --stub-wasi for componentize-qjs and componentize-py, the target wasm32-unknown-unknown \
         for Rust, -nostdlib with the target wasm32-unknown-unknown for C"
    } else if import.starts_with("chalkbox:activity/") {
        "keep all types in the one interface “activity”; a second interface becomes an import"
    } else {
        "leave the import out of the world that the component is built for; the ask holds everything a tool gets"
    }
}
