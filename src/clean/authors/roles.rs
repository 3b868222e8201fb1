//! What people do for an article, in the languages that archives hold.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a word says of the name beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Wrote, reported or told it.
    Writer,
    /// Translated it: named only where no writer is.
    Translator,
    /// Edited it, took or drew its pictures: named only where neither of those is.
    Helper,
    /// Where it comes from: no author.
    Source,
}

/// Roles and works of those who wrote or reported; in small letters.
const WRITERS: &str = "作者|原创|原創|文|文字|撰文|撰稿|撰稿人|撰写|主笔|记者|記者|采访|採訪|采写|採寫|采访记者|採訪記者|本报记者|特约记者|特约撰稿\
    |特约撰稿人|编译|編譯|报道|報道|报导|報導|综合报道|綜合報道|綜合報導|综合|整理|口述|讲述|特派记者|特派員\
    |特派员|筆者|執筆|取材|著者|著|聞き手|語り手|語り|構成|記|文責|寄稿|ライター|通讯员|通訊員|评论员|評論員|实习生|作\
    |기자|특파원|글|작성자|저자|지은이|글쓴이|취재|정리|기고|인턴기자|위원|논설위원|선임기자|통신원|칼럼니스트|평론가|앵커|작가|교수|연구원|객원기자\
    |author|authors|writer|reporter|text|words|story|correspondent|interview|interviewer|analysis|opinion|essay|report\
    |reporting|writing|guest post|guest author|guest column|contributor|columnist|commentary|transcript|told\
    |autor|autorin|autoren|autor:in|autor*in|reporterin|gastbeitrag|gastkommentar|kommentar|analyse|bericht|reportage|protokoll\
    |gespräch|korrespondent|korrespondentin|essay|kolumne|interviewt|aufgezeichnet|beitrag|artikel\
    |auteur|auteure|auteurs|autrice|texte|textes|entretien|récit|enquête|tribune|chronique\
    |propos|correspondant|correspondante|journaliste|envoyé spécial|envoyée spéciale|reporter|article|rédacteur|rédactrice\
    |autora|autores|autoras|texto|textos|redactor|redactora|redacción|reportero|reportera|periodista|corresponsal|enviado especial\
    |enviada especial|entrevista|reportaje|crónica|análisis|columna|opinión|informe|reportagem\
    |crônica|análise|entrevistador|repórter|correspondente|jornalista|enviado|escrito\
    |autore|autori|testo|testi|intervista|inchiesta|articolo|corrispondente|inviato|inviata|giornalista\
    |автор|авторы|текст|интервью|корреспондент|собкор|спецкор|журналист|обозреватель|колумнист|репортаж|беседа|статья\
    |автор текста|специальный корреспондент|собственный корреспондент|материал\
    |yazar|yazan|muhabir|haber|röportaj|derleyen|söyleşi|metin|yazı|muhabiri\
    |tekst|autorzy|autorka|rozmowa|wywiad|opracowanie|dziennikarz|dziennikarka|korespondent|korespondentka\
    |schrijver|redacteur|verslaggever|verslag|correspondente|journalist|skribent|journalistin\
    |συντάκτης|συντάκτρια|κείμενο|ρεπορτάζ|συνέντευξη|δημοσιογράφος|ανταποκριτής|επιμέλεια κειμένου|γράφει|συγγραφέας|άρθρο\
    |الكاتب|كتب|كتبت|بقلم|المؤلف|تأليف|إعداد|حوار|تحقيق|تقرير|مراسل|الصحفي|مراسلنا\
    |מאת|כתב|כתבת|כתבה|ראיון|כותב|מחבר|מראיין|טקסט|כתבנו\
    |tác giả|bài|bài viết|người viết|biên dịch|phóng viên|thực hiện|theo\
    |ผู้เขียน|เรื่อง|โดย|เรียบเรียง|ผู้สื่อข่าว|เขียนโดย|เรื่องโดย|สัมภาษณ์|บทความ|รายงาน|แปลโดย";

