//! The language that a text is written in.

mod words;

use crate::model::{Block, Body, Language, is_han, plain_text};
use memchr::memmem;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How much text is looked at, in bytes of UTF-8.
const SAMPLE_BYTES: usize = 4 * 1024;

/// How much of it goes into telling alphabetic languages apart, which is dear.
const ALPHABETIC_BYTES: usize = 1024;

/// Fewer letters than these tell nothing of an alphabetic language.
const FEWEST_LETTERS: usize = 24;

/// So many letters tell enough even where a close relative of the language competes.
const ENOUGH_LETTERS: usize = 200;

/// One East Asian character says about as much as this many letters.
const LETTERS_PER_CHARACTER: usize = 4;

/// How often one kind of characters must outweigh the other to decide how Chinese is written.
const CLEAR_RATIO: usize = 3;

/// Common characters in pairs, simplified and traditional, neither of which is used in the other
/// way of writing. Pairs whose simplified form is an old character too (后, 里, 干 …) are left out.
const PAIRS: &str = "们們这這国國会會来來时時说說对對为為过過个個发發动動学學还還进進种種\
经經现現问問间間关關长長见見开開无無与與两兩样樣头頭从從东東车車门門书書话話实實应應电電\
机機点點体體义義员員军軍战戰报報华華习習网網记記议議论論认認让讓请請谁誰读讀变變边邊达達\
运運远遠选選连連该該语語设設许許证證识識调調谈談谢謝图圖团團园園围圍场場块塊坏壞声聲处處\
备備够夠妇婦妈媽孙孫宁寧宝寶审審宪憲将將尔爾层層岁歲币幣师師带帶帮幫庆慶库庫广廣张張当當\
录錄忆憶态態怀懷总總恶惡惯慣戏戲执執扩擴扬揚护護担擔择擇拥擁据據换換损損敌敵数數断斷旧舊\
显顯晓曉权權条條极極标標树樹桥橋检檢楼樓欢歡欧歐残殘气氣汉漢汇匯沟溝泽澤济濟浅淺测測渐漸\
湾灣满滿灭滅灾災热熱爱愛独獨狱獄环環疗療疯瘋盘盤监監盖蓋确確础礎离離积積称稱稳穩穷窮竞競\
笔筆类類粮糧纪紀约約红紅级級纯純纳納纷紛线線练練组組细細终終结結给給绝絕统統继繼续續维維\
综綜编編缘緣缩縮罗羅罚罰职職联聯肃肅胜勝脑腦脸臉节節艺藝药藥获獲营營苏蘇荣榮虑慮虽雖补補\
装裝视視览覽觉覺规規观觀计計订訂训訓讨討评評诉訴词詞译譯试試诗詩详詳误誤课課贝貝负負财財\
责責败敗货貨质質购購贵貴费費资資赏賞赛賽赵趙跃躍轮輪软軟转轉轻輕载載较較输輸辑輯辞辭迁遷\
违違迟遲适適逊遜递遞遗遺邓鄧郑鄭释釋钟鐘钱錢铁鐵银銀错錯镇鎮闭閉闻聞闹鬧阳陽阴陰际際陆陸\
陈陳险險随隨隐隱难難静靜项項顺順须須顾顧预預领領频頻题題额額风風飞飛饭飯馆館马馬驱驅验驗\
骗騙鱼魚鸟鳥鸡雞齐齊龙龍龄齡号號万萬";

/// Marks a character that is used in simplified Chinese only.
const SIMPLIFIED: u8 = 1;

/// Marks a character that is used in traditional Chinese only.
const TRADITIONAL: u8 = 2;

/// The character at the head of [`WRITINGS`].
const FIRST_HAN: usize = 0x4E00;

/// How each character from U+4E00 to U+9FFF is used, for a look-up that costs next to nothing.
static WRITINGS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut writings = vec![0; 0x5200];
    let marks = [SIMPLIFIED, TRADITIONAL];
    for (c, mark) in PAIRS.chars().zip(marks.into_iter().cycle()) {
        if let Some(writing) = han_position(c).and_then(|position| writings.get_mut(position)) {
            *writing = mark;
        }
    }
    writings
});

fn han_position(c: char) -> Option<usize> {
    usize::try_from(u32::from(c)).ok()?.checked_sub(FIRST_HAN)
}

/// The shortest tags (RFC 5646, section 4.1) of the languages that `whatlang` names by ISO 639-3.
const TAGS: &str = "epo=eo eng=en rus=ru cmn=zh spa=es por=pt ita=it ben=bn fra=fr deu=de ukr=uk \
kat=ka ara=ar hin=hi jpn=ja heb=he yid=yi pol=pl amh=am jav=jv kor=ko nob=nb dan=da swe=sv fin=fi \
tur=tr nld=nl hun=hu ces=cs ell=el bul=bg bel=be mar=mr kan=kn ron=ro slv=sl hrv=hr srp=sr mkd=mk \
lit=lt lav=lv est=et tam=ta vie=vi urd=ur tha=th guj=gu uzb=uz pan=pa aze=az ind=id tel=te pes=fa \
mal=ml ori=or mya=my nep=ne sin=si khm=km tuk=tk aka=ak zul=zu sna=sn afr=af lat=la slk=sk cat=ca \
tgl=tl hye=hy cym=cy";

