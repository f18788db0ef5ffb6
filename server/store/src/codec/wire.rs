//! The messages of `docs/store-format.md`, field by field. Numbers are for ever: a field may be added under a new
//! number, none is ever used again for something else.

use prost::Message;

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Envelope {
    #[prost(uint32, tag = "1")]
    pub v: u32,
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(bytes = "vec", tag = "3")]
    pub box_id: Vec<u8>,
    #[prost(uint64, tag = "4")]
    pub seq: u64,
    #[prost(fixed64, tag = "5")]
    pub hlc: u64,
    #[prost(fixed64, optional, tag = "6")]
    pub at: Option<u64>,
    #[prost(fixed64, tag = "7")]
    pub boot: u64,
    #[prost(uint64, tag = "8")]
    pub mono_ms: u64,
    #[prost(uint32, tag = "9")]
    pub clock: u32,
    #[prost(bytes = "vec", optional, tag = "10")]
    pub client: Option<Vec<u8>>,
    #[prost(uint64, tag = "11")]
    pub cseq: u64,
    #[prost(bytes = "vec", optional, tag = "12")]
    pub learner: Option<Vec<u8>>,
    #[prost(uint32, tag = "13")]
    pub actor_kind: u32,
    #[prost(bytes = "vec", tag = "14")]
    pub actor: Vec<u8>,
    #[prost(bytes = "vec", tag = "15")]
    pub body: Vec<u8>,
}

/// The front of an envelope: what can be told of an event without reading it.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Front {
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(fixed64, tag = "5")]
    pub hlc: u64,
    #[prost(bytes = "vec", optional, tag = "12")]
    pub learner: Option<Vec<u8>>,
}

/// What an event of a child's practice is found by.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Practised {
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(fixed64, tag = "5")]
    pub hlc: u64,
    #[prost(fixed64, optional, tag = "6")]
    pub at: Option<u64>,
    #[prost(bytes = "vec", optional, tag = "10")]
    pub client: Option<Vec<u8>>,
    #[prost(uint64, tag = "11")]
    pub cseq: u64,
    #[prost(bytes = "vec", optional, tag = "12")]
    pub learner: Option<Vec<u8>>,
    #[prost(bytes = "vec", tag = "15")]
    pub body: Vec<u8>,
}

/// What tells whether an envelope holds an answer.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Kind {
    #[prost(uint32, tag = "1")]
    pub v: u32,
    #[prost(uint32, tag = "2")]
    pub kind: u32,
    #[prost(bytes = "vec", tag = "15")]
    pub body: Vec<u8>,
}

