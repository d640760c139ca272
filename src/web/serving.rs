//! Serving until told to stop, and the one line that is written down of each request.
//!
//! Not here: which addresses there are (`routes`).

use std::net::SocketAddr;

use axum::{
    extract::{MatchedPath, Request},
    response::Response,
};
use tokio::net::TcpListener;

use super::{routes::router, state::AppState};

/// Serves until told to stop, then lets running requests finish.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener, state: AppState) -> std::io::Result<()> {
    let service = router(state).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(told_to_stop())
        .await
}

async fn told_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// One line a request: which route, never the address itself, which holds ids and
/// one-time links.
pub(super) async fn note(request: Request, next: axum::middleware::Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "(no route)".to_owned(), |r| r.as_str().to_owned());
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let ms = started.elapsed().as_millis();
    tracing::info!(%method, route, status = response.status().as_u16(), ms, "request");
    response
}
