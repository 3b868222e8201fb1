//! The words of which written times are made, in the languages that archives hold.

use super::fold::folded;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The longest phrase of the tables, in characters.
const LONGEST: usize = 28;

/// The shortest beginning of a name that stands for it, in characters.
const SHORTEST: usize = 3;

/// The months, one language a line, the months parted by bars and the forms of each by commas.
/// The first letters of a name stand for it where they are no other month's of the language; where
/// they mean different months in different languages, the earlier line wins.
pub(super) const MONTHS: &[&str] = &[
    "january|february|march|april|may|june|july|august|september|october|november|december",
    "janvier|février,fevr|mars|avril|mai|juin|juillet,jul|août|septembre|octobre|novembre|décembre",
    "januar,jänner|februar,feber|märz,maerz,mrz|april|mai|juni|juli|august|september|oktober|november|dezember",
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre,setiembre|octubre|noviembre|diciembre",
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
    "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
    "январь,января|февраль,февраля|март,марта|апрель,апреля|май,мая|июнь,июня|июль,июля|август,августа|сентябрь,сентября|октябрь,октября|ноябрь,ноября|декабрь,декабря",
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    "styczeń,stycznia|luty,lutego|marzec,marca|kwiecień,kwietnia|maj,maja|czerwiec,czerwca|lipiec,lipca|sierpień,sierpnia|wrzesień,września|październik,października|listopad,listopada|grudzień,grudnia",
    "januari|februari|maart,mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|desember",
    "leden,ledna|únor,února|březen,března|duben,dubna|květen,května|červen,června|červenec,července|srpen,srpna|září|říjen,října|listopad,listopadu|prosinec,prosince",
    "січень,січня|лютий,лютого|березень,березня|квітень,квітня|травень,травня|червень,червня|липень,липня|серпень,серпня|вересень,вересня|жовтень,жовтня|листопад,листопада|грудень,грудня",
    "ιανουάριος,ιανουαρίου|φεβρουάριος,φεβρουαρίου|μάρτιος,μαρτίου|απρίλιος,απριλίου|μάιος,μαΐου|ιούνιος,ιουνίου|ιούλιος,ιουλίου|αύγουστος,αυγούστου|σεπτέμβριος,σεπτεμβρίου|οκτώβριος,οκτωβρίου|νοέμβριος,νοεμβρίου|δεκέμβριος,δεκεμβρίου",
    "ינואר,בינואר|פברואר,בפברואר|מרץ,במרץ,מרס,במרס|אפריל,באפריל|מאי,במאי|יוני,ביוני|יולי,ביולי|אוגוסט,באוגוסט|ספטמבר,בספטמבר|אוקטובר,באוקטובר|נובמבר,בנובמבר|דצמבר,בדצמבר",
    "يناير|فبراير|مارس|أبريل|مايو|يونيو,يونيه|يوليو,يوليه|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت,غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
    "มกราคม,ม.ค,มค|กุมภาพันธ์,ก.พ,กพ|มีนาคม,มี.ค,มีค|เมษายน,เม.ย,เมย|พฤษภาคม,พ.ค,พค|มิถุนายน,มิ.ย,มิย|กรกฎาคม,ก.ค,กค|สิงหาคม,ส.ค,สค|กันยายน,ก.ย,กย|ตุลาคม,ต.ค,ตค|พฤศจิกายน,พ.ย,พย|ธันวาคม,ธ.ค,ธค",
    "tháng giêng,tháng một|tháng hai|tháng ba|tháng tư|tháng năm|tháng sáu|tháng bảy|tháng tám|tháng chín|tháng mười|tháng mười một|tháng mười hai,tháng chạp",
    "januari|februari,pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november,nopember|desember",
    "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
    "január,januára|február,februára|marec,marca|apríl,apríla|máj,mája|jún,júna|júl,júla|august,augusta|september,septembra|október,októbra|november,novembra|december,decembra",
    "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie",
    "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
    "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
    "जनवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर,सितम्बर|अक्टूबर,अक्तूबर|नवंबर,नवम्बर|दिसंबर,दिसम्बर",
    "tammikuu,tammikuuta|helmikuu,helmikuuta|maaliskuu,maaliskuuta|huhtikuu,huhtikuuta|toukokuu,toukokuuta|kesäkuu,kesäkuuta|heinäkuu,heinäkuuta|elokuu,elokuuta|syyskuu,syyskuuta|lokakuu,lokakuuta|marraskuu,marraskuuta|joulukuu,joulukuuta",
];

