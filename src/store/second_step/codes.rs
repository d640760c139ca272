//! Codes: those that a telephone reckons from the time (RFC 6238), and those written down
//! for the day on which it is lost. Pure.

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq as _;
use totp_rs::{Algorithm, TOTP};
use zeroize::Zeroizing;

use crate::store::StoreError;

/// Who a telephone says that a code is for.
const ISSUER: &str = "Foreword";
/// Seconds for which one code stands.
const STEP: u64 = 30;
const DIGITS: usize = 6;
/// Bytes of a secret, as RFC 4226 recommends.
const SECRET_LENGTH: usize = 20;
/// How many recovery codes there are, and how many digits each has.
const RECOVERY_CODES: usize = 10;
const RECOVERY_DIGITS: usize = 16;
const RECOVERY_CODES_THERE_ARE: u64 = 10_000_000_000_000_000;

/// What somebody typed where a code was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Typed {
    /// A code of her telephone's.
    OfTelephone(String),
    /// The digits of a recovery code.
    Recovery(String),
    /// Nothing that is either.
    Neither,
}

impl Typed {
    /// Understood with blanks and hyphens wherever they were put.
    pub(super) fn from(text: &str) -> Self {
        let plain = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect::<String>();
        match plain.len() {
            _ if !plain.chars().all(|c| c.is_ascii_digit()) => Self::Neither,
            DIGITS => Self::OfTelephone(plain),
            RECOVERY_DIGITS => Self::Recovery(plain),
            _ => Self::Neither,
        }
    }
}

/// A new secret, as it is sealed: digits of base 16.
pub(super) fn new_secret() -> Result<Zeroizing<String>, StoreError> {
    let mut bytes = Zeroizing::new([0; SECRET_LENGTH]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
    Ok(Zeroizing::new(hex::encode(bytes.as_slice())))
}

/// What reckons the codes of a secret, under the name that the telephone shows.
pub(super) fn reckoner(secret: &str, email: &str) -> Result<TOTP, StoreError> {
    let fault = || StoreError::unreadable("the secret of a second step");
    let bytes = hex::decode(secret).map_err(|_| fault())?;
    // The address that a telephone reads parts its names with a colon.
    let name = email.replace(':', "");
    let issuer = Some(ISSUER.to_owned());
    TOTP::new(Algorithm::SHA1, DIGITS, 1, STEP, bytes, issuer, name).map_err(|_| fault())
}

/// The step whose code this is: the one now, the one before or the one after, and later
/// than the last that was used. Takes the same time whether one is found or not.
pub(super) fn step_of(
    reckoner: &TOTP,
    code: &str,
    last_used: i64,
    now: DateTime<Utc>,
) -> Option<i64> {
    let step = i64::try_from(STEP).ok()?;
    let current = now.timestamp().div_euclid(step);
    let mut found = None;
    for tried in [current - 1, current, current + 1] {
        let at = u64::try_from(tried * step).ok()?;
        let fits: bool = reckoner
            .generate(at)
            .as_bytes()
            .ct_eq(code.as_bytes())
            .into();
        if fits && tried > last_used {
            found = Some(tried);
        }
    }
    found
}

/// New recovery codes, in groups of four digits.
pub(super) fn recovery_codes() -> Result<Vec<String>, StoreError> {
    let one = |_| {
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(|_| StoreError::NoRandomness)?;
        let number = u64::from_le_bytes(bytes) % RECOVERY_CODES_THERE_ARE;
        Ok(grouped(&format!("{number:016}")))
    };
    (0..RECOVERY_CODES).map(one).collect()
}

/// Text in groups of four, for people who type it.
pub(super) fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    /// The secret of the examples in RFC 6238.
    fn of_the_standard() -> TOTP {
        reckoner(&hex::encode(b"12345678901234567890"), "sam@example.org").unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        let reckoner = of_the_standard();
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = step_of(&reckoner, code, 0, at(seconds));
            assert_eq!(step, Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_stands_one_step_before_and_after_and_no_longer() {
        let reckoner = of_the_standard();
        let (code, step) = ("005924", 1_234_567_890 / 30);
        for (away, fits) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let now = at(1_234_567_890 + away * 30);
            assert_eq!(
                step_of(&reckoner, code, 0, now),
                fits.then_some(step),
                "{away}"
            );
        }
    }

    #[test]
    fn a_code_does_not_fit_once_its_step_or_a_later_one_was_used() {
        let reckoner = of_the_standard();
        let (now, step) = (at(1_234_567_890), 1_234_567_890 / 30);
        let with = |last| step_of(&reckoner, "005924", last, now);
        assert_eq!(
            [step - 1, step, step + 1].map(with),
            [Some(step), None, None]
        );
    }

    #[test]
    fn what_is_typed_is_understood_with_blanks_and_hyphens_and_nothing_else() {
        assert_eq!(
            Typed::from(" 005 924 "),
            Typed::OfTelephone("005924".into())
        );
        let recovery = Typed::Recovery("1234567890123456".into());
        assert_eq!(Typed::from("1234-5678-9012-3456"), recovery);
        for text in ["", "12345", "1234567", "12345a", "００５９２４", "123.456"] {
            assert_eq!(Typed::from(text), Typed::Neither, "{text}");
        }
    }

    #[test]
    fn recovery_codes_are_ten_different_ones_that_are_understood() {
        let codes = recovery_codes().unwrap();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!((codes.len(), different.len()), (10, 10));
        for code in &codes {
            assert_eq!(code.len(), 19, "{code}");
            assert!(matches!(Typed::from(code), Typed::Recovery(_)), "{code}");
        }
    }
}
