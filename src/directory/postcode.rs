//! The shape of postcodes.
//!
//! Lives here: telling a district from a name, and a district from a whole postcode.
//! Not here: whether the district exists (`geography`). A further shape is one more
//! arm in [`is_outcode`] with a test.

/// The part of a postcode after the district: a digit and two letters.
const INWARD: usize = 3;

/// A postcode district in capitals, and whether more of a postcode was given.
pub(super) fn as_district(given: &str) -> Option<(String, bool)> {
    let capitals = given.to_ascii_uppercase();
    let joined: String = capitals.split_whitespace().collect();
    if !joined.is_ascii() {
        return None;
    }
    if is_outcode(&joined) {
        return Some((joined, false));
    }
    if joined.len() > INWARD {
        let (out, inward) = joined.split_at(joined.len() - INWARD);
        let inward = inward.as_bytes();
        let full = inward[0].is_ascii_digit() && inward[1..].iter().all(u8::is_ascii_alphabetic);
        if full && is_outcode(out) {
            return Some((out.to_owned(), true));
        }
    }
    // A postcode sector such as `RG14 1`: the district stands before the space.
    let (out, rest) = capitals.split_once(' ')?;
    let sector = rest
        .trim()
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_digit());
    (sector && is_outcode(out)).then(|| (out.to_owned(), true))
}

/// A9, A99, AA9, AA99, A9A or AA9A.
fn is_outcode(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &text.as_bytes()[letters..];
    (1..=2).contains(&letters)
        && match rest {
            [a] => a.is_ascii_digit(),
            [a, b] => a.is_ascii_digit() && b.is_ascii_alphanumeric(),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_is_told_from_a_postcode_and_from_a_name() {
        let cases = [
            ("RG14", Some(("RG14", false))),
            ("rg 14", Some(("RG14", false))),
            (" e8 ", Some(("E8", false))),
            ("EC1A", Some(("EC1A", false))),
            ("W1A", Some(("W1A", false))),
            ("RG14 5AB", Some(("RG14", true))),
            ("rg145ab", Some(("RG14", true))),
            ("E8 1AA", Some(("E8", true))),
            ("RG14 5", Some(("RG14", true))),
            ("Derby", None),
            ("E06000037", None),
            ("RG", None),
            ("Ynys Môn", None),
            ("RG145ABC", None),
        ];
        for (given, expected) in cases {
            let found = as_district(given);
            let found = found.as_ref().map(|(o, t)| (o.as_str(), *t));
            assert_eq!(found, expected, "{given}");
        }
    }
}