/// The language of an article, from a sample of its title and text; `fallback` where they don't
/// tell.
///
/// Chinese is `zh-Hans` or `zh-Hant` where characters of one way of writing are three times as
/// many as those of the other, else the fallback if that is Chinese, else plain `zh`.
pub(super) fn language(title: &str, body: &Body, fallback: Option<&Language>) -> Option<Language> {
    let mut text = String::with_capacity(2 * SAMPLE_BYTES);
    text.push_str(title);
    text.push('\n');
    sample(body.blocks(), &mut text);
    detected(&text, fallback).or_else(|| fallback.cloned())
}

/// Appends text of the blocks until there is enough.
fn sample(blocks: &[Block], text: &mut String) {
    for block in blocks {
        if text.len() >= SAMPLE_BYTES {
            return;
        }
        if let Some(line) = block.line() {
            text.push_str(&plain_text(line));
            text.push('\n');
        }
        for group in block.children() {
            sample(group, text);
        }
    }
}

/// Letters of a sample by script.
#[derive(Default)]
struct Letters {
    han: usize,
    kana: usize,
    hangul: usize,
    other: usize,
    simplified: usize,
    traditional: usize,
}

impl Letters {
    fn count(text: &str) -> Self {
        let mut letters = Letters {
            other: ascii_letters(text),
            ..Letters::default()
        };
        if text.is_ascii() {
            return letters;
        }
        let writings: &[u8] = &WRITINGS;
        let bytes = text.as_bytes();
        let mut position = 0;
        while let Some(rest) = bytes.get(position..) {
            position += match *rest {
                [] => break,
                [0x00..=0x7F, ..] => ascii_run(rest),
                [0xE4..=0xE9, ..] => letters.add_han_run(rest, writings),
                _ => letters.add_next(text.get(position..).unwrap_or_default()),
            };
        }
        letters
    }

    /// Counts the character that a text begins with, which is none of a run, and gives its length.
    fn add_next(&mut self, text: &str) -> usize {
        let Some(c) = text.chars().next() else {
            return 1;
        };
        match c {
            // Full stops, commas and quotation marks, which are looked up slowly.
            '，' | '。' | '、' | '：' | '“' | '”' | '《' | '》' | '（' | '）' => {}
            'ぁ'..='ゖ' | 'ァ'..='ヺ' => self.kana += 1,
            '가'..='힣' => self.hangul += 1,
            // Rare ones, which tell nothing of how Chinese is written.
            _ if is_han(c) => self.han += 1,
            _ if c.is_alphabetic() => self.other += 1,
            _ => {}
        }
        c.len_utf8()
    }

    /// Counts the characters from U+4000 to U+9FFF that a text begins with: most of what is written
    /// in Chinese. Gives their length.
    fn add_han_run(&mut self, text: &[u8], writings: &[u8]) -> usize {
        let (characters, _) = text.as_chunks::<3>();
        let (mut han, mut simplified, mut traditional) = (0, 0, 0);
        for &[first, second, third] in characters {
            if !(0xE4..=0xE9).contains(&first) {
                break;
            }
            han += 1;
            let payload = |byte: u8, bits: u8| usize::from(byte & bits);
            let code =
                payload(first, 0x0F) << 12 | payload(second, 0x3F) << 6 | payload(third, 0x3F);
            let position = code.wrapping_sub(FIRST_HAN);
            let writing = writings.get(position).copied().unwrap_or_default();
            simplified += usize::from(writing & SIMPLIFIED);
            traditional += usize::from(writing >> 1);
        }
        self.han += han;
        self.simplified += simplified;
        self.traditional += traditional;
        3 * han
    }

    /// How many East Asian characters there are.
    fn characters(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    fn is_east_asian(&self) -> bool {
        let characters = self.characters();
        characters > 0 && characters * LETTERS_PER_CHARACTER >= self.other
    }

    fn chinese(&self, fallback: Option<&Language>) -> Option<Language> {
        let (simplified, traditional) = (self.simplified, self.traditional);
        if simplified > 0 && simplified >= CLEAR_RATIO * traditional {
            return Language::new("zh-Hans");
        }
        if traditional > 0 && traditional >= CLEAR_RATIO * simplified {
            return Language::new("zh-Hant");
        }
        let chinese = fallback.filter(|language| language.primary() == "zh");
        chinese.cloned().or_else(|| Language::new("zh"))
    }
}

/// How many letters of ASCII a text has, counted in steps that the processor takes at once.
fn ascii_letters(text: &str) -> usize {
    let is_letter = |byte: u8| (byte | 0x20).wrapping_sub(b'a') < 26;
    let count = |count: u8, &byte: &u8| count + u8::from(is_letter(byte));
    let steps = text.as_bytes().chunks(128);
    steps
        .map(|step| usize::from(step.iter().fold(0, count)))
        .sum()
}

/// The length of the ASCII that bytes begin with, in whole steps after the first byte.
fn ascii_run(bytes: &[u8]) -> usize {
    let (steps, _) = bytes.get(1..).unwrap_or_default().as_chunks::<16>();
    1 + 16 * steps.iter().take_while(|step| step.is_ascii()).count()
}

fn is_east_asian(c: char) -> bool {
    is_han(c) || matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '가'..='힣')
}

