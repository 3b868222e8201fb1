//! Any bytes are Markdown that is read, in both passes alike, and no word of it runs anything.

use crate::spelling::spelled;
use offprint::model::Sites;
use offprint::parts::clean;
use offprint::reader::{Markdown, MemorySource, ReadOptions, Reader};
use offprint::settings::CleanSettings;

pub const WORDS: &[&str] = &[
    "---\n",
    "+++\n",
    "title: a\n",
    "Title: a\n",
    "date: 2021-12-31\n",
    "title = \"a\"\n",
    "{\"title\": \"",
    "[#]: via: (https://x.example)\n",
    "原文：",
    "via: ",
    " by Ada\n---\n**2021-12-31**\n",
    "# ",
    "## ",
    "\n",
    "\n\n",
    "\r\n",
    "    ",
    "\t",
    "> ",
    ">",
    "- ",
    "1. ",
    "- [x] ",
    "```",
    "~~~",
    "`",
    "**",
    "*",
    "__",
    "_",
    "~~",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[[",
    "]]",
    "![[",
    "|",
    "|-|-|\n",
    "==",
    "%%",
    "$",
    "$$",
    "\\",
    "{",
    "}",
    "{.a}",
    "{: #b}",
    "{.tabset}",
    "{% raw %}",
    "{% endraw %}",
    "{% highlight a %}",
    "{% endhighlight %}",
    "{% img a.png %}",
    "{% comment %}",
    "{% endcomment %}",
    "{{< figure src=\"a.png\" >}}",
    "{{< a >}}",
    "{{< /a >}}",
    "{{ site.url }}",
    "> [!note] ",
    "!!! note \"",
    "::: tip\n",
    ":::\n",
    "[^1]",
    "[^1]: ",
    "\n: ",
    "<a href='javascript:x'>",
    "<script>",
    "</script>",
    "<img src=\"",
    "\">",
    "<!--",
    "-->",
    "<div>\n",
    "</div>",
    "&amp;",
    "&#0;",
    "https://x.example/a_b",
    "www.x.example",
    "a.png",
    "/a/b.png",
    "注意：",
    "字",
    "\u{FEFF}",
    "a",
    " ",
];

pub fn holds(bytes: &[u8]) {
    of_file(bytes);
    of_file(spelled(bytes, WORDS).as_bytes());
}

fn of_file(bytes: &[u8]) {
    let source = MemorySource::new("2021/12/lamp.md", bytes);
    let options = ReadOptions::default();
    let mut items = Vec::new();
    let warnings = Markdown.scan(&source, &options, &mut |item| items.push(item));
    assert!(
        !items.is_empty() || !warnings.is_empty(),
        "a file is passed over in silence"
    );
    let lines = 1 + bytes
        .iter()
        .filter(|&&byte| byte == b'\n' || byte == b'\r')
        .count();
    let settings = CleanSettings::new(Sites::builtin());
    for item in items {
        let loaded = Markdown.load(&source, &item.at, &options).unwrap();
        assert_eq!(item.head, loaded.entry.head, "the two passes differ");
        assert!(
            item.text
                .is_none_or(|text| text == loaded.entry.text_digest())
        );
        assert!(usize::try_from(loaded.entry.body_line).unwrap() <= lines + 1);
        clean::clean(&loaded.entry, &settings);
    }
}
