//! Reads a form or a JSON body with a limit of size and of time, and says what is wrong with it field by field.

use crate::error::WebError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

/// Bytes of a body at most.
pub const MOST: usize = 64 * 1024;
/// Seconds in which a body must have arrived.
pub const PATIENCE_SECONDS: u64 = 20;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = WebError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, WebError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let mut payload = payload.take();
        Box::pin(async move {
            let bytes = read(&request, &mut payload).await?;
            parse(&bytes).map(Body)
        })
    }
}

/// A posted form, with the same patience as a JSON body. Its limit of size is the server's for forms.
pub struct Form<T>(T);

impl<T> Form<T> {
    /// What was posted.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> std::ops::Deref for Form<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<T>::from_request(request, payload);
        Box::pin(async move {
            match tokio::time::timeout(Duration::from_secs(PATIENCE_SECONDS), form).await {
                Err(_) => Err(WebError::TooSlow { seconds: PATIENCE_SECONDS }.into()),
                Ok(form) => form.map(|form| Self(form.into_inner())),
            }
        })
    }
}

async fn read(request: &HttpRequest, payload: &mut Payload) -> Result<web::Bytes, WebError> {
    let limited = web::Bytes::from_request(request, payload);
    match tokio::time::timeout(Duration::from_secs(PATIENCE_SECONDS), limited).await {
        Err(_) => Err(WebError::TooSlow { seconds: PATIENCE_SECONDS }),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(e)) if e.as_response_error().status_code() == actix_web::http::StatusCode::PAYLOAD_TOO_LARGE => {
            Err(WebError::TooLarge { limit: MOST })
        }
        Ok(Err(e)) => Err(WebError::NotJson(e.to_string())),
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, WebError> {
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|e| WebError::NotJson(e.to_string()))?;
    serde_path_to_error::deserialize(value).map_err(|e| {
        let field = e.path().to_string();
        WebError::Wrong {
            field: if field == "." { "body".to_owned() } else { field },
            message: e.into_inner().to_string(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Inner {
        #[allow(dead_code)]
        level: u8,
    }

    #[test]
    fn what_is_not_json_and_what_is_wrong_json_are_told_apart() {
        assert!(matches!(parse::<Inner>(b"{"), Err(WebError::NotJson(_))));
        assert!(matches!(parse::<Inner>(b""), Err(WebError::NotJson(_))));
        assert!(matches!(parse::<Inner>(b"\xff\xfe"), Err(WebError::NotJson(_))));
        match parse::<Inner>(br#"{"level":"high"}"#) {
            Err(WebError::Wrong { field, .. }) => assert_eq!(field, "level"),
            other => panic!("{other:?}"),
        }
        assert!(matches!(parse::<Inner>(br#"{"level":300}"#), Err(WebError::Wrong { .. })));
        assert!(matches!(parse::<Inner>(b"[]"), Err(WebError::Wrong { .. })));
        assert!(parse::<Inner>(br#"{"level":3}"#).is_ok());
    }
}
