//! Answering on a socket until told to stop.
//!
//! Not here: which address is answered how (`routes`).

use std::net::SocketAddr;

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
