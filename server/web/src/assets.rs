//! Style, script and pictures that ship in the binary: gzipped once at start, named by their content, kept by browsers
//! for ever.

use crate::error::WebError;
use crate::guard::Anyone;
use crate::guard::Guarded;
use crate::translator::Direction;
use crate::views::Sheets;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::io::Write;
use std::sync::OnceLock;

/// One file that is served.
struct Asset {
    address: String,
    media_type: &'static str,
    plain: Vec<u8>,
    gzip: Vec<u8>,
}

/// One style sheet in both directions of writing.
struct SheetAssets {
    ltr: Asset,
    rtl: Asset,
}

impl SheetAssets {
    fn of(stem: &str, css: &str) -> Self {
        let asset = |stem: &str, direction| {
            let turned = crate::stylesheet::for_direction(css, direction);
            asset(stem, "css", "text/css; charset=utf-8", turned.into_bytes())
        };
        Self { ltr: asset(stem, Direction::Ltr), rtl: asset(&format!("{stem}-rtl"), Direction::Rtl) }
    }

    fn address(&self, direction: Direction) -> String {
        match direction {
            Direction::Ltr => self.ltr.address.clone(),
            Direction::Rtl => self.rtl.address.clone(),
        }
    }
}

/// All of them; computed once from what is compiled in, so it is the same for every server in the process.
struct Assets {
    sheets: [SheetAssets; 3],
    script: Asset,
    icon: Asset,
}

fn asset(stem: &str, ending: &str, media_type: &'static str, bytes: Vec<u8>) -> Asset {
    let hash: [u8; 32] = Sha256::digest(&bytes).into();
    let tag: String = hash[..4].iter().map(|b| format!("{b:02x}")).collect();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail; were it to, the plain bytes are served.
    let gzip = encoder.write_all(&bytes).and_then(|()| encoder.finish()).unwrap_or_default();
    Asset { address: format!("/static/{stem}.{tag}.{ending}"), media_type, plain: bytes, gzip }
}

fn all() -> &'static Assets {
    static ALL: OnceLock<Assets> = OnceLock::new();
    ALL.get_or_init(|| Assets {
        sheets: [
            SheetAssets::of("chalkbox", include_str!("../static/chalkbox.css")),
            SheetAssets::of("learn", include_str!("../static/learn.css")),
            SheetAssets::of("teach", include_str!("../static/teach.css")),
        ],
        script: asset(
            "chalkbox",
            "js",
            "text/javascript; charset=utf-8",
            include_bytes!("../static/chalkbox.js").to_vec(),
        ),
        icon: asset("icon", "svg", "image/svg+xml", include_bytes!("../static/icon.svg").to_vec()),
    })
}

/// Addresses of the style sheets for a direction of writing.
pub fn sheets(direction: Direction) -> Sheets {
    let [every, learn, teach] = &all().sheets;
    Sheets { every: every.address(direction), learn: learn.address(direction), teach: teach.address(direction) }
}

/// Address of the script.
pub fn script() -> String {
    all().script.address.clone()
}

fn answer(asset: &Asset, request: &HttpRequest, forever: bool) -> HttpResponse {
    let gzip = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.contains("gzip"));
    let mut response = HttpResponse::Ok();
    response.content_type(asset.media_type).insert_header((header::VARY, "Accept-Encoding"));
    response.insert_header((
        header::CACHE_CONTROL,
        if forever { "public, max-age=31536000, immutable" } else { "public, max-age=86400" },
    ));
    if gzip && !asset.gzip.is_empty() {
        return response.insert_header((header::CONTENT_ENCODING, "gzip")).body(asset.gzip.clone());
    }
    response.insert_header((header::CONTENT_ENCODING, "identity")).body(asset.plain.clone())
}

/// Serves style and script.
pub async fn serve(request: HttpRequest) -> Result<HttpResponse, WebError> {
    let path = request.path();
    let assets = all();
    let sheets = assets.sheets.iter().flat_map(|sheet| [&sheet.ltr, &sheet.rtl]);
    let found = sheets.chain([&assets.script, &assets.icon]).find(|a| a.address == path);
    if path == "/static/icon.svg" {
        return Ok(answer(&assets.icon, &request, false));
    }
    found.map(|a| answer(a, &request, true)).ok_or(WebError::NotFound { what: "file" })
}

/// Serves the icon where browsers look for it unasked.
pub async fn icon(request: HttpRequest) -> HttpResponse {
    answer(&all().icon, &request, false)
}

/// Serves a picture or sound of a tool's pack.
pub async fn of_plugin(door: Guarded<Anyone>, path: web::Path<(String, String)>) -> Result<HttpResponse, WebError> {
    let (hash, name) = path.into_inner();
    let hash = hash.parse().map_err(|_| WebError::NotFound { what: "file" })?;
    let asset = door.run(move |c, _| c.plugins().asset(hash, &name).ok_or(WebError::NotFound { what: "file" })).await?;
    Ok(media(asset.bytes, asset.media_type))
}

