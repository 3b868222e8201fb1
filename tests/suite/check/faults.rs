//! Faults to put into the sample's book.

use super::sample::Parts;

/// A fault: its name, the rule that it breaks, and what puts it into a book.
pub type Fault = (&'static str, &'static str, fn(&mut Parts));

/// Puts markup before the first paragraph of an article.
fn in_text(parts: &mut Parts, markup: &str) {
    let article = parts.article_with("<p>");
    parts.replace(&article, "<p>", &format!("{markup}<p>"));
}

const TITLE: &str = "<dc:title>样张 Offprint Sampler</dc:title>";
const MODIFIED: &str = "<meta property=\"dcterms:modified\">";
const NAV: &str = "EPUB/nav.xhtml";
const NCX: &str = "EPUB/toc.ncx";
const PACKAGE: &str = "EPUB/package.opf";
const STYLE: &str = "EPUB/stylesheet.css";

/// Faults that EPUBCheck objects to as well.
pub const FAULTS: &[Fault] = &[
    ("mimetype-second", "container-mimetype", |book| {
        book.files.swap(0, 1)
    }),
    ("mimetype-other", "container-mimetype", |book| {
        book.files[0].1 = b"application/zip".to_vec();
    }),
    ("mimetype-newline", "container-mimetype", |book| {
        book.files[0].1.push(b'\n')
    }),
    ("container-missing", "container-rootfile", |book| {
        let place = book.place("container.xml");
        book.files.remove(place);
    }),
    ("rootfile-missing", "container-rootfile", |book| {
        book.replace("container.xml", "package.opf", "other.opf");
    }),
    ("name-with-space", "zip-name", |book| {
        book.add_item("a%20b.css", "text/css", b"p { margin: 0 }");
        book.files.last_mut().unwrap().0 = "EPUB/a b.css".to_owned();
    }),
    ("name-in-other-case", "zip-duplicate", |book| {
        book.add_item("Stylesheet.css", "text/css", b"p { margin: 0 }");
    }),
    ("version-4", "package-version", |book| {
        book.replace(PACKAGE, "version=\"3.0\"", "version=\"4.0\"");
    }),
    ("no-title", "package-metadata", |book| {
        book.replace(PACKAGE, TITLE, "")
    }),
    ("empty-title", "package-metadata", |book| {
        book.replace(PACKAGE, TITLE, "<dc:title> </dc:title>");
    }),
    ("no-language", "package-metadata", |book| {
        for _ in 0..5 {
            book.replace_between(PACKAGE, "<dc:language>", "</dc:language>", "");
        }
    }),
    ("language-malformed", "package-language", |book| {
        book.replace(PACKAGE, "<dc:language>en<", "<dc:language>english, mostly<");
    }),
    ("identifier-unknown", "package-identifier", |book| {
        book.replace(
            PACKAGE,
            "unique-identifier=\"epub-id-1\"",
            "unique-identifier=\"other\"",
        );
    }),
    ("uuid-malformed", "package-identifier", |book| {
        book.replace_between(PACKAGE, "urn:uuid:", "-", "urn:uuid:xyz-");
        book.replace_between(NCX, "urn:uuid:", "-", "urn:uuid:xyz-");
    }),
    ("modified-missing", "package-modified", |book| {
        book.replace_between(PACKAGE, MODIFIED, "</meta>", "");
    }),
    ("modified-without-time", "package-modified", |book| {
        book.replace_between(
            PACKAGE,
            MODIFIED,
            "</meta>",
            &format!("{MODIFIED}2022-02-20</meta>"),
        );
    }),
    ("date-malformed", "package-date", |book| {
        book.replace_between(
            PACKAGE,
            "<dc:date>",
            "</dc:date>",
            "<dc:date>last winter</dc:date>",
        );
    }),
    ("refines-nothing", "package-refines", |book| {
        book.replace(
            PACKAGE,
            "refines=\"#epub-creator-0\"",
            "refines=\"#nobody\"",
        );
    }),
    ("guide-to-nothing", "package-guide", |book| {
        book.replace(
            PACKAGE,
            "href=\"cover.xhtml\"/>\n    <reference",
            "href=\"no.xhtml\"/>\n    <reference",
        );
    }),
    ("file-missing", "manifest-missing", |book| {
        let place = book.place(STYLE);
        book.files.remove(place);
    }),
    ("item-twice", "manifest-item", |book| {
        book.replace(
            PACKAGE,
            "</manifest>",
            "<item id=\"again\" href=\"stylesheet.css\" media-type=\"text/css\"/></manifest>",
        );
    }),
    ("item-without-type", "manifest-item", |book| {
        book.replace(PACKAGE, "<item media-type=\"text/css\"", "<item");
    }),
    ("id-twice", "xml-id", |book| {
        book.replace(PACKAGE, "id=\"id_cover.xhtml\"", "id=\"id_title.xhtml\"");
    }),
    ("picture-of-other-type", "manifest-media-type", |book| {
        book.replace(
            PACKAGE,
            "media-type=\"image/png\"",
            "media-type=\"image/jpeg\"",
        );
    }),
    ("fallback-circle", "manifest-fallback", |book| {
        book.replace(
            PACKAGE,
            "<item media-type=\"text/css\"",
            "<item fallback=\"one\" media-type=\"text/css\"",
        );
        book.replace(PACKAGE, "</manifest>", "<item id=\"one\" href=\"one.bin\" media-type=\"application/x-one\" fallback=\"two\"/><item id=\"two\" href=\"two.bin\" media-type=\"application/x-two\" fallback=\"one\"/></manifest>");
        for name in ["EPUB/one.bin", "EPUB/two.bin"] {
            book.files.push((name.to_owned(), b"1".to_vec()));
        }
    }),
    ("nav-unnamed", "manifest-property", |book| {
        book.replace(PACKAGE, " properties=\"nav\"", "");
    }),
    ("two-covers", "manifest-property", |book| {
        book.replace(
            PACKAGE,
            "media-type=\"image/png\"/>",
            "media-type=\"image/png\" properties=\"cover-image\"/>",
        );
    }),
    ("property-unknown", "manifest-property", |book| {
        book.replace(
            PACKAGE,
            "properties=\"nav\"",
            "properties=\"nav beautiful\"",
        );
    }),
    ("svg-undeclared", "manifest-property", |book| {
        in_text(
            book,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><title>nine</title></svg>",
        );
    }),
    ("spine-unknown", "spine-item", |book| {
        book.replace(PACKAGE, "idref=\"id_title.xhtml\"", "idref=\"nothing\"");
    }),
    ("spine-twice", "spine-item", |book| {
        book.replace(
            PACKAGE,
            "idref=\"id_title.xhtml\"",
            "idref=\"id_cover.xhtml\"",
        );
    }),
    ("spine-of-style", "spine-item", |book| {
        book.replace(
            PACKAGE,
            "idref=\"id_title.xhtml\"",
            "idref=\"id_stylesheet.css\"",
        );
    }),
    ("spine-without-ncx", "spine-toc", |book| {
        book.replace(PACKAGE, " toc=\"ncx\"", "")
    }),
    ("nav-without-toc", "nav-toc", |book| {
        book.replace(NAV, "epub:type = \"toc\"", "epub:type=\"lot\"");
    }),
    ("nav-entry-unlabelled", "nav-toc", |book| {
        book.replace_between(NAV, ">2021年11月<", "/a>", "></a>");
    }),
    ("nav-to-nothing", "nav-target", |book| {
        book.replace(NAV, "href=\"text/2", "href=\"text/none-2");
    }),
    ("nav-to-style", "nav-target", |book| {
        book.replace_between(NAV, "href=\"text/", "\"", "href=\"stylesheet.css\"");
    }),
    ("landmark-unnamed", "nav-landmark", |book| {
        book.replace(NAV, " epub:type=\"cover\"", "");
    }),
    ("ncx-of-another-book", "ncx-identifier", |book| {
        book.replace_between(NCX, "urn:uuid:", "-", "urn:uuid:00000000-");
    }),
    ("ncx-to-nothing", "ncx-point", |book| {
        book.replace(NCX, "src=\"text/2", "src=\"text/none-2")
    }),
    ("ncx-order-wrong", "ncx-order", |book| {
        book.replace(NCX, "playOrder=\"3\"", "playOrder=\"4711\"");
    }),
    ("xml-unclosed", "xml-syntax", |book| in_text(book, "<p>")),
    ("xml-entity", "xml-syntax", |book| {
        in_text(book, "<p>&nbsp;</p>")
    }),
    ("xml-ampersand", "xml-syntax", |book| {
        in_text(book, "<p>tea & bread</p>")
    }),
    ("xml-entity-declared", "xml-doctype", |book| {
        let article = book.article_with("<p>");
        book.replace(
            &article,
            "<!DOCTYPE html>",
            "<!DOCTYPE html [<!ENTITY x SYSTEM \"x.txt\">]>",
        );
    }),
    ("xml-doctype-old", "xml-doctype", |book| {
        let article = book.article_with("<p>");
        book.replace(&article, "<!DOCTYPE html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.1//EN\" \"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd\">");
    }),
    ("xml-latin-1", "xml-encoding", |book| {
        let article = book.article_with("<p>");
        book.replace(&article, "encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"");
    }),
    ("no-head-title", "content-root", |book| {
        let article = book.article_with("<p>");
        book.replace_between(&article, "<title>", "</title>", "");
    }),
    ("two-languages", "content-language", |book| {
        let article = book.article_with("<p>");
        book.replace_between(&article, " xml:lang=\"", "\"", " xml:lang=\"fr\"");
    }),
    ("element-old", "content-element", |book| {
        in_text(book, "<center>old</center>")
    }),
    ("attribute-old", "content-element", |book| {
        in_text(book, "<p align=\"center\">old</p>")
    }),
    ("block-in-paragraph", "content-nesting", |book| {
        in_text(book, "<p><div>a</div></p>")
    }),
    ("paragraph-in-list", "content-nesting", |book| {
        in_text(book, "<ul><p>a</p></ul>")
    }),
    ("cell-without-row", "content-nesting", |book| {
        in_text(book, "<table><td>a</td></table>")
    }),
    ("link-in-link", "content-nesting", |book| {
        in_text(
            book,
            "<p><a href=\"https://a.example/\">a <span><a href=\"https://b.example/\">b</a></span></a></p>",
        );
    }),
    ("id-twice-in-text", "xml-id", |book| {
        in_text(book, "<p id=\"a\">a</p><p id=\"a\">b</p>")
    }),
    ("script", "content-active", |book| {
        in_text(book, "<script>document.title = 1</script>")
    }),
    ("event-handler", "content-active", |book| {
        in_text(book, "<p onclick=\"f()\">a</p>")
    }),
    ("form", "content-active", |book| {
        in_text(
            book,
            "<form action=\"https://a.example/\"><input type=\"text\"/></form>",
        );
    }),
    ("frame", "content-active", |book| {
        in_text(book, "<iframe src=\"https://film.example/\"></iframe>");
    }),
    ("picture-missing", "resource-missing", |book| {
        in_text(book, "<p><img alt=\"\" src=\"../images/none.png\"/></p>");
    }),
    ("picture-unlisted", "resource-missing", |book| {
        let bytes = book.files[book.place(".png")].1.clone();
        book.files
            .push(("EPUB/images/unlisted.png".to_owned(), bytes));
        in_text(
            book,
            "<p><img alt=\"\" src=\"../images/unlisted.png\"/></p>",
        );
    }),
    ("picture-remote", "resource-remote", |book| {
        in_text(
            book,
            "<p><img alt=\"\" src=\"https://a.example/b.png\"/></p>",
        );
    }),
    ("picture-is-text", "image-damaged", |book| {
        let place = book.place(".png");
        book.files[place].1 = b"no picture at all".to_vec();
    }),
    ("picture-of-odd-type", "image-type", |book| {
        book.add_item("odd.bmp", "image/bmp", b"BM\0\0\0\0");
        in_text(book, "<p><img alt=\"\" src=\"../odd.bmp\"/></p>");
    }),
    ("link-to-nothing", "link-missing", |book| {
        in_text(book, "<p><a href=\"none.xhtml\">a</a></p>")
    }),
    ("link-to-no-id", "link-fragment", |book| {
        in_text(book, "<p><a href=\"#none\">a</a></p>")
    }),
    ("link-out-of-spine", "link-spine", |book| {
        book.replace(PACKAGE, "<itemref idref=\"id_colophon.xhtml\"/>", "");
        in_text(book, "<p><a href=\"../colophon.xhtml\">a</a></p>");
    }),
    ("link-to-machine", "link-address", |book| {
        in_text(book, "<p><a href=\"file:///etc/hosts\">a</a></p>");
    }),
    ("link-with-space", "link-address", |book| {
        in_text(book, "<p><a href=\"a b.xhtml\">a</a></p>")
    }),
    ("link-out-of-book", "link-address", |book| {
        in_text(book, "<p><a href=\"../../../elsewhere.xhtml\">a</a></p>");
    }),
    ("style-remote", "resource-remote", |book| {
        book.replace(
            STYLE,
            "body {",
            "body { background: url(https://a.example/b.png);",
        );
    }),
    ("style-imports-remote", "resource-remote", |book| {
        let place = book.place(STYLE);
        book.files[place]
            .1
            .splice(0..0, *b"@import \"https://a.example/b.css\";\n");
    }),
    ("style-picture-missing", "resource-missing", |book| {
        book.replace(STYLE, "body {", "body { background: url('none.png');");
    }),
    ("style-unclosed", "style-syntax", |book| {
        book.replace(
            STYLE,
            "img { max-width: 100%; height: auto; }",
            "img { max-width: 100%;",
        );
    }),
    ("style-forbidden", "style-syntax", |book| {
        book.replace(STYLE, "body {", "body { direction: rtl;");
    }),
];

/// Faults that reading systems or Ace object to, or that break what Offprint alone promises.
pub const FURTHER_FAULTS: &[Fault] = &[
    ("mimetype-compressed", "container-mimetype", |book| {
        book.mimetype_compressed = true;
    }),
    ("encrypted", "zip-encrypted", |book| {
        let uri = book.files[book.place("/images/")].0.clone();
        let text = format!(
            "<encryption xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" \
             xmlns:enc=\"http://www.w3.org/2001/04/xmlenc#\"><enc:EncryptedData>\
             <enc:EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes256-cbc\"/>\
             <enc:CipherData><enc:CipherReference URI=\"{uri}\"/></enc:CipherData>\
             </enc:EncryptedData></encryption>"
        );
        book.files
            .push(("META-INF/encryption.xml".to_owned(), text.into_bytes()));
    }),
    ("xml-bytes", "xml-encoding", |book| {
        let name = book.article_with("<p>");
        let place = book.place(&name);
        let at = book.files[place]
            .1
            .windows(3)
            .position(|bytes| bytes == b"<p>")
            .unwrap();
        book.files[place].1.insert(at + 3, 0xFF);
    }),
    ("unlisted", "manifest-unlisted", |book| {
        book.files
            .push(("EPUB/left-behind.txt".to_owned(), b"a".to_vec()));
    }),
    ("inaccessible", "package-accessibility", |book| {
        book.replace(PACKAGE, "schema:accessibilityHazard", "schema:hazard");
    }),
    ("nav-out-of-order", "nav-order", |book| {
        let place = book.place(NAV);
        let text = String::from_utf8(book.files[place].1.clone()).unwrap();
        let first = text.find("href=\"text/").unwrap();
        let target = text[first..].split('"').nth(1).unwrap();
        let later = text.rfind("href=\"text/2022").unwrap();
        let last = text[later..].split('"').nth(1).unwrap();
        let swapped = text.replacen(&format!("\"{target}\""), &format!("\"{last}\""), 1);
        book.files[place].1 = swapped.into_bytes();
    }),
    ("ncx-of-another-tree", "ncx-tree", |book| {
        book.replace(NCX, "2021年11月", "2021年10月");
    }),
    ("no-language-in-text", "content-language", |book| {
        let article = book.article_with("<p>");
        book.replace_between(&article, " lang=\"", "\"", "");
        book.replace_between(&article, " xml:lang=\"", "\"", "");
    }),
    ("no-alternative", "image-alternative", |book| {
        let article = book.article_with("<img ");
        book.replace_between(&article, " alt=\"", "\"", "");
    }),
    ("picture-cut-off", "image-damaged", |book| {
        let place = book.place(".jpg");
        let length = book.files[place].1.len();
        book.files[place].1.truncate(length / 2);
    }),
    ("link-that-runs", "link-address", |book| {
        in_text(book, "<p><a href=\"javascript:f()\">a</a></p>");
    }),
];
