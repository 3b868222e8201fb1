//! Pages that hold no article, known by their form and in several languages, and short ones that do.

use super::clean_as;
use super::sketch::sketch;
use crate::understanding::is_absent;
use offprint::model::{Entry, Head, Markup};
use std::fmt::Write as _;

fn holds_none(title: &str, body: &str) -> bool {
    holds_none_with("", title, body)
}

fn holds_none_with(head: &str, title: &str, body: &str) -> bool {
    let html = format!("<html><head>{head}<title>{title}</title></head><body>{body}</body></html>");
    let head = Head {
        title: Some(title.to_owned()),
        ..Head::default()
    };
    is_absent(&Entry {
        head,
        markup: Markup::Page(html),
        ..Entry::default()
    })
}

/// Two sentences that say nothing of pages, servers and the like.
const PROSE: &str = "The ferry of eight is late today, since the storm has torn the ropes of the quay. \
                     The next one leaves at noon, if the wind turns to the west until then.";

#[test]
fn what_servers_answer_instead_is_no_article_whatever_its_status() {
    let reasons = [
        (400, "Bad Request"),
        (403, "Forbidden"),
        (410, "Gone"),
        (429, "Too Many Requests"),
        (500, "Internal Server Error"),
        (503, "Service Temporarily Unavailable"),
        (504, "Gateway Time-out"),
    ];
    for (status, reason) in reasons {
        for title in [
            format!("{status} {reason}"),
            format!("{status}: {reason} | The Paper"),
            format!("Error {status} - {reason}"),
        ] {
            let body = format!("<h1>{reason}</h1><p>{PROSE}</p>");
            assert!(holds_none(&title, &body), "{title}");
        }
    }
    for title in [
        "500 miles on foot",
        "Gone with the ferry",
        "404 lamps in one town",
        "Forbidden love at sea",
    ] {
        let body = format!("<article><h1>{title}</h1><p>{PROSE}</p></article>");
        assert!(!holds_none(title, &body), "{title}");
    }
}

#[test]
fn pages_that_are_not_found_say_so_in_many_languages() {
    let pages = [
        (
            "Seite nicht gefunden",
            "Die von Ihnen aufgerufene Seite existiert leider nicht mehr. Bitte nutzen Sie die Suche oder gehen Sie zurück zur Startseite.",
        ),
        (
            "Oups, page introuvable",
            "La page que vous cherchez n’existe plus. Vous pouvez retourner à la page d’accueil ou utiliser la recherche du site.",
        ),
        (
            "Página no encontrada",
            "La dirección que ha escrito no existe en este sitio, o el documento ha sido eliminado hace tiempo por la redacción.",
        ),
        (
            "Pagina non trovata",
            "Il documento richiesto non esiste o è stato spostato. Torna alla pagina iniziale e prova a cercare di nuovo.",
        ),
        (
            "Страница не найдена",
            "Возможно, она была удалена или перемещена. Вернитесь на главную и попробуйте найти нужный материал через поиск.",
        ),
        (
            "ページが見つかりませんでした",
            "お探しのページは削除されたか、アドレスが変更された可能性があります。トップページからもう一度お試しください。",
        ),
    ];
    for (title, text) in pages {
        for body in [
            format!("<main><h1>{title}</h1><p>{text}</p></main>"),
            format!("<div><h2>{title}</h2><p>{text}</p></div>"),
        ] {
            assert!(holds_none(title, &body), "{title}");
            assert!(
                holds_none(&format!("{title} | The Paper"), &body),
                "{title}"
            );
        }
    }
    // The article's title is the heading, and only the page's own says what it is.
    let soft = "<title>Page not found – The Paper</title>";
    let body = format!("<main><h1>Sorry, this page has sailed</h1><p>{PROSE}</p></main>");
    assert!(holds_none_with(soft, "Sorry, this page has sailed", &body));
    let sorry = "<main><h1>Sorry, this page does not exist</h1><p>It seems we can’t find what you’re looking for. Perhaps searching can help, or go back to the beginning.</p></main>";
    assert!(holds_none("Sorry, this page does not exist", sorry));
}

#[test]
fn a_question_for_consent_is_no_article_in_any_language() {
    let buttons = "<form><button>No</button><button>Yes</button></form>";
    for (title, text) in [
        (
            "Bevor Sie fortfahren",
            "Wir verwenden Cookies und Daten, um Dienste bereitzustellen. Wenn Sie auf Alle akzeptieren klicken, stimmen Sie zu.",
        ),
        (
            "Avant d’accéder au site",
            "Nous utilisons des cookies et des données pour fournir nos services, et pour mesurer l’audience, si vous le voulez bien.",
        ),
        (
            "Antes de continuar",
            "Usamos cookies y datos para ofrecer nuestros servicios y medir la audiencia. Puede cambiarlo cuando quiera.",
        ),
    ] {
        let body = format!("<h1>{title}</h1><p>{text}</p>");
        assert!(holds_none(title, &format!("{body}{buttons}")), "{title}");
    }
    // A short article over which such a question stands.
    let asked = format!(
        "<article><h1>Ferry late</h1><p>{PROSE}</p></article><div class=ask><h2>Before you continue</h2><p>We use cookies.</p>{buttons}</div>"
    );
    assert!(!holds_none("Ferry late", &asked));
}

