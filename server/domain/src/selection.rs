//! What is offered next: skills on cards, and the item within a skill.

pub mod cards;
pub mod item;
