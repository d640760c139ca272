//! What a backup is encrypted with: age's X25519 keys and file format, so that `age` and
//! `rage` open it too. The file is authenticated in pieces and to its end.

use std::{
    fmt,
    io::{self, BufRead, Read, Write},
    iter,
    str::FromStr,
};

use age::{
    DecryptError, Decryptor, Encryptor,
    secrecy::ExposeSecret as _,
    stream::StreamWriter,
    x25519::{Identity, Recipient},
};
use zeroize::Zeroizing;

use super::BackupError;

/// Whom a backup is for: the public half of a key.
#[derive(Clone)]
pub struct BackupRecipient(Recipient);

impl FromStr for BackupRecipient {
    type Err = BackupError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.trim().parse().map(Self);
        parsed.map_err(|_| BackupError::NotARecipient)
    }
}

impl fmt::Display for BackupRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for BackupRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BackupRecipient({})", self.0)
    }
}

/// The private half, which opens backups. Never printed.
pub struct BackupKey(Identity);

impl BackupKey {
    /// A new key.
    #[must_use]
    pub fn random() -> Self {
        Self(Identity::generate())
    }

    /// The public half.
    #[must_use]
    pub fn recipient(&self) -> BackupRecipient {
        BackupRecipient(self.0.to_public())
    }

    /// The text of its file, as `age-keygen` writes it.
    #[must_use]
    pub fn file_text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!(
            "# Opens the backups of Foreword. Keep it apart from them.\n# public key: {}\n{}\n",
            self.recipient(),
            self.0.to_string().expose_secret()
        ))
    }

    /// The key in the text of a file: its first line that is one.
    ///
    /// # Errors
    /// There is none.
    pub fn from_file_text(text: &str) -> Result<Self, BackupError> {
        let mut keys = text.lines().filter_map(|line| line.trim().parse().ok());
        keys.next().map(Self).ok_or(BackupError::NotAKey)
    }
}

impl fmt::Debug for BackupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupKey(not shown)")
    }
}

/// Encrypts what is written to it; it is whole only once it was finished.
pub(super) fn sealed_to<W: Write>(
    recipients: &[BackupRecipient],
    out: W,
) -> Result<StreamWriter<W>, BackupError> {
    let recipients = recipients.iter().map(|r| &r.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients);
    let encryptor = encryptor.map_err(|_| BackupError::NotARecipient)?;
    encryptor.wrap_output(out).map_err(BackupError::NotWritten)
}

/// Decrypts what is read from it.
pub(super) fn opened_with(key: &BackupKey, file: impl BufRead) -> Result<impl Read, BackupError> {
    let told = |error: DecryptError| match error {
        DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => BackupError::WrongKey,
        DecryptError::Io(e) if e.kind() == io::ErrorKind::UnexpectedEof => BackupError::CutShort,
        DecryptError::InvalidMac | DecryptError::DecryptionFailed => BackupError::Damaged {
            at: "its beginning was changed".to_owned(),
        },
        _ => BackupError::NotABackup,
    };
    let decryptor = Decryptor::new_buffered(file).map_err(told)?;
    let key = iter::once(&key.0 as &dyn age::Identity);
    decryptor.decrypt(key).map_err(told)
}
