//! A program that calls the box, signed in as one person or as nobody.

use crate::TestBox;
use serde_json::{Value, json};
use std::time::Duration;
use ureq::http::{Method, Request};
use ureq::{Agent, Body};

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Media type.
    pub media_type: String,
    /// Seconds to wait, where the box names them.
    pub retry_after: Option<u64>,
    /// The whole body.
    pub text: String,
    cookie: Option<String>,
}

impl Answer {
    /// The session's token that came with it, for somebody who was signed in.
    pub fn session(&self) -> Option<String> {
        self.cookie.clone()
    }

    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// A caller with a cookie jar for one cookie.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    /// The session's token.
    pub session: Option<String>,
}

impl Client {
    /// Nobody yet.
    pub fn new(of: &TestBox) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .new_agent();
        Self { agent, base: format!("http://127.0.0.1:{}", of.port()), session: None }
    }

    /// The n-th learner of the demo school, signed in.
    pub fn learner(of: &TestBox, n: usize) -> Self {
        let who = of.sign_ins()["learners"][n].clone();
        let mut client = Self::new(of);
        client.sign_in(&json!({"learner": who["id"], "pictures": who["pictures"]}));
        client
    }

    /// Somebody of the staff with a role, signed in.
    pub fn staff(of: &TestBox, role: &str) -> Self {
        let list = of.sign_ins();
        let who = list["staff"].as_array().into_iter().flatten().find(|s| s["role"] == role).expect("one of each role");
        let mut client = Self::new(of);
        client.sign_in(&json!({"username": who["username"], "password": who["password"]}));
        client
    }

    fn sign_in(&mut self, body: &Value) {
        let answer = self.post("/api/v1/session", body);
        assert_eq!(answer.status, 200, "{}", answer.text);
        self.session = answer.cookie;
        assert!(self.session.is_some(), "a cookie comes with the sign-in");
    }

    /// GET.
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], b"").expect("an answer")
    }

    /// POST of JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, &[], body.to_string().as_bytes()).expect("an answer")
    }

    /// Any call; an error is a connection that broke.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<Answer, ureq::Error> {
        let mut request =
            Request::builder().method(method.parse::<Method>().expect("a method")).uri(format!("{}{path}", self.base));
        // Two of them would be one too many: the box would read a form as JSON.
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("Content-Type", "application/json");
        }
        if let Some(session) = &self.session {
            request = request.header("Cookie", format!("chalkbox_session={session}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = if method == "GET" || method == "DELETE" {
            self.agent.run(request.body(()).expect("a request"))?
        } else {
            self.agent.run(request.body(body).expect("a request"))?
        };
        read(response)
    }

    /// Asks for an item of a skill.
    pub fn ask(&self, skill: &str) -> Value {
        let answer = self.post("/api/v1/me/items", &json!({"skill": skill}));
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Answers an item under a key; an error is a connection that broke.
    pub fn respond(&self, item: &str, key: &str, response: &Value) -> Result<Answer, ureq::Error> {
        let body = json!({"response": response, "elapsed_ms": 6000}).to_string();
        let path = format!("/api/v1/me/items/{item}/response");
        self.call("POST", &path, &[("Idempotency-Key", key)], body.as_bytes())
    }
}

fn read(mut response: ureq::http::Response<Body>) -> Result<Answer, ureq::Error> {
    let header = |name: &str| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let cookie = header("set-cookie")
        .and_then(|c| Some(c.strip_prefix("chalkbox_session=")?.split(';').next()?.to_owned()))
        .filter(|token| !token.is_empty());
    Ok(Answer {
        status: response.status().as_u16(),
        media_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after").and_then(|s| s.parse().ok()),
        cookie,
        text: response.body_mut().read_to_string()?,
    })
}