#[test]
fn what_only_readers_without_scripts_are_told_is_no_article() {
    let told = "We have detected that JavaScript is disabled in this browser. Please enable JavaScript or switch to a supported browser to continue. See the help for a list of them.";
    for title in ["The Paper", "A story of the sea"] {
        let body = format!("<noscript><p>{told}</p></noscript><div id=root></div>");
        assert!(holds_none(title, &body));
        let with_text = format!("<noscript><p>{told}</p></noscript><div><p>{PROSE}</p></div>");
        assert!(!holds_none(title, &with_text));
    }
}

#[test]
fn lists_of_files_and_of_dated_links_are_no_articles() {
    for (server, count) in [("Index of /pub", 3), ("Directory listing for /a/b", 20)] {
        let mut list = format!("<h1>{server}</h1><pre>");
        for number in 0..count {
            let _ = writeln!(
                list,
                "<a href='f{number}.iso'>f{number}.iso</a> 01-Jan-2021 10:00 700M"
            );
        }
        assert!(holds_none(server, &format!("{list}</pre>")), "{server}");
    }
    let entries = |date: &str, host: &str| {
        (0..12).fold(String::new(), |list, number| {
            format!("{list}<li><a href='{host}/p/{number}'>Boat {number} arrives in the harbour</a> <span>{date}</span></li>")
        })
    };
    let about =
        "Ann Lee is our correspondent at sea, and has been so for nine years, on three boats.";
    let page = |list: &str, about: &str| {
        format!("<main><h1>Ann Lee</h1><p>{about}</p><ul>{list}</ul></main>")
    };
    for date in ["Dec 1, 2021", "2021-12-01", "01.12.2021 10:00"] {
        assert!(
            holds_none("Ann Lee", &page(&entries(date, ""), about)),
            "{date}"
        );
    }
    // Links elsewhere are sources, and what is not dated may be chapters.
    let sources = page(&entries("1 Dec 2021", "https://other.example"), PROSE);
    assert!(!holds_none("Ann Lee", &sources));
    let long = page(&entries("1 Dec 2021", ""), &PROSE.repeat(4));
    assert!(!holds_none("Ann Lee", &long));
}

#[test]
fn what_a_page_marks_as_its_only_article_is_the_article_however_short() {
    let around = "<header><a href='/'>The Paper</a><nav><ul><li><a href='/a'>News</a></li></ul></nav></header>";
    let below = "<aside><h3>More</h3><ul><li><a href='/x'>Other story one</a></li></ul></aside>\
                 <div class=box><p>Subscribe to our newsletter for more stories like this one.</p><form><input><button>Go</button></form></div>\
                 <footer>© 2021 The Paper. All rights reserved.</footer>";
    for (element, text, shown) in [
        (
            "article",
            "<p>The harbour is closed today.</p>",
            "p The harbour is closed today.",
        ),
        (
            "main",
            "<p>The lamp is lit again.</p>",
            "p The lamp is lit again.",
        ),
        (
            "article",
            "<p>The sea is wide,<br>the sea is deep,</p>",
            "p The sea is wide,",
        ),
        ("article", "<p>灯塔的灯又亮了。</p>", "p 灯塔的灯又亮了。"),
        (
            "article",
            "<p>The first line of all.</p><ul><li>one</li></ul>",
            "p The first line of all.\nlist",
        ),
    ] {
        let body = format!("{around}<{element}><h1>A short note</h1>{text}</{element}>{below}");
        assert!(!holds_none("A short note", &body), "{text}");
        let html = format!("<html><body>{body}</body></html>");
        let kept = clean_as(&Markup::Page(html), "A short note");
        let kept = sketch(kept.blocks.blocks());
        assert!(kept.starts_with(shown), "{kept}");
        assert!(
            !kept.contains("newsletter") && !kept.contains("Other story"),
            "{kept}"
        );
    }
}

#[test]
fn a_marked_head_without_a_text_is_not_the_article() {
    let text = format!("<p>{PROSE}</p>").repeat(4);
    let html = format!(
        "<html><body><article><h1>A short note</h1><p>By the sea, at noon.</p></article><div class=text>{text}</div></body></html>"
    );
    let kept = clean_as(&Markup::Page(html), "A short note");
    assert!(
        kept.blocks
            .plain_text()
            .contains("The next one leaves at noon")
    );
    for body in [
        "<main><h1>The Paper</h1><p>Loading…</p></main>",
        "<article><h1>The Paper</h1><p><a href='/a'>Everything there is to read</a></p></article>",
    ] {
        assert!(holds_none("The Paper", body), "{body}");
    }
}
