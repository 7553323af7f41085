//! A static file server for this machine only.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::thread;

use anyhow::{Context, Result, anyhow};
use percent_encoding::percent_decode_str;
use tiny_http::{Header, Method, Request, Response, Server};

/// A folder that is served below an address.
pub struct Mount {
    /// Begins and ends with a slash.
    pub address: &'static str,
    pub folder: PathBuf,
}

/// Takes a port of 127.0.0.1, so that nothing is reachable from outside.
pub fn listen(port: u16) -> Result<TcpListener> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "port {port} is busy: end the program that uses it, or choose another port, for example `--port {}`",
            port.checked_add(1).unwrap_or(8080)
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow!("port {port} is reserved by the system: choose one above 1023, for example `--port 8080`")
        }
        _ => anyhow!(error).context(format!("cannot listen on port {port}")),
    })
}

/// Answers requests until the process ends.
pub fn serve(listener: TcpListener, mounts: &[Mount]) -> Result<()> {
    /// A browser opens six connections to one host; a slow download must not hold up the rest.
    const ANSWERING: usize = 6;
    let server =
        Server::from_listener(listener, None).map_err(|error| anyhow!(error)).context("cannot serve")?;
    thread::scope(|scope| {
        for _ in 0..ANSWERING {
            scope.spawn(|| {
                for request in server.incoming_requests() {
                    answer(request, mounts);
                }
            });
        }
    });
    Ok(())
}

fn answer(request: Request, mounts: &[Mount]) {
    // An error here says that the reader has gone away in the middle of an answer.
    let _ = match request.method() {
        Method::Get | Method::Head => match find(mounts, request.url()).and_then(|file| open(&file).ok()) {
            Some(response) => request.respond(response),
            None => request.respond(Response::from_string("not found\n").with_status_code(404)),
        },
        _ => request.respond(Response::from_string("only GET and HEAD\n").with_status_code(405)),
    };
}

/// The file that an address names, if there is one. Nothing outside the mounts is ever named.
fn find(mounts: &[Mount], url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let mount = mounts
        .iter()
        .filter(|mount| path.starts_with(mount.address))
        .max_by_key(|mount| mount.address.len())?;
    let inside = path.get(mount.address.len()..)?;
    // A backslash or a colon would begin a new path on Windows.
    if inside.split('/').any(|part| part.starts_with('.') || part.contains(['\\', ':', '\0'])) {
        return None;
    }
    let folder = mount.folder.canonicalize().ok()?;
    let mut file = folder.join(inside.trim_start_matches('/')).canonicalize().ok()?;
    if file.is_dir() {
        file.push("index.html");
        file = file.canonicalize().ok()?;
    }
    // A symbolic link may lead anywhere.
    (file.starts_with(&folder) && file.is_file()).then_some(file)
}

fn open(file: &std::path::Path) -> io::Result<Response<File>> {
    let mut kind = mime_guess::from_path(file).first_or_octet_stream().to_string();
    if kind.starts_with("text/") || kind == "application/json" {
        kind.push_str("; charset=utf-8");
    }
    let headers = [
        ("Content-Type", kind.as_str()),
        // A rebuilt file must be seen at the next reload.
        ("Cache-Control", "no-cache"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    // With a length instead of chunks the page can show how far a download is.
    let mut response = Response::from_file(File::open(file)?).with_chunked_threshold(usize::MAX);
    for (name, value) in headers {
        response.add_header(Header::from_bytes(name, value).map_err(|()| io::ErrorKind::InvalidData)?);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;

    /// A page, a package and a file that nobody may read.
    fn house() -> (tempfile::TempDir, Vec<Mount>) {
        let root = tempfile::tempdir().unwrap();
        for (file, contents) in [
            ("page/index.html", "<h1>page</h1>"),
            ("page/assets/main.js", "1"),
            ("page/.vite/manifest.json", "{}"),
            ("pkg/fusebox_cpu_bg.wasm", "\0asm"),
            ("secret.txt", "secret"),
        ] {
            let file = root.path().join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, contents).unwrap();
        }
        let mounts = vec![
            Mount { address: "/", folder: root.path().join("page") },
            Mount { address: "/pkg/", folder: root.path().join("pkg") },
        ];
        (root, mounts)
    }

    #[test]
    fn addresses_name_files_of_the_longest_mount() {
        let (_root, mounts) = house();
        let name = |url: &str| {
            find(&mounts, url).map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        };
        assert_eq!(name("/").as_deref(), Some("index.html"));
        assert_eq!(name("/?lesson=1").as_deref(), Some("index.html"));
        assert_eq!(name("/assets/main.js").as_deref(), Some("main.js"));
        assert_eq!(name("/pkg/fusebox%5Fcpu_bg.wasm?v=2").as_deref(), Some("fusebox_cpu_bg.wasm"));
        assert_eq!(name("/pkg/missing.js"), None);
        assert_eq!(name("/pkg/"), None, "a folder without a page");
        assert_eq!(name("/assets"), None);
    }

    #[test]
    fn nothing_outside_a_mount_is_found() {
        let (root, mounts) = house();
        for url in [
            "/../secret.txt",
            "/pkg/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/..%5csecret.txt",
            "/assets/..%2f..%2fsecret.txt",
            "//etc/passwd",
            "/pkg//etc/passwd",
            "/C:/secret.txt",
            "/.vite/manifest.json",
            "/%00",
            "/%ff",
            "secret.txt",
            "",
        ] {
            assert_eq!(find(&mounts, url), None, "{url}");
        }
        let absolute = root.path().join("secret.txt");
        assert_eq!(find(&mounts, &format!("/{}", absolute.display())), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_outside_is_not_followed() {
        let (root, mounts) = house();
        std::os::unix::fs::symlink(root.path().join("secret.txt"), root.path().join("page/link.txt"))
            .unwrap();
        assert_eq!(find(&mounts, "/link.txt"), None);
    }

    #[test]
    fn answers_carry_type_length_and_no_cache() {
        let (root, mounts) = house();
        let listener = listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        // The server runs until the process ends, as it does in `serve`.
        thread::spawn(move || serve(listener, &mounts));
        let ask = |method: &str, url: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "{method} {url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).unwrap();
            String::from_utf8_lossy(&answer).to_lowercase()
        };

        let wasm = ask("GET", "/pkg/fusebox_cpu_bg.wasm");
        assert!(wasm.starts_with("http/1.1 200"), "{wasm}");
        assert!(wasm.contains("content-type: application/wasm\r\n"), "{wasm}");
        assert!(wasm.contains("content-length: 4\r\n"), "{wasm}");
        assert!(wasm.contains("cache-control: no-cache\r\n"), "{wasm}");
        assert!(ask("GET", "/assets/main.js").contains("content-type: text/javascript"));
        let head = ask("HEAD", "/");
        assert!(head.contains("content-type: text/html") && !head.contains("<h1>"), "{head}");
        assert!(ask("GET", "/missing").starts_with("http/1.1 404"));
        assert!(ask("POST", "/").starts_with("http/1.1 405"));
        drop(root);
    }

    #[test]
    fn a_busy_port_is_named_with_a_way_out() {
        let taken = listen(0).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(port).unwrap_err().to_string();
        assert!(error.contains(&format!("port {port} is busy")) && error.contains("--port"), "{error}");
    }
}
