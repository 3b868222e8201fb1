//! Sketches: so much of a text as tells, without reading it again, whether another is nearly the same.

use super::letters;
use crate::model::Digest;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};

/// The characters of a shingle: in Chinese about two words, in English about one.
const SHINGLE: usize = 6;

/// The places of a sketch: with so many, the share that two texts have in common is known to about
/// four hundredths.
const PLACES: usize = 128;

/// The places of a band. Two texts with four fifths in common have one of 32 bands in common but for
/// one time in a million.
const BAND: usize = 4;

/// The most numbers of a text that are kept.
const MOST_NUMBERS: usize = 64;

/// The longest text, in letters, that can be what a server says in an article's stead.
const LONGEST_REFUSAL: usize = 800;

/// A text with fewer letters tells less than the picture or the film above it.
const FEWEST_TELLING: u32 = 200;

/// What servers say in an article's stead, as letters in lower case.
const REFUSALS: [&str; 58] = [
    "checkingyourbrowser",
    "attentionrequired",
    "youhavebeenblocked",
    "onlineattacks",
    "accesstothispagehasbeendenied",
    "unusualtraffic",
    "securitycheck",
    "ddosprotection",
    "onemorestep",
    "needtoreviewthesecurityofyourconnection",
    "presshold",
    "activezjavascript",
    "activeralescookies",
    "habilitejavascript",
    "activejavascript",
    "javascriptaktivieren",
    "访问被拒绝",
    "安全验证",
    "アクセスが拒否",
    "justamoment",
    "enablejavascript",
    "javascriptisdisabled",
    "verifyyouarehuman",
    "verifyingyouarehuman",
    "areyouarobot",
    "notarobot",
    "captcha",
    "accessdenied",
    "403forbidden",
    "404notfound",
    "pagenotfound",
    "pagecannotbefound",
    "badgateway",
    "serviceunavailable",
    "toomanyrequests",
    "pleaselogin",
    "signintocontinue",
    "logintocontinue",
    "weusecookies",
    "acceptcookies",
    "beforeyoucontinue",
    "internalservererror",
    "seitenichtgefunden",
    "zugriffverweigert",
    "bittemeldensiesichan",
    "cookieszustimmen",
    "pageintrouvable",
    "accèsrefusé",
    "veuillezvousconnecter",
    "páginanoencontrada",
    "accesodenegado",
    "paginanontrovata",
    "页面不存在",
    "找不到页面",
    "请登录",
    "验证码",
    "ページが見つかりません",
    "страницаненайдена",
];

/// The longest text, in letters, that can be the question what may be stored.
const LONGEST_CONSENT: usize = 6_000;

/// What such a question speaks of, as letters in lower case: what is stored, who stores it, what one may
/// answer.
const OF_CONSENT: [&[&str]; 3] = [
    &["cookie", "galletas", "plätzchen", "кук", "쿠키", "クッキー"],
    &[
        "partner",
        "socios",
        "partenaires",
        "parceiros",
        "партн",
        "thirdparties",
        "terceros",
        "dritt",
        "privacy",
        "privacidad",
        "datenschutz",
        "confidentialité",
        "privacidade",
        "gegevens",
        "隐私",
        "プライバシー",
        "конфиденциальн",
    ],
    &[
        "acceptall",
        "accepteverything",
        "aceptartodo",
        "aceptary",
        "allesakzeptieren",
        "alleakzeptieren",
        "zustimmen",
        "toutaccepter",
        "accepteretcontinuer",
        "accettatutto",
        "accettae",
        "aceitartodo",
        "aceitare",
        "allesaccepteren",
        "akkoord",
        "zaakceptuj",
        "принятьвсе",
        "kabulet",
        "rejectall",
        "rechazartodo",
        "alleablehnen",
        "toutrefuser",
        "manageoptions",
        "同意する",
        "全部接受",
        "동의",
    ],
];

/// Whether a text asks what may be stored on a reader's machine, and says it in each way that such
/// questions do. An article about them is longer, or says less of it in the same space.
fn asks_for_consent(letters: &str) -> bool {
    let count =
        |words: &[&str]| -> usize { words.iter().map(|word| letters.matches(word).count()).sum() };
    let counts = OF_CONSENT.map(count);
    let sum: usize = counts.iter().sum();
    counts.iter().all(|count| *count > 0) && sum * 300 >= letters.chars().count()
}

/// A text, as far as others are compared with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    /// Letters and digits.
    pub letters: u32,
    /// Whether it reads like what servers say in an article's stead.
    pub refusal: bool,
    /// The digest of letters and digits.
    digest: Digest,
    /// The number of distinct shingles.
    shingles: u32,
    /// Of each of so many parts of all shingles, the lowest one, as 16 bits of its hash.
    lowest: Vec<u16>,
    /// The numbers in it, hashed: the lowest of them.
    numbers: BTreeSet<u32>,
    /// What it shows and leads to: see [`shown`](super::shown).
    shown: BTreeSet<u32>,
}

impl Sketch {
    /// The sketch of a text under a title, with what it shows and leads to.
    pub fn of(title: &str, text: &str, shown: BTreeSet<u32>) -> Self {
        let letters: Vec<char> = letters::each(text).collect();
        let hashes: HashSet<u64> = letters.windows(SHINGLE).map(hash).collect();
        let said: String = letters.iter().take(LONGEST_REFUSAL).collect();
        let above: String = letters::of(title);
        let refuses = |text: &str| REFUSALS.iter().any(|refusal| text.contains(refusal));
        let all: String = letters.iter().collect();
        let refusal = letters.len() <= LONGEST_REFUSAL && (refuses(&said) || refuses(&above));
        Sketch {
            letters: u32::try_from(letters.len()).unwrap_or(u32::MAX),
            refusal: refusal || (letters.len() <= LONGEST_CONSENT && asks_for_consent(&all)),
            digest: Digest::of(all.as_bytes()),
            shingles: u32::try_from(hashes.len()).unwrap_or(u32::MAX),
            lowest: lowest(&hashes),
            numbers: numbers(text),
            shown,
        }
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.letters == 0
    }

