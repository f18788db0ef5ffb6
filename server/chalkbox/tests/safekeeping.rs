//! Backups, privacy, waiting answers and the doctor at the running box: who may, what is said, and what is still so after a
//! cut.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Answer, Client, Solver, TestBox};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const SKILL: &str = "numeracy.count.on-to-20";

fn page(client: &Client, path: &str) -> Answer {
    client.call("GET", path, &[("Accept", "text/html")], b"").unwrap()
}

/// Posts a form with the token of a page.
fn post(client: &Client, on: &str, path: &str, fields: &str) -> Answer {
    let page = page(client, on);
    let token = page.text.split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html")];
    client.call("POST", path, &headers, format!("token={token}{fields}").as_bytes()).unwrap()
}

/// Posts a form with a file.
fn post_file(client: &Client, token: &str, file: &[u8]) -> Answer {
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.tar\"\r\n\r\n"
    );
    let body = [head.as_bytes(), file, b"\r\n--edge--\r\n"].concat();
    let headers = [("Content-Type", "multipart/form-data; boundary=edge"), ("Accept", "text/html")];
    client.call("POST", "/admin/backups/upload", &headers, &body).unwrap()
}

/// Waits until no work on backups goes on, and gives the page.
fn settled(client: &Client) -> String {
    let mut text = String::new();
    let done = TestBox::wait(Duration::from_secs(120), || {
        text = page(client, "/admin/backups").text;
        !text.contains("http-equiv=\"refresh\"")
    });
    assert!(done, "{text}");
    text
}

#[test]
fn backups_are_the_technologist_s_and_privacy_the_leader_s_too() {
    let the_box = TestBox::demo(PROGRAM);
    let (teacher, leader) = (Client::staff(&the_box, "teacher"), Client::staff(&the_box, "leader"));
    let technologist = Client::staff(&the_box, "technologist");
    for (path, teacher_may, leader_may) in
        [("/admin/backups", 403, 403), ("/lead/privacy", 403, 200), ("/lead/year", 403, 200)]
    {
        assert_eq!(page(&Client::new(&the_box), path).status, 401, "{path}");
        assert_eq!(page(&Client::learner(&the_box, 0), path).status, 403, "{path}");
        assert_eq!(page(&teacher, path).status, teacher_may, "{path}");
        assert_eq!(page(&leader, path).status, leader_may, "{path}");
        assert_eq!(page(&technologist, path).status, 200, "{path}");
    }
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    for path in ["download", "stick", "check", "look", "bring", "forget", "key", "stop"] {
        let path = format!("/admin/backups/{path}");
        assert_eq!(technologist.call("POST", &path, &headers, b"token=0123").unwrap().status, 403, "{path}: no token");
        assert_eq!(leader.call("POST", &path, &headers, b"token=0123").unwrap().status, 403, "{path}");
    }
    let no_token = post_file(&technologist, "0123", b"x");
    assert_eq!(no_token.status, 403, "a file without the token of its form is not taken");
    assert!(!the_box.data().join("upload").exists());
}

#[test]
fn what_cannot_be_done_is_said_on_the_page() {
    let the_box = TestBox::demo(PROGRAM);
    let technologist = Client::staff(&the_box, "technologist");
    for (path, fields) in [
        ("/admin/backups/bring", ""),
        ("/admin/backups/stick", "&stick=nowhere"),
        ("/admin/backups/check", "&at=nowhere&drill=0"),
        ("/admin/backups/look", "&at=nowhere"),
    ] {
        let answer = post(&technologist, "/admin/backups", path, fields);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert!(answer.text.contains("role=\"alert\""), "{path}");
    }
    let text = page(&technologist, "/admin/backups").text;
    let token = text.split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap();
    assert_eq!(post_file(&technologist, token, b"this is no backup").status, 303);
    let text = settled(&technologist);
    assert!(text.contains("Nothing was changed"), "{text}");
    assert!(!text.contains("id=\"holds\""), "{text}");
    assert!(!the_box.data().join("upload").exists(), "it goes without being asked");
    assert_eq!(post(&technologist, "/admin/backups", "/admin/backups/forget", "").status, 303);
    assert!(!the_box.data().join("upload").exists());
}