fn beginning(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// What addresses of pages and people have in them.
static MARKS: LazyLock<[memmem::Finder<'static>; 3]> =
    LazyLock::new(|| ["://", "www.", "@"].map(memmem::Finder::new));

/// The text without addresses of pages and people, which are in no language.
fn without_addresses(text: &str) -> Cow<'_, str> {
    let is_address = |word: &str| {
        let word = word.as_bytes();
        MARKS.iter().any(|mark| mark.find(word).is_some())
    };
    if !is_address(text) {
        return Cow::Borrowed(text);
    }
    let words = text.split_inclusive(|c: char| !c.is_ascii_graphic());
    Cow::Owned(words.filter(|word| !is_address(word)).collect())
}

fn detected(text: &str, fallback: Option<&Language>) -> Option<Language> {
    let text = without_addresses(beginning(text, SAMPLE_BYTES));
    let letters = Letters::count(&text);
    if !letters.is_east_asian() {
        return alphabetic(&text, &letters);
    }
    if letters.hangul > letters.han + letters.kana {
        return Language::new("ko");
    }
    if letters.kana * 10 > letters.han + letters.kana {
        return Language::new("ja");
    }
    letters.chinese(fallback)
}

/// The language of the text's letters, if there are enough of them to be sure.
fn alphabetic(text: &str, letters: &Letters) -> Option<Language> {
    if letters.other < FEWEST_LETTERS {
        return None;
    }
    // Otherwise a few characters would make English that quotes Chinese Chinese.
    let text = if letters.characters() > 0 {
        Cow::Owned(text.split(is_east_asian).collect::<String>())
    } else {
        Cow::Borrowed(text)
    };
    let sample = beginning(&text, ALPHABETIC_BYTES);
    if words::is_plainly_english(sample, &text) {
        return Language::new("en");
    }
    if let Some(tag) = words::plain_language(sample) {
        return Language::new(tag);
    }
    let found = whatlang::detect(sample)
        .filter(|found| found.is_reliable() || letters.other >= ENOUGH_LETTERS)?;
    let code = found.lang().code();
    TAGS.split(' ')
        .filter_map(|pair| pair.split_once('='))
        .find_map(|(long, tag)| (long == code).then(|| Language::new(tag))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_character_stands_twice_in_the_table() {
        let distinct: HashSet<char> = PAIRS.chars().collect();
        assert_eq!(distinct.len(), PAIRS.chars().count());
        assert_eq!(distinct.len() % 2, 0);
    }

    #[test]
    fn every_language_has_a_tag() {
        for language in whatlang::Lang::all() {
            let pair = format!("{}=", language.code());
            assert!(TAGS.contains(&pair), "{language:?}");
        }
    }

    #[test]
    fn bilingual_text_is_in_the_language_that_says_more() {
        let english = "The people of the town asked for a new bridge and they got it at last. ";
        let chinese = "镇上的人们要求建一座新桥，最后他们得到了。";
        let mostly_chinese = format!("{}{english}", chinese.repeat(2));
        assert_eq!(detected(&mostly_chinese, None), Language::new("zh-Hans"));
        let mostly_english = format!("{chinese}{}", english.repeat(4));
        assert_eq!(detected(&mostly_english, None), Language::new("en"));
    }

    #[test]
    fn addresses_are_in_no_language() {
        let text =
            "订阅我们的频道https://www.video.example/channel/UCbnUmuH7FcfNeQwErTzUiOpAsDf 欢迎";
        assert_eq!(detected(text, None), Language::new("zh-Hans"));
    }

    #[test]
    fn a_tie_is_left_to_the_fallback() {
        let traditional = Language::new("zh-Hant");
        assert_eq!(detected("大山小水人口", traditional.as_ref()), traditional);
        assert_eq!(detected("大山小水人口", None), Language::new("zh"));
        assert_eq!(detected("国國们們", None), Language::new("zh"));
    }

    #[test]
    fn short_text_in_letters_tells_nothing() {
        assert_eq!(detected("Hello", None), None);
        assert_eq!(detected("12:30", None), None);
    }
}