    /// The share of what either text says that both say, from 0 to 1.
    #[allow(clippy::cast_precision_loss, reason = "a share of counts")]
    pub fn shared(&self, other: &Self) -> f64 {
        if self.digest == other.digest {
            return 1.0;
        }
        if self.shingles == 0 || other.shingles == 0 {
            return 0.0;
        }
        let same = self.lowest.iter().zip(&other.lowest);
        same.filter(|(one, other)| one == other).count() as f64 / PLACES as f64
    }

    /// The share of the shorter text that the longer says too, from 0 to 1.
    pub fn contained(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        let fewest = f64::from(self.shingles.min(other.shingles)).max(1.0);
        let all = f64::from(self.shingles) + f64::from(other.shingles);
        if shared >= 1.0 {
            return 1.0;
        }
        (shared / (1.0 + shared) * all / fewest).min(1.0)
    }

    /// Whether all numbers of one text stand in the other: texts of one form, such as reports of the
    /// weather, differ in their numbers only.
    pub fn agrees_in_numbers(&self, other: &Self) -> bool {
        self.numbers.is_subset(&other.numbers) || other.numbers.is_subset(&self.numbers)
    }

    /// Whether what tells the texts apart is what they show: both are short and have pictures, films or
    /// links, of which none is the same.
    pub fn shows_other(&self, other: &Self) -> bool {
        self.letters.min(other.letters) < FEWEST_TELLING && self.shows_nothing_of(other)
    }

    /// Whether both texts have pictures, films or links, of which none is the same.
    pub fn shows_nothing_of(&self, other: &Self) -> bool {
        !self.shown.is_empty() && !other.shown.is_empty() && self.shown.is_disjoint(&other.shown)
    }

    /// The bands: texts that share none have little in common.
    pub fn bands(&self) -> impl Iterator<Item = (usize, [u16; BAND])> {
        let (bands, _) = self.lowest.as_chunks::<BAND>();
        let some: &[_] = if self.shingles > 0 { bands } else { &[] };
        some.iter().copied().enumerate()
    }
}

/// FNV-1a over the characters: shingles are many, and nobody gains by choosing them.
fn hash(shingle: &[char]) -> u64 {
    shingle.iter().fold(0xCBF2_9CE4_8422_2325, |sum: u64, &c| {
        (sum ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// One permutation hashing: each hash falls into one of as many bins as there are places, and the
/// lowest of each bin counts. An empty bin takes after the next that is not empty.
fn lowest(hashes: &HashSet<u64>) -> Vec<u16> {
    let mut bins = vec![u64::MAX; PLACES];
    for &hash in hashes {
        let mixed = mix(hash);
        let bin = usize::try_from(mixed % PLACES as u64).unwrap_or_default();
        if let Some(lowest) = bins.get_mut(bin) {
            *lowest = (*lowest).min(mixed / PLACES as u64);
        }
    }
    let filled = |at: usize| {
        let following = bins.iter().cycle().skip(at).take(PLACES).zip(0u64..);
        let mut filled = following.filter(|(bin, _)| **bin != u64::MAX);
        filled.next().map_or(0, |(&bin, steps)| {
            let mixed = mix(bin.wrapping_add(steps.wrapping_mul(0x9E37_79B9)));
            u16::try_from(mixed >> 48).unwrap_or_default()
        })
    };
    (0..PLACES).map(filled).collect()
}

/// The last step of MurmurHash3, which lets every bit count for every other.
fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ (hash >> 33)
}

fn numbers(text: &str) -> BTreeSet<u32> {
    let digits = text.split(|c: char| !c.is_numeric());
    let hashes = digits.filter(|digits| !digits.is_empty()).map(|digits| {
        let characters: Vec<char> = digits.chars().collect();
        u32::try_from(mix(hash(&characters)) >> 32).unwrap_or_default()
    });
    let all: BTreeSet<u32> = hashes.collect();
    all.into_iter().take(MOST_NUMBERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(title: &str, text: &str) -> Sketch {
        Sketch::of(title, text, BTreeSet::new())
    }

    const TEXT: &str = "The lamp was lit at dusk, as on every evening since the tower was built, and seen far out at sea by all who came from the north, with herring or with timber.";

    #[test]
    fn an_edition_with_one_more_sentence_shares_most() {
        let text = sketch("", TEXT);
        let edition = sketch("", &format!("{TEXT} It burns oil."));
        let other = sketch(
            "",
            "The ferry was late, as it often is in winter, and nobody minded very much, for there was a stove in the hall.",
        );
        assert!(text.shared(&edition) > 0.8, "{}", text.shared(&edition));
        assert!(text.shared(&other) < 0.2);
        assert!(text.contained(&edition) > 0.9);
        let blank = sketch("", "");
        assert!(text.shared(&blank) < 0.1 && blank.is_blank());
    }

    #[test]
    fn reports_of_one_form_differ_in_their_numbers() {
        let report = |degrees: u32| sketch("", &format!("It was {degrees} degrees. {TEXT}"));
        assert!(!report(12).agrees_in_numbers(&report(14)));
        assert!(report(12).agrees_in_numbers(&sketch("", TEXT)));
    }

    #[test]
    fn what_servers_say_in_an_articles_stead_is_known() {
        assert!(sketch("Just a moment…", "Wait.").refusal);
        assert!(sketch("", "Checking your browser before you go on.").refusal);
        assert!(!sketch("The lamp", TEXT).refusal);
    }
}
