//! Reads a posted form that holds a file, piece by piece, so that the file never has to fit into memory. Pure: bytes in,
//! pieces out; who reads from the network and who writes to the disk is the caller.

/// Bytes of a field that is no file, at most.
const FIELD_MOST: usize = 4 * 1024;
/// Bytes of the head of a part, at most.
const HEAD_MOST: usize = 4 * 1024;
/// Parts of a form, at most.
const PARTS_MOST: u8 = 16;

/// A piece of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A field, whole.
    Field {
        /// Its name.
        name: String,
        /// What was typed.
        value: String,
    },
    /// A file begins.
    File {
        /// The field's name.
        name: String,
    },
    /// More bytes of the file.
    Bytes(Vec<u8>),
    /// The file, or the field that was one, has ended.
    FileEnd,
    /// The form has ended.
    End,
}

/// The form is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAForm(pub &'static str);

enum State {
    /// Before the first mark: nothing may stand there.
    Preamble,
    /// Just behind a mark: a part begins, or the form ends.
    Behind,
    /// In the head of a part.
    Head,
    /// In a field.
    Field(String),
    /// In a file.
    File,
    /// Behind the end.
    Ended,
}

/// Takes a form apart.
pub struct FormPieces {
    mark: Vec<u8>,
    buffer: Vec<u8>,
    state: State,
    parts: u8,
}

fn find(within: &[u8], wanted: &[u8]) -> Option<usize> {
    within.windows(wanted.len()).position(|window| window == wanted)
}

/// The value of a parameter of a header, with or without quotes.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let value = header.split(';').skip(1).find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches('"'))
}

impl FormPieces {
    /// For a form with this `Content-Type`; none when it is no form with a file.
    pub fn new(content_type: &str) -> Option<Self> {
        let rest = content_type.trim().get(.."multipart/form-data".len())?;
        if !rest.eq_ignore_ascii_case("multipart/form-data") {
            return None;
        }
        let boundary = parameter(content_type, "boundary").filter(|text| (1..=70).contains(&text.len()))?;
        // As if a line had ended before the form, so that the first mark looks like all others.
        let mark = [b"\r\n--", boundary.as_bytes()].concat();
        Some(Self { mark, buffer: b"\r\n".to_vec(), state: State::Preamble, parts: 0 })
    }

