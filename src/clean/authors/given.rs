//! Given and family names that tell in which order a name is written, and where one ends.

/// Common given names, in lower case.
pub(super) const GIVEN: &str = "
    aaron abdul abdullah adam agnes ahmed alan albert alejandro aleksander alex alexander alexandra
    alexei alfred ali alice amanda amy ana anastasia anatoly anders andrea andreas andrei andrew andrey
    andrzej angela anita ann anna anne annie anthony anton antoine antonio arthur astrid barbara
    beatrice ben benjamin bernard bernd bert beth betty björn boris brian bruno camille carl carla carlos
    carmen caroline catherine cecilia charles charlotte chiara chloe chris christian christina christine
    christoph christopher claire clara claudia claudio craig daisy dan daniel daniela david deborah denis
    diana diego dieter dirk dmitri dmitry dominique donald dora dorothy eduardo edward elena eleanor elias
    elisabeth elizabeth ella ellen emil emily emma enrique eric erik ernest esther eva evelyn fatima felix
    fernando fiona florian frances francesca francesco francis francisco franz françois frank fred
    frederick friedrich gabriel gabriela george georg georges gerald gerhard giovanni giulia giuseppe
    gloria grace greg gregory günter guillaume gustav hannah hans harold harry hassan heinrich helen
    helena helga henri henry hermann hugo ian ibrahim igor ingrid irene irina isaac isabel isabella ivan
    jack jacob jacques jakob james jan jane janet jason javier jean jeff jennifer jens jerry jessica jim
    joan joanna joe joel johan johann johannes john jonathan jorge josé josef joseph joshua juan juana
    judith julia julian julie jürgen karen karin karl karolina kate katharina katherine kathleen katie
    keith kenneth kevin khalid klaus konstantin krzysztof lars laura lauren laurent leo leon leonard
    leonardo leonid lewis liam linda lisa louis louise luc lucas lucia lucy luigi luis luisa lukas magda
    manuel marc marcel marco marcus margaret maria marie marina mario mark markus marta martha martin mary
    matteo matthew matthias maurice max maxim mehmet melissa michael michel michelle miguel mikhail mohamed
    mohammed monica monika muhammad mustafa nadia nancy natalia natalie natasha nathan neil nicholas nick
    nicola nicolas nicole nikolai nina nora olaf oleg olga oliver olivia omar oscar otto pablo pamela
    paolo pascal patricia patrick paul paula pavel pedro peter petra philip philippe pierre piotr rachel
    rafael rainer ralph raymond rebecca renate ricardo richard rita robert roberto rodrigo roger roman
    ronald rosa rose ruth ryan sally sam samantha samuel sandra sara sarah sean sebastian sergei sergey
    sergio silvia simon simone sofia sonia sophia sophie stefan stefano stella stephanie stephen steve
    steven stuart susan susanne suzanne svetlana sylvia tamara tania tatiana teresa thomas tim timothy
    tobias tom tomas tony ulrich ursula valentina vanessa vera veronica victor victoria viktor vincent
    vladimir walter wendy werner wilhelm william wolfgang xavier yusuf yves zoe
    анна александр алексей андрей борис виктор владимир дмитрий елена иван ирина лев максим мария
    михаил наталья николай ольга павел пётр сергей татьяна юрий фёдор антон";

/// Characters that common Chinese and Korean family names begin with.
pub(super) const FAMILY_NAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧冯馮韩韓曹曾彭萧蕭肖蔡潘田董袁于余叶葉蒋蔣杜苏蘇魏程吕呂丁沈任姚卢盧傅钟鐘姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯向常温溫康施牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧符阮童柯梅盛凌闵閔项項김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민";

/// Names that begin as the attached conjunction of their script does.
pub(super) const ATTACHED_NAMES: &[&str] = &[
    "وليد",
    "وائل",
    "وسيم",
    "وسام",
    "وفاء",
    "وجيه",
    "وداد",
    "وديع",
    "وحيد",
    "وهبي",
    "وهبة",
    "وجدي",
    "وصفي",
    "ولاء",
    "ورد",
    "وردة",
    "والي",
    "ורד",
    "ורדה",
    "ויקטור",
    "ויקי",
    "ולדימיר",
    "ויטלי",
    "ויולט",
    "ונסה",
    "וייס",
    "וינר",
    "וקסמן",
    "וולף",
    "וגנר",
];