/// The front of an answer: what it answers.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct AnsweredItem {
    #[prost(bytes = "vec", tag = "1")]
    pub item: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Range {
    #[prost(bytes = "vec", tag = "1")]
    pub box_id: Vec<u8>,
    #[prost(uint64, tag = "2")]
    pub from: u64,
    #[prost(uint64, tag = "3")]
    pub to: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Imported {
    #[prost(message, repeated, tag = "1")]
    pub ranges: Vec<Range>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Erased {
    #[prost(bytes = "vec", tag = "1")]
    pub learner: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Answered {
    #[prost(bytes = "vec", tag = "1")]
    pub item: Vec<u8>,
    #[prost(uint64, tag = "2")]
    pub asked_ms: u64,
    #[prost(string, tag = "3")]
    pub skill: String,
    #[prost(bytes = "vec", tag = "4")]
    pub plugin: Vec<u8>,
    #[prost(uint32, tag = "5")]
    pub step: u32,
    #[prost(uint32, tag = "6")]
    pub seed: u32,
    #[prost(string, tag = "7")]
    pub locale: String,
    #[prost(bytes = "vec", tag = "8")]
    pub context: Vec<u8>,
    #[prost(string, tag = "9")]
    pub format: String,
    #[prost(uint32, tag = "10")]
    pub mode: u32,
    #[prost(bytes = "vec", tag = "11")]
    pub response: Vec<u8>,
    #[prost(uint32, tag = "12")]
    pub help: u32,
    #[prost(uint32, tag = "13")]
    pub elapsed_ms: u32,
    #[prost(float, optional, tag = "14")]
    pub score: Option<f32>,
    #[prost(string, optional, tag = "15")]
    pub fault: Option<String>,
    #[prost(string, optional, tag = "16")]
    pub misconception: Option<String>,
    #[prost(double, tag = "17")]
    pub d: f64,
    #[prost(double, tag = "18")]
    pub expected: f64,
    #[prost(double, tag = "19")]
    pub lambda: f64,
    #[prost(uint32, tag = "20")]
    pub pace: u32,
    #[prost(double, tag = "21")]
    pub guess: f64,
    #[prost(double, tag = "22")]
    pub slip: f64,
    #[prost(bool, tag = "23")]
    pub guess_fixed: bool,
    #[prost(double, tag = "24")]
    pub learn: f64,
    #[prost(bool, tag = "25")]
    pub mixed_formats: bool,
    #[prost(double, tag = "26")]
    pub mastery: f64,
    #[prost(uint32, tag = "27")]
    pub state: u32,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Hinted {
    #[prost(bytes = "vec", tag = "1")]
    pub item: Vec<u8>,
    #[prost(string, tag = "2")]
    pub skill: String,
    #[prost(uint32, tag = "3")]
    pub level: u32,
    #[prost(uint64, tag = "4")]
    pub asked_ms: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Profile {
    #[prost(bytes = "vec", tag = "1")]
    pub id: Vec<u8>,
    #[prost(string, tag = "2")]
    pub display_name: String,
    #[prost(uint32, tag = "3")]
    pub avatar: u32,
    #[prost(bytes = "vec", tag = "4")]
    pub class: Vec<u8>,
    #[prost(uint32, tag = "5")]
    pub grade: u32,
    #[prost(bytes = "vec", optional, tag = "6")]
    pub code: Option<Vec<u8>>,
    #[prost(string, optional, tag = "7")]
    pub locale: Option<String>,
    #[prost(bool, tag = "8")]
    pub active: bool,
    #[prost(bytes = "vec", optional, tag = "9")]
    pub card: Option<Vec<u8>>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Class {
    #[prost(bytes = "vec", tag = "1")]
    pub id: Vec<u8>,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(uint32, tag = "3")]
    pub grade: u32,
    #[prost(bytes = "vec", repeated, tag = "4")]
    pub teachers: Vec<Vec<u8>>,
    #[prost(bool, tag = "5")]
    pub open: bool,
    #[prost(uint32, tag = "6")]
    pub picture: u32,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Staff {
    #[prost(bytes = "vec", tag = "1")]
    pub id: Vec<u8>,
    #[prost(string, tag = "2")]
    pub username: String,
    #[prost(string, tag = "3")]
    pub display_name: String,
    #[prost(uint32, repeated, tag = "4")]
    pub roles: Vec<u32>,
    #[prost(string, tag = "5")]
    pub password: String,
    #[prost(string, optional, tag = "6")]
    pub locale: Option<String>,
    #[prost(bool, tag = "7")]
    pub active: bool,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Settings {
    #[prost(string, tag = "1")]
    pub school: String,
    #[prost(string, tag = "2")]
    pub locale: String,
    #[prost(string, tag = "3")]
    pub country: String,
    #[prost(string, tag = "4")]
    pub zone: String,
    #[prost(bool, tag = "5")]
    pub demo: bool,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Token {
    #[prost(bytes = "vec", tag = "1")]
    pub hash: Vec<u8>,
    #[prost(string, tag = "2")]
    pub name: String,
    #[prost(bytes = "vec", tag = "3")]
    pub staff: Vec<u8>,
    #[prost(bool, tag = "4")]
    pub active: bool,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct PackSet {
    #[prost(string, tag = "1")]
    pub id: String,
    #[prost(string, tag = "2")]
    pub version: String,
    #[prost(bytes = "vec", tag = "3")]
    pub hash: Vec<u8>,
    #[prost(uint32, tag = "4")]
    pub state: u32,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ContextSet {
    #[prost(string, tag = "1")]
    pub country: String,
    #[prost(string, tag = "2")]
    pub locale: String,
    #[prost(bytes = "vec", tag = "3")]
    pub hash: Vec<u8>,
}

/// One row of the views.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Row {
    #[prost(bytes = "vec", tag = "1")]
    pub key: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub row: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Carried {
    #[prost(uint32, tag = "1")]
    pub rules: u32,
    #[prost(message, repeated, tag = "2")]
    pub rows: Vec<Row>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct YearClosed {
    #[prost(string, tag = "1")]
    pub name: String,
    #[prost(uint64, tag = "2")]
    pub carried_from: u64,
    #[prost(uint64, tag = "3")]
    pub carried_to: u64,
    #[prost(message, repeated, tag = "4")]
    pub others: Vec<Range>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct GapNoted {
    #[prost(uint64, tag = "1")]
    pub from: u64,
    #[prost(uint64, tag = "2")]
    pub to: u64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct ClockCorrected {
    #[prost(fixed64, tag = "1")]
    pub boot: u64,
    #[prost(sint64, tag = "2")]
    pub offset_ms: i64,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Linked {
    #[prost(bytes = "vec", tag = "1")]
    pub learner: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub to: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
pub(crate) struct Unlinked {
    #[prost(bytes = "vec", tag = "1")]
    pub learner: Vec<u8>,
}

/// Row of table `C`: which box sequence number each of sixteen sendings of a client became; 0 is none.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct SendBlock {
    #[prost(uint64, repeated, tag = "1")]
    pub seq: Vec<u64>,
    /// Which of them are other boxes' numbers.
    #[prost(message, repeated, tag = "2")]
    pub others: Vec<OtherBox>,
}

/// A place of a block whose number is another box's.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct OtherBox {
    #[prost(uint32, tag = "1")]
    pub place: u32,
    #[prost(bytes = "vec", tag = "2")]
    pub box_id: Vec<u8>,
}