/// Roles and works of those who edited, took or drew pictures; in small letters.
const HELPERS: &str = "编辑|編輯|责编|責編|责任编辑|責任編輯|值班编辑|主编|主編|总编辑|总编|校对|校對|审校|摄影|攝影|图|圖|图片|圖片|图文|審稿|审核\
    |终审|复审|初审|审|校|监制|監製|策划|策劃|制图|製圖|漫画|插画|插圖|设计|設計|排版|视频|剪辑|配图|出品|編集|撮影|写真|イラスト|監修|図版|作図\
    |편집|편집자|사진|그림|영상|일러스트|감수|그래픽|편집위원\
    |editor|editors|editing|photos|photo|photographs|photography|pictures|picture|images|image|illustration|illustrations|photographer\
    |illustrator|video|graphics|graphic|producer|edited|editor-in-chief|fact-checking|audio\
    |redaktion|redakteur|redakteurin|lektorat|fotos|foto|fotografie|fotograf|fotografin|bild|bilder|illustrationen|grafik|zeichnung|schnitt\
    |éditeur|éditrice|rédaction|édition|photographe|photographies|dessin|dessins|infographie|vidéo|montage|relecture\
    |fotografía|fotografías|fotógrafo|fotógrafa|imagen|imágenes|edición|editora|ilustración|ilustraciones|edição|fotografia|imagens\
    |ilustração|revisão|vídeo|disegni|illustrazioni|fotografo|cura|revisione|redazione\
    |редактор|редакция|фото|фотограф|фотографии|иллюстрации|иллюстрация|рисунок|видео|редактура|корректор|корректура|монтаж|под редакцией\
    |fotoğraf|fotoğraflar|fotoğrafçı|editör|çizim|görsel|kamera|redaksiyon\
    |zdjęcia|zdjęcie|redakcja|redaktor|fot|ilustracje|rysunki|korekta|grafika\
    |beeld|fotografe|eindredactie|redactie|illustraties|illustratie\
    |επιμέλεια|φωτογραφίες|φωτογραφία|φωτό|εικονογράφηση|επιμελητής\
    |تصوير|تحرير|صورة|صور|رسوم|عدسة|محرر|المحرر\
    |צילום|צילומים|עריכה|איור|איורים|עורך|עורכת|צלם\
    |ảnh|biên tập|hiệu đính|minh họa|đồ họa|hình ảnh\
    |ภาพ|ภาพถ่าย|บรรณาธิการ|ช่างภาพ|ภาพประกอบ|ภาพโดย|กราฟิก";

/// Works of those who translated it.
const TRANSLATORS: &str = "翻译|翻譯|译者|譯者|译|譯|訳|翻訳|訳者|옮긴이|번역|translator|translation|übersetzung|übersetzer|übersetzerin\
    |traduction|traducteur|traductrice|traducción|traductor|traductora|tradução|tradutor|tradutora\
    |traduzione|traduttore|traduttrice|перевод|переводчик|çeviren|çeviri|tercüme|tłumaczenie|tłumacz\
    |przekład|vertaling|vertaler|μετάφραση|ترجمة|المترجم|תרגום|תרגם|dịch|người dịch|dịch giả|แปล\
    |ผู้แปล|översättning|översättare|oversættelse|oversetter";

/// Words before what an article was taken from.
const SOURCES: &str = "来源|來源|稿源|出处|出處|转自|轉自|出典|引用元|출처|자료|source|sources|quelle|quellen|fuente|fuentes|fonte|fonti\
    |источник|источники|kaynak|źródło|bron|πηγή|المصدر|מקור|nguồn|ที่มา|credit|via";

/// Words that stand before a name and its role, or between a role and its name.
const SMALL_WORDS: &str = "a|an|the|our|ein|eine|einem|einer|unser|unsere|unserem|unserer|un|une|notre|de notre|nos|uno|una|nuestro|nuestra\
    |nuestros|el|la|le|il|lo|um|uma|nosso|nossa|o|onze|een|het|de|da|do|del|nostro|nostra|dal|dalla|наш|наша|vom|von unserem|mit";

/// Words that only say who somebody is, behind a name or before it: nobody is called so.
const TITLES: &str = "reporter|editor|editors|correspondent|photographer|translator|author|authors|editor-in-chief|columnist|contributor\
    |journalist|producer|professor|lecturer|researcher|fellow|director|analyst|intern|freelancer|commentator|critic|critics|blogger|president|chairman\
    |historian|economist|publisher|redaktion|redakteur|redakteurin|reporterin|korrespondent|korrespondentin|muhabir|muhabiri|autor|autorin\
    |journalistin|chefredakteur|chefredakteurin|volontär|volontärin|professorin|correspondant|correspondante|journaliste|rédacteur|rédactrice\
    |envoyé|envoyée|chroniqueur|professeur|chercheur|redactor|redactora|corresponsal|periodista|enviado|enviada|editora|columnista|profesor\
    |profesora|jornalista|repórter|correspondente|colunista|corrispondente|inviato|inviata|giornalista|redattore|direttore|корреспондент\
    |журналист|журналистка|редактор|обозреватель|колумнист|спецкор|собкор|профессор|политолог|историк|юрист|главный|специальный\
    |yazar|yazarı|editör|editörü|gazeteci|redaktor|redaktorka|dziennikarz|dziennikarka|korespondent|korespondentka|publicysta\
    |redacteur|verslaggever|correspondente|hoofdredacteur|journaliste|columniste|skribent\
    |συντάκτης|συντάκτρια|δημοσιογράφος|ανταποκριτής|ανταποκρίτρια";