/// Serves a picture, sound or film of the content.
pub async fn of_content(
    door: Guarded<Anyone>,
    path: web::Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (_, name) = path.into_inner();
    let library = door.chalkbox().library();
    let (bytes, media_type) = library.media(&name).ok_or(WebError::NotFound { what: "file" })?;
    Ok(ranged(bytes, media_type, &request))
}

fn media(bytes: Vec<u8>, media_type: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(bytes)
}

/// One range of a file, so that old players can seek in a film; anything else gets the whole.
fn ranged(bytes: &[u8], media_type: &'static str, request: &HttpRequest) -> HttpResponse {
    let range =
        request.headers().get(header::RANGE).and_then(|v| v.to_str().ok()).and_then(|v| range_of(v, bytes.len()));
    match range {
        Some((from, to)) => {
            let mut response = media(bytes[from..=to].to_vec(), media_type);
            *response.status_mut() = actix_web::http::StatusCode::PARTIAL_CONTENT;
            if let Ok(value) = header::HeaderValue::from_str(&format!("bytes {from}-{to}/{}", bytes.len())) {
                response.headers_mut().insert(header::CONTENT_RANGE, value);
            }
            response
        }
        None => {
            let mut response = media(bytes.to_vec(), media_type);
            response.headers_mut().insert(header::ACCEPT_RANGES, header::HeaderValue::from_static("bytes"));
            response
        }
    }
}

fn range_of(text: &str, length: usize) -> Option<(usize, usize)> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from.is_empty(), to.is_empty()) {
        (true, false) => (length.saturating_sub(to.parse().ok()?), last),
        (false, true) => (from.parse().ok()?, last),
        (false, false) => (from.parse().ok()?, to.parse::<usize>().ok()?.min(last)),
        (true, true) => return None,
    };
    (from <= to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_cut_to_the_file() {
        for (text, expect) in [
            ("bytes=0-9", Some((0, 9))),
            ("bytes=90-", Some((90, 99))),
            ("bytes=-10", Some((90, 99))),
            ("bytes=50-400", Some((50, 99))),
            ("bytes=200-300", None),
            ("bytes=9-2", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(range_of(text, 100), expect, "{text}");
        }
        assert_eq!(range_of("bytes=0-1", 0), None);
    }

    #[test]
    fn style_and_script_stay_small() {
        let [every, learn, teach] = &all().sheets;
        let travels = [&every.ltr, &learn.ltr, &teach.ltr, &all().script].map(|asset| asset.gzip.len());
        println!(
            "bytes gzip: every page {}, learning {}, teaching {}, script {}",
            travels[0], travels[1], travels[2], travels[3]
        );
        for (bytes, most) in travels.into_iter().zip([4_500, 5_000, 3_000, 7_000]) {
            assert!(bytes <= most, "{travels:?}");
        }
    }

    /// What Chromium 64 lacks, as a part of the text; the browser tests run the script in it as well.
    #[test]
    fn the_script_is_es2018_and_asks_for_nothing_newer() {
        let script = include_str!("../static/chalkbox.js");
        for newer in [
            "?.",
            "??",
            "catch {",
            "||=",
            "&&=",
            ".flat(",
            ".flatMap(",
            ".at(",
            "replaceAll(",
            "replaceChildren(",
            "fromEntries",
            "allSettled",
            "AbortController",
            "toggleAttribute",
            "matchAll(",
            "randomUUID",
            "globalThis",
            "queueMicrotask",
            "ResizeObserver",
            "static {",
            "import(",
            "eval(",
            "new Function",
            "innerHTML = ",
            "structuredClone",
            "crypto.subtle",
            "serviceWorker",
            "http:",
            "https:",
        ] {
            assert!(!script.contains(newer), "{newer} in the script");
        }
    }

    #[test]
    fn the_style_sheets_are_laid_out_by_chromium_64() {
        let without_head = |css: &'static str| css.split_once("*/").map_or(css, |(_, rest)| rest);
        let css = [
            include_str!("../static/chalkbox.css"),
            include_str!("../static/learn.css"),
            include_str!("../static/teach.css"),
        ]
        .map(without_head)
        .concat();
        for newer in [
            "inset:",
            "inset-",
            "clamp(",
            ":is(",
            ":where(",
            ":has(",
            "aspect-ratio",
            "margin-inline",
            "padding-inline",
            "border-inline",
            "inline-start",
            "inline-end",
            "@layer",
            ":min(",
            ":max(",
            "place-items",
            "url(",
            "@import",
            "row-gap",
            "column-gap",
        ] {
            assert!(!css.contains(newer), "{newer} in the style sheet");
        }
        for rule in css.split('}') {
            let (selector, body) = rule.rsplit_once('{').unwrap_or((rule, ""));
            if body.contains(";gap:") || body.starts_with("gap:") {
                assert!(body.contains("grid-gap:"), "a gap without its old name: {selector}");
            }
        }
    }
}