/// Days of the week, which say nothing that the date does not. First letters stand for a name.
pub(super) const WEEKDAYS: &str = "monday|tuesday|wednesday|thursday|friday|saturday|sunday\
    |montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|mo|di|mi|do|fr|sa|so\
    |lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche\
    |lunes|martes|miércoles|jueves|viernes|sábado|domingo\
    |lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica\
    |segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira\
    |понедельник|вторник|среда|среду|четверг|пятница|пятницу|суббота|субботу|воскресенье|пн|вт|ср|чт|пт|сб|вс\
    |pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|pzt|cmt\
    |poniedziałek|wtorek|środa|środę|czwartek|piątek|sobota|niedziela|pn|wt|śr|czw|pt|sob|ndz|nd\
    |maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|wo|vr|za|zo\
    |måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|lørdag|søndag\
    |pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle|po|út|st|čt|pá|ne\
    |понеділок|вівторок|середа|четвер|п'ятниця|п’ятниця|субота|неділя|нд\
    |δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή\
    |יום ראשון|יום שני|יום שלישי|יום רביעי|יום חמישי|יום שישי|יום שבת|ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת\
    |יום א׳|יום ב׳|יום ג׳|יום ד׳|יום ה׳|יום ו׳\
    |الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد\
    |دوشنبه|سه‌شنبه|سه شنبه|چهارشنبه|پنجشنبه|پنج‌شنبه|جمعه|شنبه|یکشنبه|یک‌شنبه\
    |วันจันทร์|วันอังคาร|วันพุธ|วันพฤหัสบดี|วันศุกร์|วันเสาร์|วันอาทิตย์|จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์\
    |จ.|อ.|พ.|พฤ.|ศ.|ส.|อา.\
    |thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|t2|t3|t4|t5|t6|t7|cn\
    |senin|selasa|rabu|kamis|jumat|jum'at|sabtu|minggu\
    |hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap\
    |luni|marți|miercuri|joi|vineri|sâmbătă|duminică\
    |dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge\
    |maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaina|tiistaina|keskiviikkona\
    |torstaina|perjantaina|lauantaina|sunnuntaina|ke|to|pe|la|su\
    |월요일|화요일|수요일|목요일|금요일|토요일|일요일\
    |月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日|月曜|火曜|水曜|木曜|金曜|土曜|日曜\
    |星期一|星期二|星期三|星期四|星期五|星期六|星期日|星期天|礼拜一|礼拜二|礼拜三|礼拜四|礼拜五|礼拜六|礼拜日|礼拜天\
    |禮拜一|禮拜二|禮拜三|禮拜四|禮拜五|禮拜六|禮拜日|禮拜天\
    |周一|周二|周三|周四|周五|周六|周日|週一|週二|週三|週四|週五|週六|週日";

/// Days of the week of one letter, which stand in parentheses.
pub(super) const WEEKDAY_LETTERS: &str = "月火水木金土日월화수목금토일一二三四五六";

/// Words that join the parts of a time.
const JOINTS: &str = "at|on|of|the|à|a|le|um|am|den|der|dem|uhr|vom|von|ab|les|la|las|a las|a la|el|de|del|d|di|do|da\
    |em|às|as|alle|all|alle ore|ore|ora|il|lo|в|во|у|о|об|г|год|года|р|рік|року|saat|saati|klo|kello|kl|o|godz|godzina\
    |godzinie|o godz|dnia|dne|v|ve|ob|od|roku|r|om|op|te|στις|στη|την|τις|ώρα|בשעה|ב|ה|في|الساعة|على|عند|يوم|بتاريخ|ساعت\
    |เวลา|เมื่อ|ที่|วันที่|ณ|น|พ.ศ|ค.ศ|vào|lúc|ngày|năm|hồi|pukul|pada|tanggal|jam|和|于|於|在|に|の|och|und|et|en|y|e|as of\
    |h|hrs|hours|heures|horas|min|uur|u|den|tgl|de las|aos|il giorno";

