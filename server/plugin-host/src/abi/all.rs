//! The table of contract versions: a new one is a file beside this and a line in here.

use super::{Guest, v1};
use crate::meter::Meter;
use wasmtime::component::{Component, Linker};

/// Makes a guest of a compiled component.
type Adapt = fn(&Linker<Meter>, &Component) -> wasmtime::Result<Box<dyn Guest>>;

/// Each known version's exported interface, without its minor version, and its adapter.
const VERSIONS: [(&str, Adapt); 1] = [(v1::INTERFACE, v1::adapt)];

/// What a component may export to be a tool, each up to the minor version.
pub(crate) const INTERFACES: [&str; 1] = [v1::INTERFACE];

/// Takes the adapter of the version that the component exports.
///
/// # Errors
/// When it exports none of [`INTERFACES`], or not with the types of the contract.
pub(crate) fn adapt(linker: &Linker<Meter>, component: &Component) -> wasmtime::Result<Box<dyn Guest>> {
    let exported = component.component_type();
    let exports: Vec<String> = exported.exports(component.engine()).map(|(name, _)| name.to_owned()).collect();
    let adapter = VERSIONS.iter().find(|(interface, _)| exports.iter().any(|name| name.starts_with(interface)));
    match adapter {
        Some((_, adapt)) => adapt(linker, component),
        None => Err(wasmtime::Error::msg("it exports no version of chalkbox:activity/activity that this box knows")),
    }
}
