//! The chalkbox binary.
fn main() {}