/// What stands before a time and says what it is the time of.
const LABELS: &str = "published|first published|originally published|last changed|last revised|post updated|article published|written on|online since|available since|first seen|last reviewed|first created|last modified on|posting date|publishing date|creation date|date created|date updated|date modified|update date|updated date|originally posted|posted|updated|last updated|modified\
    |last modified|edited|last edited|created|written|date|time|released|revised|reviewed|submitted|uploaded|issued\
    |publication date|publish date|published date|date published|date posted|post date|release date|dated|pub date|pubdate\
    |last update|update|added|first posted|saved|archived|since\
    |veröffentlicht|veröffentlichung|veröffentlichungsdatum|erscheinungsdatum|publiziert|publiziert am|erstveröffentlichung|online seit|hochgeladen|zuletzt überarbeitet|aktualisiert|zuletzt aktualisiert|zuletzt geändert|zuletzt bearbeitet|geändert|erstellt\
    |stand|geschrieben|bearbeitet|datum|erschienen|letzte änderung|letzte aktualisierung|gepostet\
    |publié|publiée|publication|publié en ligne|date de parution|date de mise à jour|actualisée|rédigé|parution|mis à jour|mise à jour|dernière mise à jour|modifié|modifiée|dernière modification|créé|paru|posté|écrit\
    |date de publication|mis en ligne|actualisé\
    |publicado|publicada|actualizado|actualizada|última actualización|modificado|última modificación|fecha|creado|escrito\
    |fecha de publicación|publicación|editado|publicado en línea|fecha de actualización|actualización|fecha de creación|subido|hora\
    |pubblicato|pubblicata|aggiornato|aggiornata|ultimo aggiornamento|aggiornamento|modificato|ultima modifica|data|scritto\
    |creato|pubblicazione|data di pubblicazione|inserito|data pubblicazione|data articolo|data di aggiornamento|pubblicato online|postato\
    |atualizado|atualizada|atualização|data da publicação|data de atualização|criado em|modificado em|última atualização|postado|criado|publicação|data de publicação|última modificação\
    |gepubliceerd|geplaatst|datum publicatie|publicatie|gewijzigd op|aangemaakt|verschenen|laatste wijziging|geüpdatet|bijgewerkt|gewijzigd|laatst bijgewerkt|laatst gewijzigd|laatste update|publicatiedatum\
    |опубликовано|опубликован|опубликована|обновлено|обновлён|изменено|дата|размещено|последнее обновление|создано\
    |дата публикации|добавлено|публикация|дата выхода|дата создания|время публикации|вышло|написано|дата обновления|отредактировано\
    |опубліковано|оновлено|змінено|останнє оновлення|дата публікації|створено\
    |opublikowano|opublikowany|zaktualizowano|aktualizacja|ostatnia aktualizacja|data publikacji|dodano|data dodania|data utworzenia|data aktualizacji|zamieszczono|ostatnia zmiana|zmodyfikowano|publikacja z dnia|utworzono|publikacja\
    |yayınlanma|yayınlanma tarihi|yayın tarihi|giriş tarihi|giriş|eklenme tarihi|oluşturulma tarihi|düzenlenme|son düzenleme|haber tarihi|yayınlandı|yayımlandı|yayınlama tarihi|güncellendi|güncelleme|güncelleme tarihi\
    |güncellenme tarihi|son güncelleme|son güncellenme|tarih|oluşturulma|eklenme\
    |publicerad|publicerat|uppdaterad|senast uppdaterad|ändrad|skapad|postad\
    |publisert|oppdatert|sist oppdatert|endret|publiceret|offentliggjort|opdateret|sidst opdateret|ændret\
    |julkaistu|päivitetty|viimeksi päivitetty|muokattu\
    |publikováno|zveřejněno|aktualizováno|vydáno|upraveno|poslední aktualizace|vytvořeno\
    |δημοσιεύτηκε|δημοσιεύθηκε|δημοσίευση|ενημερώθηκε|ενημέρωση|τελευταία ενημέρωση|ημερομηνία\
    |פורסם|עודכן|עדכון אחרון|תאריך|נכתב|עודכן לאחרונה\
    |نشر|نشرت|تم النشر|تاريخ النشر|آخر تحديث|تحديث|تاريخ|منتشر شده|به‌روزرسانی\
    |เผยแพร่|เผยแพร่เมื่อ|อัปเดต|อัปเดตล่าสุด|อัพเดต|แก้ไขล่าสุด|โพสต์|โพสต์เมื่อ|ปรับปรุง\
    |xuất bản|cập nhật|cập nhật lần cuối|đăng|đã đăng|ngày đăng|đăng ngày|đăng lúc\
    |diterbitkan|dipublikasikan|diperbarui|terakhir diperbarui|terbit|diubah|diposting\
    |közzétéve|frissítve|megjelent|publicat|actualizat|publicat el|actualitzat\
    |입력|수정|등록|작성|게시|승인|발행|업데이트|최종수정|최종 수정|최종 업데이트|등록일|작성일|게시일|발행일|수정일|입력일|기사입력|기사수정|입력시간\
    |公開|公開日|公開日時|更新|更新日|更新日時|最終更新|最終更新日|最終更新日時|投稿|投稿日|投稿日時|作成|作成日|掲載|掲載日|配信|発表|発表日|発行日|日付|日時\
    |发布|发布于|发布时间|发布日期|发表|发表于|发表时间|更新于|更新时间|最后更新|最后更新于|最近更新|修改|修改于|修改时间|编辑于|时间|日期|创建于|创建时间|发布在\
    |撰写于|写于|来源时间|發布|發佈|發布於|發佈於|發布時間|發佈時間|發布日期|發表|發表於|發表時間|更新於|更新時間|最後更新|時間|編輯於|刊登|張貼於|修改時間";

