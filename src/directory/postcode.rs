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

/// A whole postcode as its district and its other half, packed into a number, whatever
/// its spacing.
pub(super) fn whole(given: &str) -> Option<(String, u16)> {
    let joined: String = given.to_ascii_uppercase().split_whitespace().collect();
    if !joined.is_ascii() || joined.len() <= INWARD {
        return None;
    }
    let (out, inward) = joined.split_at(joined.len() - INWARD);
    let &[digit, first, second] = inward.as_bytes() else {
        return None;
    };
    let full = digit.is_ascii_digit() && first.is_ascii_uppercase() && second.is_ascii_uppercase();
    let letter = |b: u8| u16::from(b - b'A');
    (full && is_outcode(out)).then(|| {
        let packed = u16::from(digit - b'0') * 676 + letter(first) * 26 + letter(second);
        (out.to_owned(), packed)
    })
}

/// The district of the postcode that an address ends with.
pub(super) fn district_in(address: &str) -> Option<String> {
    let words: Vec<&str> = address
        .split([' ', ','])
        .filter(|w| !w.is_empty())
        .collect();
    let last_two = words.get(words.len().checked_sub(2)?..)?.concat();
    whole(&last_two)
        .or_else(|| whole(words.last()?))
        .map(|(out, _)| out)
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
    fn a_whole_postcode_is_packed_so_that_order_is_kept() {
        let packed = |given: &str| whole(given).map(|(_, inward)| inward);
        assert_eq!(packed("RG14 0AA"), Some(0));
        assert_eq!(packed("rg149zz"), Some(6759));
        assert!(packed("RG14 5AB") < packed("RG14 5BA"));
        assert_eq!(whole("E8 1AA").map(|(out, _)| out).as_deref(), Some("E8"));
        for not_whole in ["RG14", "RG14 5", "RG14 5A", "5AB", "", "RG145ABC", "É8 1AA"] {
            assert_eq!(whole(not_whole), None, "{not_whole}");
        }
    }

    #[test]
    fn an_address_gives_the_district_it_ends_with() {
        let district = |address: &str| district_in(address);
        let derby = "Derwent Centre, 1 Stuart Street, Derby, DE1 2EQ";
        assert_eq!(district(derby).as_deref(), Some("DE1"));
        assert_eq!(
            district("High Street, Reading, RG11AA").as_deref(),
            Some("RG1")
        );
        assert_eq!(district("High Street, Reading"), None);
        assert_eq!(district(""), None);
    }

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