/// Whether some file of a backup has these words in its text.
fn holds(folder: &Path, words: &str) -> bool {
    let list =
        Command::new("sh").arg("-c").arg("find . -name '*.zst' -exec zstd -dcq {} +").current_dir(folder).output();
    let output = list.unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.is_empty(), "zstd is needed, run `cargo xtask setup`: {told}");
    output.stdout.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_leader_closes_the_year_on_a_page() {
    let the_box = TestBox::demo(PROGRAM);
    let leader = Client::staff(&the_box, "leader");
    let refused = post(&leader, "/lead/year", "/lead/year", "&name=");
    assert!(refused.text.contains("role=\"alert\""), "{}", refused.text);
    let closed = post(&leader, "/lead/year", "/lead/year", "&name=2026%2F27&forget=1");
    assert!(closed.status == 200 && closed.text.contains("role=\"status\""), "{}", closed.text);
    let shown = page(&leader, "/lead/year").text;
    assert!(shown.contains("2026/27") && !shown.contains("name=\"forget\""), "{shown}");
}

#[test]
fn a_recovery_key_is_made_once_although_its_form_is_sent_twice() {
    let the_box = TestBox::demo(PROGRAM);
    let technologist = Client::staff(&the_box, "technologist");
    let kept = || std::fs::read_to_string(the_box.data().join("recovery.key")).ok();
    let text = page(&technologist, "/admin/backups").text;
    assert!(text.contains("name=\"mark\" value=\"\""), "there is none yet");
    let first = post(&technologist, "/admin/backups", "/admin/backups/key", "&mark=");
    let key = kept().unwrap();
    assert!(first.status == 200 && first.text.contains(&key), "{}", first.text);
    let second = post(&technologist, "/admin/backups", "/admin/backups/key", "&mark=");
    assert!(second.text.contains("role=\"alert\"") && !second.text.contains("id=\"key\""), "{}", second.text);
    assert_eq!(kept(), Some(key), "the one on the sheet");
}

#[test]
fn an_erased_child_stays_erased_after_a_cut() {
    let mut the_box = TestBox::demo(PROGRAM);
    let child = the_box.sign_ins()["learners"][0]["id"].as_str().unwrap().to_owned();
    let class = the_box.sign_ins()["learners"][0]["class"].as_str().unwrap().to_owned();
    let learner = Client::learner(&the_box, 0);
    let leader = Client::staff(&the_box, "leader");
    let own = format!("/lead/privacy/{child}");
    let shown = page(&leader, &own).text;
    let name = shown.split_once("<h1>").unwrap().1.split('<').next().unwrap().to_owned();

    let export = post(&leader, &own, &format!("{own}/export"), "");
    assert_eq!((export.status, export.media_type.as_str()), (200, "application/x-ndjson"));
    let about: Value = serde_json::from_str(export.text.lines().next().unwrap()).unwrap();
    assert_eq!((about["type"].as_str(), about["display_name"].as_str()), (Some("about"), Some(name.as_str())));
    assert!(export.text.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));

    let card = the_box.data().join("backup");
    std::fs::create_dir_all(&card).unwrap();
    assert!(the_box.command_on_data(&["backup", "create", "--plain", card.to_str().unwrap()]).status.success());
    // Not the name: others have it as a part of theirs.
    let profile = format!("\"profile\":\"{child}\"");
    assert!(holds(&card, &profile));
    let refused = post(&leader, &own, &format!("{own}/erase"), "&name=Nobody");
    assert!(refused.text.contains("role=\"alert\""), "{}", refused.text);
    assert_eq!(learner.get("/api/v1/me").status, 200);
    let erased = post(&leader, &own, &format!("{own}/erase"), &format!("&name={name}"));
    assert!(erased.status == 200 && erased.text.contains("role=\"status\""), "{}", erased.text);
    assert!(erased.text.contains("is being made anew without the child"), "{}", erased.text);
    assert_eq!(learner.get("/api/v1/me").status, 401, "the child is out");
    assert_eq!(page(&leader, &own).status, 404);
    let about = |page: &str| page.contains("still holds a child who was erased");
    let renewed = TestBox::wait(Duration::from_secs(60), || !about(&page(&leader, "/lead/privacy").text));
    assert!(renewed, "the box makes the backup on its card anew by itself");
    let check = the_box.command(&["backup", "verify", card.to_str().unwrap()]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    assert!(!holds(&card, &profile), "the new backup has nothing of the child");

    the_box.kill();
    the_box.start();
    let leader = Client::staff(&the_box, "leader");
    assert_eq!(page(&leader, &own).status, 404);
    let faces = Client::new(&the_box).get(&format!("/api/v1/classes/{class}/learners")).json();
    let faces = faces.as_array().unwrap();
    assert!(!faces.is_empty() && faces.iter().all(|face| face["id"] != child.as_str()), "{faces:?}");
    let technologist = Client::staff(&the_box, "technologist");
    assert!(!technologist.get("/api/v1/export/events").text.contains(&format!("\"profile\":\"{child}\"")));
}

