//! A trace of a program's system calls as `strace` writes it, read back. One line is one moment: a call that others come in
//! between is on two lines, where it begins and where it ends, so the order of lines is the order in which things happened.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// One system call.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub name: String,
    /// What the file descriptor stands for: a path, or `socket:[…]`.
    pub path: String,
    /// What was handed over, all parts of it; a long one only so far as the trace has it.
    pub bytes: Vec<u8>,
    /// What it gave back; negative for an error.
    pub returned: i64,
    /// Line on which it begins.
    pub begun: usize,
    /// Line on which it ends.
    pub ended: usize,
}

impl Call {
    pub fn is_write(&self) -> bool {
        ["pwrite64", "pwritev", "write", "writev", "sendto", "sendmsg"].contains(&self.name.as_str())
    }
    pub fn is_sync(&self) -> bool {
        ["fdatasync", "fsync"].contains(&self.name.as_str()) && self.returned == 0
    }
    /// Bytes that were taken.
    pub fn taken(&self) -> u64 {
        if self.is_write() { self.returned.max(0) as u64 } else { 0 }
    }
}

/// The calls that matter here; what `strace` is told.
pub const CALLS: &str = "trace=pwrite64,pwritev,write,writev,sendto,sendmsg,fdatasync,fsync,sync_file_range";

/// Begins to trace a running process with all its threads; returns when it is traced.
pub fn attach(process: u32, to: &Path) -> Child {
    let mut strace = Command::new("strace")
        .args(["-f", "-y", "-xx", "-s", "4096", "-e", CALLS, "-p", &process.to_string(), "-o"])
        .arg(to)
        .stderr(Stdio::piped())
        .spawn()
        .expect("strace is installed (cargo xtask setup)");
    let mut said = String::new();
    let mut lines = BufReader::new(strace.stderr.take().expect("piped"));
    while !said.contains("attached") {
        let read = lines.read_line(&mut said).expect("text");
        assert!(read > 0, "this machine does not let one process trace another (ptrace): {said}");
    }
    std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
    strace
}

/// Reads a trace; calls that had not ended are left out.
pub fn parse(trace: &str) -> Vec<Call> {
    let mut open: HashMap<&str, (usize, &str)> = HashMap::new();
    let mut calls = Vec::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(begin) = rest.strip_suffix("<unfinished ...>") {
            open.insert(thread, (at, begin));
        } else if rest.starts_with("<... ") {
            if let (Some((begun, begin)), Some((_, end))) = (open.remove(thread), rest.split_once("resumed>")) {
                calls.extend(call(&format!("{}{end}", begin.trim_end()), begun, at));
            }
        } else {
            calls.extend(call(rest, at, at));
        }
    }
    calls
}

fn call(text: &str, begun: usize, ended: usize) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    let (arguments, returned) = rest.rsplit_once(") = ").or_else(|| rest.rsplit_once(")= "))?;
    let (_, behind) = arguments.split_once('<')?;
    let (path, arguments) = behind.split_once('>')?;
    // Between quotes everything is in hex, so no quote is inside.
    let bytes = arguments.split('"').skip(1).step_by(2).flat_map(unescaped).collect();
    let returned = returned.split_whitespace().next()?.parse().ok()?;
    let path = String::from_utf8_lossy(&unescaped(path)).into_owned();
    Some(Call { name: name.to_owned(), path, bytes, returned, begun, ended })
}

/// `\x68\x69` or plain text.
fn unescaped(text: &str) -> Vec<u8> {
    let hex = text.strip_prefix("\\x").map(|rest| rest.split("\\x").map(|two| u8::from_str_radix(two, 16)).collect());
    match hex {
        Some(Ok(bytes)) => bytes,
        _ => text.as_bytes().to_vec(),
    }
}