    /// Takes more bytes; gives what is now known.
    ///
    /// # Errors
    /// When it is not a form, or one with too long fields.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<Piece>, NotAForm> {
        self.buffer.extend_from_slice(bytes);
        let mut pieces = Vec::new();
        while self.step(&mut pieces)? {}
        Ok(pieces)
    }

    /// Goes on by one step; false when more bytes are needed.
    fn step(&mut self, pieces: &mut Vec<Piece>) -> Result<bool, NotAForm> {
        match self.state {
            State::Preamble => {
                if self.buffer.len() < self.mark.len() {
                    return Ok(false);
                }
                if !self.buffer.starts_with(&self.mark) {
                    return Err(NotAForm("the form does not begin with its mark"));
                }
                self.buffer.drain(..self.mark.len());
                self.state = State::Behind;
            }
            State::Behind => {
                let Some(two) = self.buffer.get(..2) else { return Ok(false) };
                let (next, ends) = match two {
                    b"\r\n" => (State::Head, false),
                    b"--" => (State::Ended, true),
                    _ => return Err(NotAForm("a mark of the form is followed by something else")),
                };
                self.buffer.drain(..2);
                self.state = next;
                pieces.extend(ends.then_some(Piece::End));
            }
            State::Head => return self.head(pieces),
            State::Field(_) => return self.field(pieces),
            State::File => return Ok(self.file(pieces)),
            State::Ended => {
                self.buffer.clear();
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn head(&mut self, pieces: &mut Vec<Piece>) -> Result<bool, NotAForm> {
        let Some(end) = find(&self.buffer, b"\r\n\r\n") else {
            return if self.buffer.len() > HEAD_MOST {
                Err(NotAForm("the head of a part is too long"))
            } else {
                Ok(false)
            };
        };
        self.parts += 1;
        if self.parts > PARTS_MOST {
            return Err(NotAForm("the form has too many parts"));
        }
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        self.buffer.drain(..end + 4);
        let disposition = head
            .lines()
            .find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))
            .ok_or(NotAForm("a part of the form has no name"))?;
        let name = parameter(disposition, "name").ok_or(NotAForm("a part of the form has no name"))?.to_owned();
        if parameter(disposition, "filename").is_some() {
            pieces.push(Piece::File { name });
            self.state = State::File;
        } else {
            self.state = State::Field(name);
        }
        Ok(true)
    }

    fn field(&mut self, pieces: &mut Vec<Piece>) -> Result<bool, NotAForm> {
        let end = find(&self.buffer, &self.mark);
        if end.unwrap_or(self.buffer.len()) > FIELD_MOST + self.mark.len() {
            return Err(NotAForm("a field of the form is too long"));
        }
        let Some(end) = end else { return Ok(false) };
        let value = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        self.buffer.drain(..end + self.mark.len());
        if let State::Field(name) = std::mem::replace(&mut self.state, State::Behind) {
            pieces.push(Piece::Field { name, value });
        }
        Ok(true)
    }

    fn file(&mut self, pieces: &mut Vec<Piece>) -> bool {
        if let Some(end) = find(&self.buffer, &self.mark) {
            if end > 0 {
                pieces.push(Piece::Bytes(self.buffer[..end].to_vec()));
            }
            self.buffer.drain(..end + self.mark.len());
            pieces.push(Piece::FileEnd);
            self.state = State::Behind;
            return true;
        }
        // The end of what is here may be the beginning of a mark.
        let sure = self.buffer.len().saturating_sub(self.mark.len() - 1);
        if sure > 0 {
            pieces.push(Piece::Bytes(self.buffer.drain(..sure).collect()));
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"XyZ\"";

    fn form(file: &[u8]) -> Vec<u8> {
        let head = "--XyZ\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n0123\r\n--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.tar\"\r\nContent-Type: application/x-tar\r\n\r\n";
        [head.as_bytes(), file, b"\r\n--XyZ--\r\n"].concat()
    }

    /// The token, the file's bytes and whether the form ended.
    fn read(body: &[u8], at_once: usize) -> Result<(String, Vec<u8>, bool), NotAForm> {
        let mut pieces = FormPieces::new(TYPE).expect("a form");
        let (mut token, mut file, mut ended) = (String::new(), Vec::new(), false);
        for chunk in body.chunks(at_once) {
            for piece in pieces.feed(chunk)? {
                match piece {
                    Piece::Field { name, value } if name == "token" => token = value,
                    Piece::Bytes(bytes) => file.extend(bytes),
                    Piece::End => ended = true,
                    _ => {}
                }
            }
        }
        Ok((token, file, ended))
    }

    #[test]
    fn a_file_comes_out_whole_however_it_is_cut() {
        for file in [&b""[..], b"x", b"\r\n--XyY\r\n--Xy", b"\r\n--Xy\r\n--", &[0, 13, 10, 45, 45, 255].repeat(50)] {
            let body = form(file);
            for at_once in [1, 2, 3, 7, 64, body.len()] {
                let read = read(&body, at_once).expect("a form");
                assert_eq!(read, ("0123".to_owned(), file.to_vec(), true), "{at_once} at once");
            }
        }
    }

    #[test]
    fn a_form_that_is_cut_short_has_no_end() {
        let body = form(b"some bytes");
        for length in 0..body.len() - 4 {
            assert!(!read(&body[..length], 5).expect("the beginning of a form").2, "{length}");
        }
    }

    #[test]
    fn what_is_no_form_is_refused_and_nothing_grows_without_end() {
        for not in
            ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=", "", "é"]
        {
            assert!(FormPieces::new(not).is_none(), "{not}");
        }
        assert!(read(b"hello, this is no form at all", 4).is_err());
        assert!(read(b"--XyZ??", 4).is_err());
        let endless = [b"--XyZ\r\nX: ".to_vec(), vec![b'a'; 10_000]].concat();
        assert!(read(&endless, 100).is_err(), "a head without end");
        let field = b"--XyZ\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n".to_vec();
        assert!(read(&[field, vec![b'a'; 10_000]].concat(), 100).is_err(), "a field without end");
        let part = b"\r\n--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb".to_vec();
        assert!(read(&part.repeat(20)[2..], 100).is_err(), "parts without end");
    }
}
