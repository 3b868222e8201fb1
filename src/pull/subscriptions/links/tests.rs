//! Exports of many programs.

use super::*;

fn told(text: &str) -> Vec<(String, String, i64, String)> {
    let links = links(text).into_iter();
    let told = |link: Link| {
        (
            link.address.as_str().to_owned(),
            link.title.unwrap_or_default(),
            link.time.map_or(0, Timestamp::millis),
            link.tags.join("+"),
        )
    };
    links.map(told).collect()
}

/// One link, as each program exports it, and the tags that come with it.
const EXPORTS: &[(&str, &str)] = &[
    (
        "title,url,time_added,tags,status\n\"A, \"\"b\"\"\",https://a.example/1?x=1&y=2,1600000000,a|b,unread\n",
        "a+b",
    ),
    (
        "URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/1?x=1&y=2,\"A, \"\"b\"\"\",,Unread,1600000000,\"[\"\"a\"\",\"\"b\"\"]\"\n",
        "a+b",
    ),
    (
        "Title,URL,ID,Document tags,Saved date,Location\n\"A, \"\"b\"\"\",https://a.example/1?x=1&y=2,1,\"['a', 'b']\",2020-09-13T12:26:40+00:00,new\n",
        "a+b",
    ),
    (
        "id,title,note,excerpt,url,folder,tags,created\n1,\"A, \"\"b\"\"\",,,https://a.example/1?x=1&y=2,x,\"a, b\",2020-09-13T12:26:40.000Z\n",
        "a+b",
    ),
    (
        "{\"bookmarks\":[{\"createdAt\":1600000000,\"title\":\"A, \\\"b\\\"\",\"tags\":[\"a\",\"b\"],\"content\":{\"type\":\"link\",\"url\":\"https://a.example/1?x=1&y=2\"}},{\"content\":{\"type\":\"text\",\"text\":\"x\"}},{\"content\":null}]}",
        "a+b",
    ),
    (
        "{\"collections\":[{\"name\":\"c\",\"links\":[{\"name\":\"A, \\\"b\\\"\",\"url\":\"https://a.example/1?x=1&y=2\",\"tags\":[{\"name\":\"a\"}],\"createdAt\":\"2020-09-13T12:26:40.000Z\"}]}]}",
        "a",
    ),
    (
        "Title;URL;Tags;Created\n\"A, \"\"b\"\"\";https://a.example/1?x=1&y=2;a,b;1600000000\n",
        "a+b",
    ),
    (
        "title\turl\ttags\ttime_added\n\"A, \"\"b\"\"\"\thttps://a.example/1?x=1&y=2\ta,b\t1600000000\n",
        "a+b",
    ),
    (
        "{\"url\":\"https://a.example/1?x=1&y=2\",\"title\":\"A, \\\"b\\\"\",\"created\":\"1600000000\"}\n{\"url\":\"https://a.example/1?x=1&y=2\"}\n",
        "",
    ),
    (
        "[{\"href\":\"https://a.example/1?x=1&y=2\",\"description\":\"A, \\\"b\\\"\",\"extended\":\"\",\"time\":\"2020-09-13T12:26:40Z\",\"tags\":\"a b\"}]",
        "a+b",
    ),
    (
        "{\"roots\":{\"bar\":{\"children\":[{\"date_added\":\"13244473600000000\",\"name\":\"A, \\\"b\\\"\",\"type\":\"url\",\"url\":\"https://a.example/1?x=1&y=2\"}]}}}",
        "",
    ),
    (
        "{\"children\":[{\"title\":\"A, \\\"b\\\"\",\"dateAdded\":1600000000000000,\"uri\":\"https://a.example/1?x=1&y=2\"}]}",
        "",
    ),
    (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p><DT><H3>x</H3><DL><DT><A HREF=\"https://a.example/1?x=1&amp;y=2\" ADD_DATE=\"1600000000\" TAGS=\"a,b\">A, &quot;b&quot;</A></DL></DL>",
        "a+b",
    ),
    (
        "<!DOCTYPE html><html><ul><li><a href=\"https://a.example/1?x=1&y=2\" time_added=\"1600000000\" tags=\"\">A, \"b\"</a></li></ul>",
        "",
    ),
];

#[test]
fn the_exports_of_many_programs_are_read() {
    let expected = |tags: &str| {
        vec![(
            "https://a.example/1?x=1&y=2".to_owned(),
            "A, \"b\"".to_owned(),
            1_600_000_000_000_i64,
            tags.to_owned(),
        )]
    };
    for (text, tags) in EXPORTS {
        assert_eq!(told(text), expected(tags), "{text}");
    }
}

#[test]
fn lines_of_addresses_are_a_list() {
    let text =
        "# mine\n- https://a.example/1\n\n[x](https://b.example/2)\nhttps://a.example/1/\nno\n";
    let addresses: Vec<String> = told(text).into_iter().map(|link| link.0).collect();
    assert_eq!(addresses, ["https://a.example/1", "https://b.example/2"]);
    let text = "https://a.example/Foo_(bar)\nsee (https://b.example/(x)), or\nhttps://c.example/,\r\n\
        https://d.example/e.\n2. https://f.example/g.\n[[https://h.example/]]";
    let addresses: Vec<String> = told(text).into_iter().map(|link| link.0).collect();
    let expected = [
        "https://a.example/Foo_(bar)",
        "https://b.example/(x)",
        "https://c.example/",
        "https://d.example/e.",
        "https://f.example/g",
        "https://h.example/",
    ];
    assert_eq!(addresses, expected);
    assert_eq!(told(""), []);
}
