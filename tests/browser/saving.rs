//! Saving as it is typed, in a real browser: two windows, two reports, a session that
//! ends, a service that is killed, a report that is signed meanwhile, and no JavaScript.

use foreword::store::{ReportId, Store, StoreSettings};

use crate::harness::{browser::Script, service::TestService, signed_text};

/// What the script asks for, done to the running service or, beside it, to its data.
fn hands(mut service: TestService) -> impl FnMut(&str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    move |asked| match asked.split_once(' ').unwrap_or((asked, "")) {
        ("kill", _) => service.kill(),
        ("start", _) => service.start_again(),
        ("end-sessions", done) => {
            runtime.block_on(end_sessions(&service));
            std::fs::write(service.folder().join(done), "done").expect("a note");
        }
        ("sign", report) => {
            runtime.block_on(sign(&service, report));
            std::fs::write(service.folder().join("signed"), "done").expect("a note");
        }
        other => panic!("the script asks for {other:?}"),
    }
}

async fn open(service: &TestService) -> Store {
    let settings = StoreSettings::in_folder(service.data_folder());
    Store::open(&settings).await.expect("its database")
}

async fn end_sessions(service: &TestService) {
    let store = open(service).await;
    for account in store.accounts().await.expect("accounts") {
        store.end_sessions_of(account.id).await.expect("ended");
    }
    store.close().await;
}

async fn sign(service: &TestService, report: &str) {
    let store = open(service).await;
    let report: ReportId = report.parse().expect("an id");
    let account = &store.accounts().await.expect("accounts")[0];
    let author = store.as_author(account.id);
    let held = author.load(report).await.expect("read").expect("hers");
    let now = chrono::Utc::now();
    author
        .sign_report(report, held.revision, &signed_text(), now)
        .await
        .expect("signed");
    store.close().await;
}

fn script() -> Script {
    let mut service = TestService::start(&["--demo"]);
    Script::new("saving")
        .with("base", service.address())
        .with("set-up", service.set_up_link())
        .with("downloads", service.folder())
        .handing(hands(service))
}

#[test]
fn what_is_typed_is_saved_shown_and_never_lost() {
    script().run();
}

#[test]
fn without_javascript_save_and_continue_loses_nothing_either() {
    script().without_javascript().run();
}
