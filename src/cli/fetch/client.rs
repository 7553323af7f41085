use std::io::Read;
use std::time::Duration;

use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::typestate::WithoutBody;
use ureq::{Agent, Body, Error, RequestBuilder};

use super::part::Origin;

/// A server that says nothing for so long is taken to be gone.
const SILENCE: Duration = Duration::from_secs(60);
/// Bytes of the longest text that is read at once.
const LONGEST_TEXT: u64 = 1 << 12;

/// Asks servers, through the proxies that the environment names.
pub struct Client(Agent);

/// What a server sends.
pub enum Answer {
    /// The file from its start.
    Whole { origin: Origin, body: Box<dyn Read> },
    /// The file from a place on.
    Rest { from: u64, origin: Origin, body: Box<dyn Read> },
    /// That the file ends where its rest would begin, or before.
    NoRest { total: Option<u64> },
}

/// Why there is no answer, and whether there may be one later.
pub struct Refusal {
    pub reason: String,
    pub passing: bool,
}

impl Client {
    pub fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .user_agent(concat!("fusebox/", env!("CARGO_PKG_VERSION")))
            // The bytes as they lie there, so that places in them mean the same every time.
            .accept_encoding("identity")
            .timeout_connect(Some(SILENCE))
            .timeout_recv_response(Some(SILENCE))
            .timeout_per_read(Some(SILENCE));
        Self(config.build().new_agent())
    }

    /// Asks for a file: all of it, or the rest from a place on if it is still the version of this mark.
    pub fn get(&self, url: &str, rest: Option<(u64, &str)>) -> Result<Answer, Refusal> {
        let mut request = self.request(url);
        if let Some((from, validator)) = rest {
            request =
                request.header(header::RANGE, format!("bytes={from}-")).header(header::IF_RANGE, validator);
        }
        let response = request.call().map_err(|error| Refusal::of(&error))?;
        let range = ContentRange::of(response.headers());
        let origin = |total| Origin { url: url.into(), validator: validator(response.headers()), total };
        match (response.status(), rest) {
            (StatusCode::OK, _) => {
                let origin = origin(response.body().content_length());
                Ok(Answer::Whole { origin, body: reader(response) })
            }
            (StatusCode::PARTIAL_CONTENT, Some(_)) => {
                let from = range
                    .from
                    .ok_or_else(|| Refusal::lasting("the server does not say which part it sends"))?;
                let origin = origin(range.total);
                Ok(Answer::Rest { from, origin, body: reader(response) })
            }
            (StatusCode::RANGE_NOT_SATISFIABLE, Some(_)) => Ok(Answer::NoRest { total: range.total }),
            (status, _) => Err(Refusal::of_status(status)),
        }
    }

    /// What is asked for safely is not answered by a way that is not.
    fn request(&self, url: &str) -> RequestBuilder<WithoutBody> {
        self.0.get(url).config().https_only(url.starts_with("https://")).build()
    }

    /// A short text.
    pub fn text(&self, url: &str) -> Result<String, Refusal> {
        let mut response = self.request(url).call().map_err(|error| Refusal::of(&error))?;
        match response.status() {
            StatusCode::OK => {
                let body = response.body_mut().with_config().limit(LONGEST_TEXT).lossy_utf8(true);
                body.read_to_string().map_err(|error| Refusal::of(&error))
            }
            status => Err(Refusal::of_status(status)),
        }
    }
}

impl Refusal {
    fn of(error: &Error) -> Self {
        let passing = matches!(
            error,
            Error::Io(_)
                | Error::Timeout(_)
                | Error::ConnectionFailed
                | Error::HostNotFound
                | Error::Protocol(_)
        );
        Self { reason: error.to_string(), passing }
    }

    fn of_status(status: StatusCode) -> Self {
        let busy = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status);
        Self { reason: format!("the server answers {status}"), passing: busy || status.is_server_error() }
    }

    fn lasting(reason: &str) -> Self {
        Self { reason: reason.into(), passing: false }
    }
}

fn reader(response: Response<Body>) -> Box<dyn Read> {
    Box::new(response.into_body().into_reader())
}

/// The mark of a file's version, if it is one that vouches for every byte.
fn validator(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let strong = text(header::ETAG).filter(|tag| !tag.starts_with("W/"));
    strong.or_else(|| text(header::LAST_MODIFIED))
}

/// `bytes FROM-TO/TOTAL`, of which servers may leave the numbers out.
#[derive(Default)]
struct ContentRange {
    from: Option<u64>,
    total: Option<u64>,
}

impl ContentRange {
    fn of(headers: &HeaderMap) -> Self {
        let text = headers.get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
        let Some((range, total)) = text.and_then(|text| text.strip_prefix("bytes ")?.split_once('/')) else {
            return Self::default();
        };
        let from = range.split_once('-').and_then(|(from, _)| from.parse().ok());
        Self { from, total: total.parse().ok() }
    }
}
