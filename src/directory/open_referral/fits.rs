//! Whether recorded words fit the formats the standard sets for a property.
//!
//! Lives here: web addresses and e-mail addresses, read more strictly than any
//! validator, so that what passes here passes there. Words that do not fit are carried
//! as a fact: a record is never made to fit.

/// A web address with a host, of the characters that RFC 3986 lets stand unescaped.
pub(super) fn web_address(text: &str) -> bool {
    let Some(rest) = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
    else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    domain(host)
        && port.len() <= 5
        && port.bytes().all(|b| b.is_ascii_digit())
        && path.matches('#').count() <= 1
        && escaped(path)
}

/// A plain e-mail address: no quoted names, no addresses of machines.
pub(super) fn email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let usual = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    (1..=64).contains(&name.len())
        && name
            .split('.')
            .all(|atom| !atom.is_empty() && atom.bytes().all(usual))
        && host.contains('.')
        && domain(host)
}

fn domain(host: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}

/// Only characters of a path or query, each `%` with its two digits.
fn escaped(path: &str) -> bool {
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        let fits = match byte {
            b'%' => [rest.next(), rest.next()]
                .iter()
                .all(|digit| digit.is_some_and(|d| d.is_ascii_hexdigit())),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()*+,;=".contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_web_address_fits() {
        for fits in [
            "https://example.org",
            "http://www.example.org.uk:8080/a/b?c=d&e=%20#f",
        ] {
            assert!(web_address(fits), "{fits}");
        }
        for not in [
            "example.org",
            "https://",
            "https:///path",
            "https://example.org/a b",
            "https://example.org/%2",
            "https://example.org/<script>",
            "javascript:alert(1)",
            "https://exämple.org",
            "https://example.org#a#b",
        ] {
            assert!(!web_address(not), "{not}");
        }
    }

    #[test]
    fn only_a_plain_email_address_fits() {
        assert!(email("referrals.team@example.org"));
        for not in [
            "",
            "nobody",
            "a@b",
            "a b@example.org",
            ".a@example.org",
            "a@example..org",
            "a@-example.org",
            "a@b@example.org",
        ] {
            assert!(!email(not), "{not}");
        }
    }
}
