//! The face of the box: pages for people and the API for programs. Storage, plugin calls and rules never live here.

pub mod api;
pub mod assets;
pub mod body;
pub mod drawing;
pub mod error;
pub mod guard;
pub mod language;
pub mod pages;
pub mod server;
pub mod state;
pub mod stylesheet;
pub mod translator;
pub mod upload;
pub mod views;
pub mod words;
