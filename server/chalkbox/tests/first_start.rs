//! A new card, a stick with a backup, and a browser: the school is back.

#![allow(clippy::unwrap_used, reason = "tests")]

use chalkbox_testkit::{Answer, Client, TestBox};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chalkbox");
const RESTORE: &str = "/setup/restore";

fn page(client: &Client, path: &str) -> Answer {
    client.call("GET", path, &[("Accept", "text/html")], b"").unwrap()
}

fn post(client: &Client, path: &str, fields: &str) -> Answer {
    let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "text/html")];
    client.call("POST", path, &headers, fields.as_bytes()).unwrap()
}

/// Waits until no work goes on, and gives the page.
fn settled(client: &Client) -> String {
    let mut text = String::new();
    let done = TestBox::wait(Duration::from_secs(180), || {
        text = page(client, RESTORE).text;
        !text.contains("http-equiv=\"refresh\"")
    });
    assert!(done, "{text}");
    text
}

/// The ids of the backups that the page offers, in its order.
fn offered(text: &str) -> Vec<&str> {
    text.split("name=\"at\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

fn back_up(of: &TestBox, media: &TempDir, stick: &str, more: &[&str]) -> PathBuf {
    let folder = media.path().join(stick);
    std::fs::create_dir_all(&folder).unwrap();
    let made = of.command_on_data(&[&["backup", "create"], more, &[folder.to_str().unwrap()]].concat());
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

/// The folder of the only backup on a stick.
fn set_on(stick: &Path) -> PathBuf {
    let sets = std::fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path());
    sets.filter(|path| path.is_dir()).last().unwrap()
}

#[test]
fn an_empty_box_becomes_the_school_that_a_stick_holds() {
    let (from, media) = (TestBox::demo(PROGRAM), tempfile::tempdir().unwrap());
    let folders = format!("[sticks]\nfolders = [{:?}]\n", media.path());
    let mut the_box = TestBox::empty(&from, &folders);
    let client = Client::new(&the_box);
    assert!(page(&client, "/setup/school").text.contains(&format!("href=\"{RESTORE}\"")));
    let text = page(&client, RESTORE).text;
    assert!(text.contains("There is no stick") && text.contains("http-equiv=\"refresh\""), "{text}");

    let secret = media.path().join("secret");
    std::fs::write(&secret, "a long passphrase of ours\n").unwrap();
    back_up(&from, &media, "BLUE", &["--encrypt", "--passphrase-file", secret.to_str().unwrap()]);
    let changed = set_on(&back_up(&from, &media, "RED", &["--plain"])).join("manifest.json");
    let manifest = std::fs::read_to_string(&changed).unwrap();
    std::fs::write(&changed, manifest.replacen("\"version\": 1", "\"version\": 9", 1)).unwrap();
    let text = page(&client, RESTORE).text;
    assert!(text.contains("BLUE") && text.contains("RED") && text.contains("This backup is damaged"), "{text}");
    let at = offered(&text);
    assert_eq!(at.len(), 1, "what cannot be used is not offered: {text}");
    for (key, said) in [("", "Type its recovery key"), ("not+the+passphrase", "this is not its recovery key")] {
        assert_eq!(post(&client, &format!("{RESTORE}/look"), &format!("at={}&passphrase={key}", at[0])).status, 303);
        let text = settled(&client);
        assert!(text.contains(said) && text.contains("Nothing was changed"), "{key}: {text}");
    }
    let foreign = [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", "http://elsewhere.example")];
    assert_eq!(client.call("POST", &format!("{RESTORE}/bring"), &foreign, b"").unwrap().status, 403);

    post(&client, &format!("{RESTORE}/look"), &format!("at={}&passphrase=a+long+passphrase+of+ours", at[0]));
    let text = settled(&client);
    assert!(text.contains("id=\"holds\"") && text.contains("learners in"), "{text}");
    assert_eq!(page(&client, "/setup").status, 200, "nothing was changed yet");
    assert_eq!(post(&client, &format!("{RESTORE}/bring"), "").status, 303);
    let text = settled(&client);
    assert!(text.contains("is back.") && text.contains("href=\"/staff\""), "{text}");

    let enter = |the_box: &TestBox| {
        let (client, sign_ins) = (Client::new(the_box), from.sign_ins());
        let (learner, member) = (&sign_ins["learners"][0], &sign_ins["staff"][0]);
        let child = client.post("/api/v1/session", &json!({"learner": learner["id"], "pictures": learner["pictures"]}));
        assert_eq!(child.status, 200, "picture codes work as before: {}", child.text);
        let staff = json!({"username": member["username"], "password": member["password"]});
        assert_eq!(client.post("/api/v1/session", &staff).status, 200);
    };
    enter(&the_box);
    for path in ["/setup", "/setup/school", "/setup/owner"] {
        assert_eq!(page(&client, path).status, 303, "{path}: it is done");
    }
    the_box.kill();
    the_box.start();
    enter(&the_box);
    let client = Client::new(&the_box);
    assert_eq!(page(&client, RESTORE).status, 303, "nobody restores over a school");
    assert_eq!(post(&client, &format!("{RESTORE}/look"), &format!("at={}", at[0])).status, 303);
    let number = |of: &TestBox| std::fs::read_to_string(of.data().join("box.toml")).unwrap();
    assert_ne!(number(&from), number(&the_box), "it is a new box");
}
