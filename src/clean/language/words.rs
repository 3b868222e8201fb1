//! Languages told by their commonest words.
//!
//! `whatlang` compares a text with the profiles of all languages of its script, which takes longer
//! than everything else that becomes of an article. Where one word in ten is common in one language
//! and hardly met in the others, there is nothing to compare.
//!
//! What it gains (`cargo bench --bench stages -- clean`, both in one sitting): with `whatlang` alone
//! it takes 3.3 times as long to clean an article in English, and 1.6 times a whole page around one.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewer words than these are not counted.
const FEWEST_WORDS: usize = 60;

/// How many words there may be to each that is common in the language.
const MOST_WORDS_EACH: usize = 10;

/// How often the words of one language must outnumber those of each other.
const CLEAR_RATIO: usize = 3;

/// Languages written in Latin letters with some of their commonest words, in lower case: such as are
/// not as common in the languages beside them. Danish and Norwegian, Czech and Slovak, Croatian and its
/// sisters are not among them: they share too many.
const COMMON: [(&str, &str); 10] = [
    (
        "de",
        "der und das nicht ist ein eine mit sich auf dem von zu im",
    ),
    ("es", "el los las y una por con del se es lo"),
    ("fr", "les des et une dans est pour qui pas sur au du le"),
    (
        "id",
        "yang dan di ini dengan untuk dari pada tidak itu dalam akan",
    ),
    ("it", "il di che è per della con non gli sono una del i"),
    ("nl", "de het een van zijn voor niet ook maar naar dat bij"),
    ("pl", "w i na się z do nie to że jest"),
    ("pt", "os uma com do da dos não em um ao mais são"),
    ("sv", "och att är för inte till ett som det på av"),
    ("tr", "ve bir bu da de için ile çok olarak olan daha"),
];

/// Which languages a word is common in, one bit each.
static LANGUAGES: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut languages = HashMap::new();
    for (number, (_, words)) in COMMON.iter().enumerate() {
        for word in words.split(' ') {
            *languages.entry(word).or_default() |= 1 << number;
        }
    }
    languages
});

/// The tag of the language that a text is plainly written in, as far as its words tell.
pub(super) fn plain_language(text: &str) -> Option<&'static str> {
    let mut counts = [0; COMMON.len()];
    let mut all = 0;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        all += 1;
        let Some(languages) = LANGUAGES.get(word) else {
            continue;
        };
        for (number, count) in counts.iter_mut().enumerate() {
            *count += usize::from(languages >> number & 1);
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let others = counts
        .iter()
        .enumerate()
        .filter(|(number, _)| *number != best);
    let clear = others
        .map(|(_, count)| count * CLEAR_RATIO)
        .all(|count| count <= most);
    let plain = all >= FEWEST_WORDS && most * MOST_WORDS_EACH >= all && clear;
    COMMON.get(best).filter(|_| plain).map(|(tag, _)| *tag)
}

/// Whether a text has so many of the commonest English words that no other language comes into
/// question: either its beginning, or all of it while its beginning has half as many.
pub(super) fn is_plainly_english(beginning: &str, all: &str) -> bool {
    let words = EnglishWords::count(beginning);
    words.are_plain(1) || (words.are_plain(2) && EnglishWords::count(all).are_plain(1))
}

/// Words of a text, and how many of them are common in English.
#[derive(Default)]
struct EnglishWords {
    all: usize,
    common: usize,
    articles: usize,
}

impl EnglishWords {
    fn count(text: &str) -> Self {
        let mut words = EnglishWords::default();
        for word in text.as_bytes().split(|&byte| byte <= b' ') {
            words.all += usize::from(!word.is_empty());
            words.articles += usize::from(word == b"the");
            words.common += usize::from(matches!(
                word,
                b"the" | b"of" | b"and" | b"to" | b"was" | b"is"
            ));
        }
        words
    }

