//! An authenticator app: what a telephone shows at a moment, from the key it was told.

use chrono::{DateTime, Utc};
use totp_rs::{Algorithm, Secret, TOTP};

/// The six digits that it shows.
pub fn shows(key: &str, at: DateTime<Utc>) -> String {
    let key = Secret::Encoded(key.replace('-', "")).to_bytes().unwrap();
    let issuer = Some("Foreword".to_owned());
    let app = TOTP::new(Algorithm::SHA1, 6, 1, 30, key, issuer, "anybody".into()).unwrap();
    app.generate(u64::try_from(at.timestamp()).unwrap())
}