#[test]
fn a_tablet_tells_what_waits_there_and_the_teacher_sees_it_until_it_comes() {
    let the_box = TestBox::demo(PROGRAM);
    let solver = Solver::new(&the_box, PROGRAM);
    let learner = Client::learner(&the_box, 0);
    let teacher = Client::staff(&the_box, "teacher");
    let class = the_box.sign_ins()["learners"][0]["class"].as_str().unwrap().to_owned();
    let today = || page(&teacher, &format!("/teach/{class}")).text;
    let item = learner.ask(SKILL);
    let id = item["item"].as_str().unwrap();
    let nobody = Client::new(&the_box);
    for wrong in [json!({}), json!({"items": "x"}), json!({"items": [7]}), json!({"items": [], "who": 1})] {
        assert_eq!(nobody.post("/learn/waiting", &wrong).status, 422, "{wrong}");
    }
    assert_eq!(nobody.post("/learn/waiting", &json!({"items": ["forged", ""]})).status, 204);
    assert!(!today().contains("answer waits"), "a forged item is nobody's");
    assert_eq!(nobody.post("/learn/waiting", &json!({"items": [id]})).status, 204);
    assert!(today().contains("1 answer waits on"), "{}", today());
    let headers = [("Origin", "http://elsewhere.example")];
    assert_eq!(nobody.call("POST", "/learn/waiting", &headers, b"{\"items\":[]}").unwrap().status, 403);
    assert_eq!(learner.respond(id, "a", &solver.solve(&item)).unwrap().status, 200);
    assert!(!today().contains("answer waits"), "{}", today());
}

#[test]
fn what_did_not_arrive_whole_does_not_stay() {
    let the_box = TestBox::demo(PROGRAM);
    let technologist = Client::staff(&the_box, "technologist");
    let text = page(&technologist, "/admin/backups").text;
    let token = text.split_once("name=\"token\" value=\"").unwrap().1.split('"').next().unwrap();
    // Two files where one is asked for: the first had arrived.
    let part = |name: &str| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\nx\r\n")
    };
    let head = format!("--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n{token}\r\n");
    let body = format!("{head}{}{}--edge--\r\n", part("a.tar"), part("b.tar"));
    let headers = [("Content-Type", "multipart/form-data; boundary=edge"), ("Accept", "text/html")];
    assert_eq!(technologist.call("POST", "/admin/backups/upload", &headers, body.as_bytes()).unwrap().status, 422);
    assert!(!the_box.data().join("upload").exists());
}

#[test]
fn the_command_takes_its_passphrase_from_the_environment_too() {
    let the_box = TestBox::demo(PROGRAM);
    let place = tempfile::tempdir().unwrap();
    let run = |words: &[&str], key: &str| {
        let mut command = Command::new(PROGRAM);
        command.args(words).env("CHALKBOX_PASSPHRASE", key).output().unwrap()
    };
    let (data, file) = (the_box.data().to_str().unwrap(), place.path().join("a.tar"));
    let file = file.to_str().unwrap();
    let made = run(&["backup", "create", "--data", data, file], "correct horse battery");
    let said = String::from_utf8(made.stdout).unwrap();
    assert!(made.status.success() && said.contains(", encrypted, "), "{said}");
    assert!(run(&["backup", "verify", file], "correct horse battery").status.success());
    assert!(!run(&["backup", "verify", file], "another horse battery").status.success());
}

fn doctor(the_box: &TestBox, words: &[&str]) -> (i32, String) {
    let Output { status, stdout, .. } = the_box.command_on_data(&[&["doctor"], words].concat());
    (status.code().unwrap(), String::from_utf8(stdout).unwrap())
}

#[test]
fn the_doctor_finds_a_school_well_beside_its_server_and_says_what_is_wrong() {
    let the_box = TestBox::demo(PROGRAM);
    let (code, text) = doctor(&the_box, &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.lines().count() >= 9, "{text}");
    for line in text.lines() {
        assert!(line.starts_with("ok     ") || line.starts_with("look   "), "{line}");
    }
    assert!(text.contains("ok     plugins: "), "{text}");
    let key = the_box.data().join("item.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let (code, text) = doctor(&the_box, &["--json"]);
    assert_eq!(code, 1, "{text}");
    let found: Vec<Value> = serde_json::from_str(&text).unwrap();
    let wrong: Vec<&Value> = found.iter().filter(|one| one["mark"] == "wrong").collect();
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0]["check"], "item-key");
    for field in ["what", "where", "remedy"] {
        assert!(wrong[0][field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {wrong:?}");
    }
    let nothing = the_box.command(&["doctor", "--data", "/nowhere/at/all"]);
    assert_eq!(nothing.status.code(), Some(2));
}