/// Words before a role that make it one where the role may be somebody's name: `Staff Writer`.
const QUALITIES: &str = "staff|senior|junior|chief|lead|contributing|guest|freelance|special|political|science|technology|tech|business|sports|sport\
    |foreign|national|international|local|health|education|environment|culture|arts|fashion|travel|food|features|feature|news|deputy|managing\
    |executive|associate|assistant|investigative|digital|web|opinion|economics|crime|court|city|metro|media|music|film|book|books|climate|diplomatic";

/// Agencies and others of whom articles are taken, in small letters.
const AGENCIES: &str = "reuters|afp|ap|associated press|the associated press|dpa|apa|sda|keystone-sda|epd|kna|sid|efe|ansa|adnkronos|agi|lusa|anp\
    |belga|tass|тасс|риа новости|интерфакс|xinhua|新华社|新華社|中新社|中央社|法新社|美联社|路透社|yonhap|연합뉴스|뉴시스|뉴스1|共同|共同通信|時事\
    |時事通信|anadolu|anadolu ajansı|aa|iha|dha|pap|itar-tass|bloomberg|upi|press association|pa media|pa|wires|wire services|wire reports\
    |agencies|agency|news agencies|staff|staff and agencies|agence|agences|agencias|agencia|agências|agência|agenzie|agenzia|agenturen|agentur\
    |агентства|агентств|агентствами|ajanslar|agencje|agentschappen|bbc|bbc news|cnn|npr|the conversation|guardian staff|وكالات|الوكالات|أ ف ب|رويترز|סוכנויות";

static ROLES: LazyLock<HashMap<&'static str, Role>> = LazyLock::new(|| {
    let lists = [
        (SOURCES, Role::Source),
        (HELPERS, Role::Helper),
        (TRANSLATORS, Role::Translator),
        (WRITERS, Role::Writer),
    ];
    let words = lists
        .into_iter()
        .flat_map(|(list, role)| list.split('|').map(move |word| (word.trim(), role)));
    words.collect()
});

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split('|').map(str::trim).collect()
}

static SMALL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(SMALL_WORDS));
static TITLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(TITLES));
static QUALITY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(QUALITIES));
static AGENCY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(AGENCIES));

/// The role that a word or a phrase names, in any case.
pub(super) fn role_of(phrase: &str) -> Option<Role> {
    let phrase = phrase.trim().to_lowercase();
    let bare = phrase.trim_end_matches('.');
    ROLES.get(bare).copied()
}

/// The role that a label of several words names, such as `Text und Fotos`: writing wins.
pub(super) fn role_within(label: &str) -> Option<Role> {
    if let Some(role) = role_of(label) {
        return Some(role);
    }
    let words = label.split([' ', '&', '+', ',', '/', '／', '·', '・', '、', '-']);
    let roles: Vec<Role> = words.filter_map(role_of).collect();
    let any = |wanted| roles.iter().copied().find(|role| *role == wanted);
    any(Role::Writer)
        .or_else(|| any(Role::Translator))
        .or_else(|| any(Role::Helper))
        .or_else(|| any(Role::Source))
}

/// Whether a word may stand before a role, such as an article.
pub(super) fn is_small_word(word: &str) -> bool {
    SMALL.contains(word.to_lowercase().as_str())
}

/// Whether a word only says who somebody is.
pub(super) fn is_title(word: &str) -> bool {
    TITLE.contains(word.to_lowercase().as_str())
}

/// Whether a word makes the one behind it a role.
pub(super) fn is_quality(word: &str) -> bool {
    QUALITY.contains(word.to_lowercase().as_str())
}

/// Whether a text names agencies, and nobody.
pub(super) fn is_agency(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').to_lowercase();
    AGENCY.contains(text.as_str())
}

/// The role at the end of a word in Chinese or Korean, of at least two characters: `财新记者`,
/// `논설위원`.
pub(super) fn role_at_end(word: &str) -> Option<Role> {
    let mut starts = word.char_indices().map(|(start, _)| start);
    let last = word.chars().count().checked_sub(1)?;
    starts
        .by_ref()
        .take(last)
        .find_map(|start| role_of(word.get(start..)?))
}
