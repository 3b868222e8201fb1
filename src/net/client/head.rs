//! What the head of a response says.

use super::headers;
use crate::model::Address;
use crate::net::{FetchError, Redirect, Response, Status, Validators};
use ureq::Body;
use ureq::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, ETAG, LAST_MODIFIED,
    LOCATION, RETRY_AFTER, TRANSFER_ENCODING,
};
use ureq::http::{self, StatusCode};
use url::Url;

/// What the head of a response says.
pub(super) fn describe(
    status: Status,
    address: Address,
    redirects: Vec<Redirect>,
    head: &http::HeaderMap,
) -> Response {
    let text = |name| headers::text(head, name);
    let (etag, made) = (text(ETAG), text(DATE));
    let last_modified =
        text(LAST_MODIFIED).filter(|time| headers::is_settled(time, made.as_deref()));
    let is_validated = etag.is_some() || last_modified.is_some();
    Response {
        status,
        redirects,
        validators: is_validated.then(|| Validators {
            address: address.clone(),
            etag,
            last_modified,
        }),
        content_type: text(CONTENT_TYPE),
        retry_after: text(RETRY_AFTER).and_then(|value| headers::retry_after(&value)),
        max_age: text(CACHE_CONTROL).and_then(|value| headers::max_age(&value)),
        is_delimited: head.contains_key(CONTENT_LENGTH) || head.contains_key(TRANSFER_ENCODING),
        address,
    }
}

/// Whether a response is packed as the request allowed (RFC 9110, section 8.4.1.3).
pub(super) fn is_gzip(head: &http::HeaderMap) -> bool {
    let coding = headers::text(head, CONTENT_ENCODING).unwrap_or_default();
    ["gzip", "x-gzip"]
        .iter()
        .any(|name| coding.trim().eq_ignore_ascii_case(name))
}

/// Whether a response is packed in a way that no request allowed, as servers send it that don't look.
pub(super) fn is_packed_otherwise(head: &http::HeaderMap) -> bool {
    let coding = headers::text(head, CONTENT_ENCODING).unwrap_or_default();
    ["br", "zstd", "deflate", "compress"]
        .iter()
        .any(|name| coding.trim().eq_ignore_ascii_case(name))
}

pub(super) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads. A step from `https` down to `http` is not taken.
pub(super) fn target(url: &Url, response: &http::Response<Body>) -> Result<Url, FetchError> {
    let nowhere = || FetchError::malformed("it redirects to nowhere");
    // Some servers write international characters as they are.
    let location = response.headers().get(LOCATION).ok_or_else(nowhere)?;
    let location = String::from_utf8_lossy(location.as_bytes());
    if location.trim().is_empty() {
        return Err(nowhere());
    }
    let next = url.join(location.trim()).map_err(|_| nowhere())?;
    if url.scheme() == "https" && next.scheme() == "http" {
        return Err(FetchError::refused("it redirects from https to http"));
    }
    Ok(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::FetchErrorKind;

    fn redirect(from: &str, location: &str) -> Result<Url, FetchErrorKind> {
        let response = http::Response::builder()
            .header(LOCATION, location)
            .body(Body::builder().data(Vec::new()))
            .unwrap();
        target(&Url::parse(from).unwrap(), &response).map_err(|error| error.kind)
    }

    #[test]
    fn hostile_45_redirects_from_https_to_http_are_refused() {
        let from = "https://a.example/x";
        assert_eq!(
            redirect(from, "http://a.example/x"),
            Err(FetchErrorKind::Refused)
        );
        assert!(redirect(from, "https://b.example/x").is_ok());
        assert!(redirect(from, "/y").is_ok());
        assert!(redirect("http://a.example/x", "http://b.example/x").is_ok());
    }
}