/// The morning half of a clock of twelve hours.
const MORNING: &str = "am|a.m.|a.m|a. m.|a m|上午|午前|凌晨|早上|清晨|早晨|오전|새벽|아침|ص|صباحا|ق.ظ.|ق.ظ|قبل‌ازظهر|π.μ.|πμ|π. μ.\
    |öö|sa|sáng|dop.|dop|dopoledne|fm|f.m.|ap.|ap|de la mañana|da manhã|del mattino|לפנה״צ|לפנה\"צ|בבוקר|pagi|पूर्वाह्न\
    |ก่อนเที่ยง|утра|ранку|di mattina|du matin";

/// The other half.
const AFTERNOON: &str = "pm|p.m.|p.m|p. m.|p m|下午|晚上|傍晚|午后|午後|夜|오후|저녁|밤|م|مساء|ب.ظ.|ب.ظ|بعدازظهر|μ.μ.|μμ|μ. μ.\
    |ös|ch|chiều|tối|odp.|odp|odpoledne|em|e.m.|ip.|ip|de la tarde|de la noche|da tarde|da noite|di sera\
    |אחה״צ|אחה\"צ|בערב|sore|malam|अपराह्न|หลังเที่ยง|вечера|дня|вечора|de l'après-midi|du soir";

/// The two hours around noon.
const NOON: &str = "中午|正午|정오";

/// What stands between an hour and its minutes, or behind an hour alone.
const HOURS: &str = "h|u|uhr|uur|heures|heure|horas|hora|hrs|hr|hours|hour|ore|ora|hodin|hod|godz|godzina|saat|ч|час|часа|часов\
    |год|години|giờ|นาฬิกา|ώρα|时|時|点|點|시|整";

/// What stands behind minutes.
const MINUTES: &str = "分|분|min|mins|m|minuten|minutes|minutos|minuti|minuut|minut|minuty|phút|мин|минут|минуты|хв|dk|dakika|นาที";

/// What stands behind a time and adds nothing to it.
const TRAILINGS: &str = "uhr|uur|u|h|hrs|hr|hours|horas|hora|heures|ore|ora|hod|hodin|o'clock|o’clock|น|นาฬิกา|г|гг|год|года|году\
    |р|року|рік|r|roku|rok|g|god|godine|gada|ч|час|часов|saat|년|年|tarihinde|tarihli|kl|klo|hora local|ora locale|heure locale\
    |م|ميلادي|ميلادية|ortszeit|local time|по москве|по киеву|по мск|czasu|saatte";

