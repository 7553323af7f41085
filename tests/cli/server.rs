//! A web server on this machine that behaves as files on the web do, or as badly as it is told.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Server {
    address: SocketAddr,
    shelf: Arc<Mutex<Shelf>>,
}

#[derive(Default)]
struct Shelf {
    /// By path.
    files: BTreeMap<String, Served>,
    requests: Vec<Request>,
}

struct Served {
    content: Vec<u8>,
    /// Its version, as an `ETag`.
    tag: Option<String>,
    /// Of the next answers; afterwards it behaves well.
    manners: VecDeque<Manner>,
}

/// How a request is answered.
#[derive(Clone, Copy)]
pub enum Manner {
    /// The connection ends after so many bytes of the body.
    Cut(usize),
    Status(u16),
    /// The whole file, whatever part is asked for.
    Whole,
    /// The part that is asked for, whatever version it shall be of.
    AnyVersion,
    /// Another part than the one that is asked for.
    OtherPart,
    /// The whole file, without its length.
    NoLength,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub path: String,
    pub range: Option<String>,
    pub if_range: Option<String>,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shelf = Arc::<Mutex<Shelf>>::default();
        let served = Arc::clone(&shelf);
        thread::spawn(move || {
            for stream in listener.incoming() {
                // Who asks may go away in the middle of an answer.
                let _ = answer(&stream.unwrap(), &served);
            }
        });
        Self { address, shelf }
    }

    pub fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.address)
    }

    /// Serves a file in this version.
    pub fn serve(&self, name: &str, content: &[u8], tag: Option<&str>) {
        let tag = tag.map(|tag| format!("\"{tag}\""));
        let served = Served { content: content.to_vec(), tag, manners: VecDeque::new() };
        self.shelf.lock().unwrap().files.insert(format!("/{name}"), served);
    }

    /// Answers the next requests for a file like this.
    pub fn behave(&self, name: &str, manners: &[Manner]) {
        self.shelf.lock().unwrap().files.get_mut(&format!("/{name}")).unwrap().manners.extend(manners);
    }

    /// What was asked for since this was last asked.
    pub fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut self.shelf.lock().unwrap().requests)
    }

    /// The ranges in [`Self::requests`].
    pub fn ranges(&self) -> Vec<Option<String>> {
        self.requests().into_iter().map(|request| request.range).collect()
    }
}

fn answer(stream: &TcpStream, shelf: &Mutex<Shelf>) -> std::io::Result<()> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    let header = |name: &str| {
        let lines = lines.iter().filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned()).next()
    };
    let path = lines[0].split(' ').nth(1).unwrap().to_owned();
    let request = Request { path: path.clone(), range: header("range"), if_range: header("if-range") };
    let response = {
        let mut shelf = shelf.lock().unwrap();
        shelf.requests.push(request.clone());
        shelf.files.get_mut(&path).map_or_else(|| status(404), |served| served.answer(&request))
    };
    (&*stream).write_all(&response)
}

impl Served {
    fn answer(&mut self, request: &Request) -> Vec<u8> {
        let manner = self.manners.pop_front();
        let length = self.content.len();
        let same =
            request.if_range == self.tag || matches!(manner, Some(Manner::AnyVersion | Manner::OtherPart));
        let from: Option<usize> = request.range.as_ref().filter(|_| same).map(|range| {
            range.strip_prefix("bytes=").and_then(|range| range.strip_suffix('-')).unwrap().parse().unwrap()
        });
        let tag = self.tag.as_ref().map_or(String::new(), |tag| format!("ETag: {tag}\r\n"));
        let (head, body) = match (manner, from) {
            (Some(Manner::Status(code)), _) => return status(code),
            (Some(Manner::NoLength), _) => (String::from("200 OK\r\n"), &self.content[..]),
            (Some(Manner::OtherPart), Some(_)) => (
                format!(
                    "206 Partial Content\r\nContent-Range: bytes 1-{}/{length}\r\nContent-Length: {}\r\n",
                    length - 1,
                    length - 1
                ),
                &self.content[1..],
            ),
            (Some(Manner::Whole), _) | (_, None) => {
                (format!("200 OK\r\nContent-Length: {length}\r\n"), &self.content[..])
            }
            (_, Some(from)) if from >= length => (
                format!(
                    "416 Range Not Satisfiable\r\nContent-Range: bytes */{length}\r\nContent-Length: 0\r\n"
                ),
                &[][..],
            ),
            (_, Some(from)) => (
                format!(
                    "206 Partial Content\r\nContent-Range: bytes {from}-{}/{length}\r\nContent-Length: {}\r\n",
                    length - 1,
                    length - from
                ),
                &self.content[from..],
            ),
        };
        let body = match manner {
            Some(Manner::Cut(after)) => &body[..after],
            _ => body,
        };
        [format!("HTTP/1.1 {head}{tag}Connection: close\r\n\r\n").as_bytes(), body].concat()
    }
}

fn status(code: u16) -> Vec<u8> {
    format!("HTTP/1.1 {code} So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
}
