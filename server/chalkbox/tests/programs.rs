//! A program's token from the page that makes it to the request that is refused.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Answer, Client, TestBox};

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");

/// The value of the first field of that name on a page.
fn field(page: &Answer, before: &str) -> String {
    let rest = page.text.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", page.text)).1;
    rest.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
}

fn form(client: &Client, path: &str, fields: &[(&str, &str)]) -> Answer {
    let token = field(&client.get("/admin/programs"), "name=\"token\"");
    let body: String = fields.iter().map(|(name, value)| format!("&{name}={value}")).collect();
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html")];
    client.call("POST", path, &headers, format!("token={token}{body}").as_bytes()).unwrap()
}

fn as_program(the_box: &TestBox, token: &str, path: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    Client::new(the_box).call("GET", path, &[("Authorization", &bearer)], b"").unwrap().status
}

#[test]
fn a_token_is_made_once_used_kept_over_a_cut_and_ended() {
    let mut the_box = TestBox::demo(PROGRAM);
    let technologist = Client::staff(&the_box, "technologist");
    for wrong in ["", "%20%20", &"x".repeat(41)] {
        let page = form(&technologist, "/admin/programs", &[("name", wrong)]);
        assert!(page.text.contains("role=\"alert\""), "“{wrong}” is refused on the page");
    }
    let made = form(&technologist, "/admin/programs", &[("name", "Reports")]);
    assert_eq!(made.status, 200, "{}", made.text);
    let token = field(&made, "class=\"in n\"");
    assert_eq!(as_program(&the_box, &token, "/api/v1/plugins"), 200);
    assert_eq!(as_program(&the_box, &token[1..], "/api/v1/plugins"), 401);
    assert!(!technologist.get("/admin/programs").text.contains(&token), "shown once");
    let again = form(&technologist, "/admin/programs", &[("name", "Reports")]);
    assert!(
        again.text.contains("role=\"alert\"") && !again.text.contains("readonly"),
        "two alike cannot be told apart"
    );

    the_box.kill();
    the_box.start();
    assert_eq!(as_program(&the_box, &token, "/api/v1/plugins"), 200, "a 2xx means that it is on the disk");

    let technologist = Client::staff(&the_box, "technologist");
    let page = technologist.get("/admin/programs");
    let end = page.text.split("action=\"").find(|a| a.starts_with("/admin/programs/")).unwrap();
    let end = end.split('"').next().unwrap();
    assert_eq!(form(&technologist, end, &[]).status, 303);
    assert_eq!(form(&technologist, end, &[]).status, 404, "ended before");
    assert_eq!(as_program(&the_box, &token, "/api/v1/plugins"), 401);
}

#[test]
fn only_a_technologist_makes_tokens_and_no_foreign_form_does() {
    let the_box = TestBox::demo(PROGRAM);
    for role in ["teacher", "leader"] {
        assert_eq!(Client::staff(&the_box, role).get("/admin/programs").status, 403, "{role}");
    }
    assert_eq!(Client::new(&the_box).get("/admin/programs").status, 401);
    let technologist = Client::staff(&the_box, "technologist");
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = b"token=0123&name=x";
    assert_eq!(technologist.call("POST", "/admin/programs", &headers, body).unwrap().status, 403);
}