/// What follows a number where it tells how long a text takes to read.
const READINGS: &str = "min read|mins read|minute read|minutes read|min. read|minutes to read|minute to read|min to read\
    |min reading|minutes reading time|min de lecture|minutes de lecture|min lesezeit|min. lesezeit|minuten lesezeit\
    |minuten lesedauer|min de lectura|min. de lectura|minutos de lectura|min de leitura|minutos de leitura\
    |min di lettura|minuti di lettura|мин чтения|мин. чтения|минут чтения|минуты чтения|хв читання|min leestijd|min. leestijd\
    |minuten leestijd|min czytania|min. czytania|minut czytania|dk okuma|dakika okuma|dk. okuma|dakikalık okuma\
    |min läsning|min lästid|min lukuaika|phút đọc|分钟阅读|分鐘閱讀|分钟|分鐘|分で読めます|분 읽기|분 소요|דקות קריאה|دقائق قراءة|دقيقة قراءة";

/// What follows the number of a day.
const ORDINALS: &str =
    "st|nd|rd|th|er|re|ère|e|ème|o|a|η|ης|ο|ος|го|е|ое|ый|й|ste|de|ος|ν|-го|-е|-й|-a|-e|:a|:e|º|ª";

/// Eras, and what is added to their years.
const ERAS: &[(&str, i32)] = &[
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
    ("中華民國", 1911),
    ("民國", 1911),
    ("民国", 1911),
    ("r", 2018),
    ("h", 1988),
    ("s", 1925),
];

/// Years of which only the name is written, and of the Buddhist era of Thailand.
const RECKONINGS: &[(&str, i32)] = &[
    ("西暦", 0),
    ("公元", 0),
    ("西元", 0),
    ("ค.ศ.", 0),
    ("พ.ศ.", -543),
    ("พุทธศักราช", -543),
];

/// Names of offsets in minutes: RFC 2822 (section 4.3) and those of sites elsewhere.
const OFFSETS: &str = "z 0|ut 0|utc 0|gmt 0|est -300|edt -240|cdt -300|mst -420|ist 330|mdt -360|pst -480|pdt -420|hkt 480\
    |jst 540|kst 540|bst 60|wet 0|west 60|cet 60|cest 120|mez 60|mesz 120|eet 120|eest 180|msk 180|мск 180|trt 180|wib 420\
    |wita 480|wit 540|ict 420|sgt 480|aest 600|aedt 660|nzst 720|nzdt 780|brt -180|hst -600|akst -540|akdt -480|北京时间 480\
    |日本時間 540|한국시간 540|北京時間 480|臺北時間 480|台北時間 480|台北时间 480|香港時間 480|香港时间 480|beijing time 480\
    |moscow time 180";

/// Names that stand for several offsets, or for one that the season decides.
const AMBIGUOUS_OFFSETS: &str = "cst|et|ct|mt|pt";

/// Phrases, folded, and what each means.
pub(super) struct Table<T> {
    meanings: HashMap<String, T>,
    /// The characters that phrases begin with, sorted: most texts begin with another one.
    firsts: Vec<char>,
}

impl<T: Copy> Table<T> {
    /// What the longest phrase means that begins a text, and the text after it.
    pub(super) fn strip<'text>(&self, text: &'text str) -> Option<(T, &'text str)> {
        let first = text.chars().next()?;
        self.firsts.binary_search(&first).ok()?;
        let mut ends: Vec<usize> = text
            .char_indices()
            .take(LONGEST)
            .map(|(start, character)| start + character.len_utf8())
            .collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let (phrase, rest) = text.split_at_checked(end)?;
            let meaning = self.meanings.get(phrase).filter(|_| parts(phrase, rest))?;
            Some((*meaning, rest))
        })
    }

    fn of(phrases: impl IntoIterator<Item = (&'static str, T)>) -> Self {
        let folded = |(phrase, meaning)| (folded(phrase), meaning);
        Table::new(phrases.into_iter().map(folded).collect())
    }

    fn new(meanings: HashMap<String, T>) -> Self {
        let firsts = meanings.keys().filter_map(|phrase| phrase.chars().next());
        let mut firsts: Vec<char> = firsts.collect();
        firsts.sort_unstable();
        firsts.dedup();
        Table { meanings, firsts }
    }
}

fn words(list: &'static str) -> Table<()> {
    Table::of(list.split('|').map(|word| (word.trim(), ())))
}

/// Whether a word ends between two texts.
fn parts(before: &str, after: &str) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    match (last, next) {
        (Some(last), Some(next)) => {
            !next.is_alphabetic() || !last.is_alphabetic() || is_unspaced(last) || is_unspaced(next)
        }
        _ => true,
    }
}