    /// Whether there are as many of them as in English, or that divided by `part`.
    fn are_plain(&self, part: usize) -> bool {
        self.all >= FEWEST_WORDS
            && self.articles * 25 * part >= self.all
            && self.common * 7 * part >= self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same story in languages that are told by their words.
    const PLAIN: [(&str, &str); 10] = [
        (
            "de",
            "Der Wärter des Leuchtturms sagt, dass die Fähre am Abend nicht mehr fährt, weil der Wind zu \
            stark ist und das Wasser in den Hafen drückt. Die Bewohner der Insel haben sich im Gasthaus \
            getroffen und reden mit dem Kapitän, der seit dreißig Jahren auf dem Schiff arbeitet. Er ist \
            ein ruhiger Mann, und eine solche Nacht hat er nicht oft erlebt. Von der Brücke sieht man das \
            Licht, das sich langsam dreht.",
        ),
        (
            "es",
            "El guardián del faro dice que la barca no sale por la noche porque el viento es demasiado fuerte \
            y las olas entran en el puerto. Los vecinos de la isla se reúnen en una taberna y hablan con el \
            capitán, que trabaja desde hace treinta años en los barcos. Es un hombre tranquilo y no ha \
            visto muchas noches así. Desde el puente se ve la luz del faro, y lo que ilumina es el mar.",
        ),
        (
            "fr",
            "Le gardien du phare dit que le bac ne part pas dans la soirée, car le vent est trop fort et les \
            vagues entrent dans le port. Les habitants sont réunis dans une auberge et parlent avec le \
            capitaine, qui travaille sur des bateaux depuis trente ans. Il est calme, et une nuit comme \
            celle-ci est rare pour lui. Du pont on voit au loin la lumière qui tourne sur les toits des maisons.",
        ),
        (
            "id",
            "Penjaga mercusuar itu berkata bahwa kapal tidak akan berangkat pada malam ini karena angin yang \
            kencang dan ombak yang masuk ke dalam pelabuhan. Warga dari pulau itu berkumpul di warung dan \
            berbicara dengan kapten, yang sudah tiga puluh tahun bekerja di laut. Dia orang yang tenang, \
            dan malam seperti ini tidak sering terjadi. Dari jembatan orang melihat cahaya yang berputar \
            untuk menuntun kapal.",
        ),
        (
            "it",
            "Il guardiano del faro dice che il traghetto non parte la sera, perché il vento è troppo forte e \
            le onde entrano nel porto. Gli abitanti della piccola isola sono riuniti in una locanda e parlano \
            con il capitano, che da trenta anni lavora su una nave. È un uomo calmo, e una notte come questa \
            non è frequente per lui. Dal ponte si vede la luce del faro che gira, e i bambini non dormono.",
        ),
        (
            "nl",
            "De wachter van de vuurtoren zegt dat de veerboot niet meer vaart, maar de wind is ook te sterk voor \
            het kleine schip. De bewoners van het eiland zijn naar een herberg gegaan en praten met de \
            kapitein, die al dertig jaar op zee werkt. Het is een rustige man, maar een nacht als deze heeft \
            hij niet vaak gezien. Bij de brug ziet men het licht dat langzaam draait, en ook de kinderen \
            kijken naar de zee.",
        ),
        (
            "pl",
            "Latarnik mówi, że prom nie wypłynie w nocy, bo wiatr jest za silny i fale wchodzą do portu. \
            Mieszkańcy wyspy spotkali się w gospodzie i rozmawiają z kapitanem, który od trzydziestu lat \
            pracuje na morzu. To jest spokojny człowiek i takiej nocy nie widział często. Z mostu widać \
            światło, które się powoli obraca, i wszyscy patrzą na wodę. Dzieci nie śpią, bo to jest dla nich \
            wielka przygoda, że cała wyspa czeka na prom.",
        ),
        (
            "pt",
            "O guarda do farol diz que a balsa não sai à noite, porque o vento é muito forte e as ondas entram \
            em todos os cantos do porto. Os moradores da ilha são poucos e falam com o capitão em uma taberna; \
            ele trabalha no mar há mais de trinta anos. É um homem calmo, e uma noite dessas não é comum. Da \
            ponte dos pescadores os olhos seguem a luz do farol, e as crianças não dormem mais.",
        ),
        (
            "sv",
            "Fyrvaktaren säger att färjan inte går i kväll, för vinden är för stark och vågorna slår in i hamnen. \
            Folk på ön har samlats på ett värdshus och talar med kaptenen, som har arbetat till sjöss i trettio \
            år. Det är en lugn man, och han har inte sett många nätter som den här. Från bron ser man ljuset \
            av fyren som sakta vrider sig, och barnen är vakna för att det är ett äventyr.",
        ),
        (
            "tr",
            "Fener bekçisi rüzgâr çok sert olduğu için bu akşam vapurun kalkmayacağını ve dalgaların limana \
            girdiğini söylüyor. Ada halkı bir handa toplandı ve otuz yıldan daha uzun süredir denizde olan \
            kaptan ile konuşuyor. Sakin bir adam olarak bilinir, ama böyle bir geceyi çok görmedi. Köprüden \
            bakan çocuklar da ışığı görüyor ve bu gece için çok heyecanlı. Sabah daha sakin olan bir hava \
            ile yeni bir gün gelir, ve vapur da kalkar.",
        ),
    ];

    /// Close relatives of those languages, which their words must not claim.
    const RELATED: [&str; 7] = [
        // Afrikaans
        "Die wagter van die vuurtoring sê dat die veerboot nie vanaand vaar nie, want die wind is te sterk en \
        die golwe kom in die hawe. Die mense van die eiland het by die herberg bymekaar gekom en praat met die \
        kaptein, wat al dertig jaar op see werk. Hy is 'n rustige man, en so 'n nag het hy nie dikwels gesien \
        nie. Van die brug af sien 'n mens die lig wat stadig draai.",
        // Catalan
        "El guardià del far diu que la barca no surt al vespre perquè el vent és massa fort i les onades entren \
        al port. Els veïns de l'illa es troben en una taverna i parlen amb el capità, que treballa des de fa \
        trenta anys en els vaixells. És un home tranquil, i no ha vist moltes nits com aquesta. Des del pont es \
        veu la llum que gira, i els nens no dormen perquè tot plegat és una aventura.",
        // Danish
        "Fyrmesteren siger, at færgen ikke sejler i aften, fordi vinden er for stærk, og bølgerne slår ind i \
        havnen. Folk på øen har samlet sig på kroen og taler med kaptajnen, som har arbejdet på havet i tredive \
        år. Det er en rolig mand, og han har ikke set mange nætter som denne. Fra broen ser man lyset fra fyret, \
        der langsomt drejer, og børnene er vågne, for det er et eventyr.",
        // Norwegian
        "Fyrvokteren sier at fergen ikke går i kveld, for vinden er for sterk og bølgene slår inn i havnen. \
        Folk på øya har samlet seg på kroa og snakker med kapteinen, som har arbeidet til sjøs i tretti år. Det \
        er en rolig mann, og han har ikke sett mange netter som denne. Fra broen ser man lyset av fyret som \
        sakte dreier, og barna er våkne fordi det er et eventyr på øya.",
        // Czech
        "Strážce majáku říká, že přívoz dnes večer nevypluje, protože vítr je příliš silný a vlny vnikají do \
        přístavu. Obyvatelé ostrova se sešli v hostinci a mluví s kapitánem, který už třicet let pracuje na moři. \
        Je to klidný člověk a takovou noc často nezažil. Z mostu je vidět světlo, které se pomalu otáčí, a děti \
        nespí, protože to je pro ně velké dobrodružství.",
        // Romanian
        "Paznicul farului spune că bacul nu pleacă în seara aceasta, pentru că vântul este prea puternic și \
        valurile intră în port. Locuitorii insulei s-au adunat la han și vorbesc cu căpitanul, care lucrează pe \
        mare de treizeci de ani. Este un om liniștit, și nu a văzut multe nopți ca aceasta. De pe pod se vede \
        lumina care se rotește încet, iar copiii nu dorm.",
        // Latin
        "Custos phari dicit naves hac nocte non exire, quia ventus est nimis validus et undae in portum intrant. \
        Incolae insulae in taberna convenerunt et cum navarcho loquuntur, qui per triginta annos in mari \
        laborat. Vir est tranquillus, nec multas noctes huic similes vidit. De ponte lux videtur quae lente \
        vertitur, et pueri non dormiunt, quod eis magnum gaudium est ut in mari navem videant.",
    ];

    #[test]
    fn common_words_tell_what_the_profiles_tell() {
        for (tag, text) in PLAIN {
            assert_eq!(plain_language(text), Some(tag), "{text}");
            let found = whatlang::detect(text).map(|found| found.lang().code());
            let pair = found.map(|code| format!("{code}={tag}"));
            assert!(
                pair.is_some_and(|pair| super::super::TAGS.contains(&pair)),
                "{tag}: {found:?}"
            );
        }
    }

    #[test]
    fn common_words_claim_no_other_language() {
        for text in RELATED {
            assert_eq!(plain_language(text), None, "{text}");
        }
        for (one, first) in PLAIN {
            assert!(!is_plainly_english(first, first));
            for (other, second) in PLAIN.iter().filter(|(other, _)| *other != one) {
                let mixed = format!("{first} {second}");
                assert_eq!(plain_language(&mixed), None, "{one} and {other}");
            }
        }
    }

    #[test]
    fn few_words_tell_nothing() {
        assert_eq!(
            plain_language("der die das und nicht mit dem ein eine auf"),
            None
        );
    }

    #[test]
    fn plain_english_is_what_the_profiles_say_too() {
        let english = "The keeper of the light was asked to write the story of the lamp and of \
            those who tend it, and the editors of the paper were glad to print it in the autumn. ";
        let plain = |text: &str| is_plainly_english(text, text);
        assert!(plain(&english.repeat(3)));
        let found = whatlang::detect(&english.repeat(3)).map(|found| found.lang());
        assert_eq!(found, Some(whatlang::Lang::Eng));
        let dutch = "De wachter van het licht is gevraagd om het verhaal of de legende van de lamp \
            te schrijven, en de krant was blij om het in de herfst te drukken. ";
        assert!(!plain(&dutch.repeat(3)));
        let scattered = "The band The Was played to and of the Is in Lyon hier soir devant une \
            foule qui attendait depuis des heures sous la pluie et le vent du nord. ";
        assert!(!plain(&scattered.repeat(3)));
    }
}