/// Whether a character is of a script that parts no words by spaces.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'
    )
}

pub(super) static MONTH: LazyLock<Table<u32>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for line in MONTHS {
        for (name, month) in names(line) {
            table.entry(name).or_insert(month);
        }
    }
    for line in MONTHS {
        for (start, month) in beginnings(&names(line)) {
            table.entry(start).or_insert(month);
        }
    }
    Table::new(table)
});

/// The forms of a language's months.
fn names(line: &str) -> Vec<(String, u32)> {
    let months = line.split('|').zip(1..);
    months
        .flat_map(|(forms, month)| forms.split(',').map(move |form| (folded(form), month)))
        .collect()
}

/// The first letters of names that are those of one month alone.
fn beginnings(names: &[(String, u32)]) -> Vec<(String, u32)> {
    let belongs = |start: &str, month: u32| {
        let mut others = names.iter().filter(|(_, other)| *other != month);
        !others.any(|(name, _)| name.starts_with(start))
    };
    let mut starts = Vec::new();
    for (name, month) in names {
        let ends = name.char_indices().map(|(end, _)| end).skip(SHORTEST);
        let all = ends.filter_map(|end| name.get(..end));
        starts.extend(
            all.filter(|start| belongs(start, *month))
                .map(|start| (start.to_owned(), *month)),
        );
    }
    starts
}

pub(super) static WEEKDAY: LazyLock<Table<()>> = LazyLock::new(|| {
    let mut table = HashMap::new();
    for name in WEEKDAYS.split('|') {
        let name = folded(name.trim());
        let ends = name.char_indices().map(|(end, _)| end).skip(SHORTEST);
        for start in ends.filter_map(|end| name.get(..end)) {
            table.insert(start.trim_end().to_owned(), ());
        }
        table.insert(name, ());
    }
    Table::new(table)
});

pub(super) static JOINT: LazyLock<Table<()>> = LazyLock::new(|| words(JOINTS));
pub(super) static LABEL: LazyLock<Table<()>> = LazyLock::new(|| words(LABELS));
pub(super) static HOUR: LazyLock<Table<()>> = LazyLock::new(|| words(HOURS));
pub(super) static MINUTE: LazyLock<Table<()>> = LazyLock::new(|| words(MINUTES));
pub(super) static TRAILING: LazyLock<Table<()>> = LazyLock::new(|| words(TRAILINGS));
pub(super) static READING: LazyLock<Table<()>> = LazyLock::new(|| words(READINGS));
pub(super) static ORDINAL: LazyLock<Table<()>> = LazyLock::new(|| words(ORDINALS));
pub(super) static ERA: LazyLock<Table<i32>> = LazyLock::new(|| Table::of(ERAS.iter().copied()));
pub(super) static RECKONING: LazyLock<Table<i32>> =
    LazyLock::new(|| Table::of(RECKONINGS.iter().copied()));

/// A part of the day, where the clock has twelve hours.
#[derive(Clone, Copy)]
pub(super) enum Half {
    Morning,
    Afternoon,
    Noon,
}

pub(super) static HALF: LazyLock<Table<Half>> = LazyLock::new(|| {
    let all = [
        (MORNING, Half::Morning),
        (AFTERNOON, Half::Afternoon),
        (NOON, Half::Noon),
    ];
    Table::of(
        all.into_iter()
            .flat_map(|(list, half)| list.split('|').map(move |word| (word.trim(), half))),
    )
});

/// Offsets in minutes by their names; none where a name is known and its offset is not.
pub(super) static OFFSET: LazyLock<Table<Option<i32>>> = LazyLock::new(|| {
    let known = OFFSETS.split('|').filter_map(|pair| {
        let (name, minutes) = pair.trim().split_once(' ')?;
        Some((name, Some(minutes.parse().ok()?)))
    });
    Table::of(known.chain(AMBIGUOUS_OFFSETS.split('|').map(|name| (name, None))))
});

/// Whether a word is an English name of a month, or its first three letters.
pub(crate) fn names_month(word: &str) -> bool {
    let word = word.to_lowercase();
    let mut months = MONTHS.first().into_iter().flat_map(|line| line.split('|'));
    months.any(|month| month == word || month.get(..SHORTEST) == Some(word.as_str()))
}
