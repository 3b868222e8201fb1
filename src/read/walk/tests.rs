//! Which files are found, and in which order.

use super::*;
use std::fs;

fn files(found: &FileList) -> Vec<String> {
    let names = found.files.iter();
    names
        .map(|file| file.to_string_lossy().into_owned())
        .collect()
}

fn write(folder: &Path, name: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    fs::write(path, "text").expect("written");
}

#[test]
fn files_are_found_in_the_order_of_their_bytes() {
    let folder = tempfile::tempdir().expect("made");
    for name in [
        "b/2.txt",
        "b.txt",
        "a",
        "B",
        "德/一.md",
        "b/a/c.txt",
        ".hidden",
        ".git/config",
    ] {
        write(folder.path(), name);
    }
    let found = walk(folder.path()).expect("walked");
    let expected = ["B", "a", "b.txt", "b/2.txt", "b/a/c.txt", "德/一.md"];
    assert_eq!(files(&found), expected);
    assert_eq!(found.warnings, []);
}

#[test]
fn a_root_may_be_a_file_but_not_nothing() {
    let folder = tempfile::tempdir().expect("made");
    write(folder.path(), "a.txt");
    let file = folder.path().join("a.txt");
    let found = walk(&file).expect("walked");
    assert_eq!(
        (found.root.as_path(), files(&found)),
        (file.as_path(), vec![String::new()])
    );
    let error = walk(&folder.path().join("none")).expect_err("nothing there");
    assert!(error.to_string().contains("none"));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    #[test]
    fn hostile_06_links_and_pipes_are_passed_over() {
        let folder = tempfile::tempdir().expect("made");
        write(folder.path(), "in/a.txt");
        write(folder.path(), "out/b.txt");
        let inside = folder.path().join("in");
        symlink(folder.path().join("out"), inside.join("folder")).expect("linked");
        symlink(folder.path().join("out/b.txt"), inside.join("file")).expect("linked");
        symlink(&inside, inside.join("circle")).expect("linked");
        symlink("nowhere", inside.join("broken")).expect("linked");
        let pipe = Command::new("mkfifo").arg(inside.join("pipe")).status();
        assert!(pipe.is_ok_and(|status| status.success()));
        let found = walk(&inside).expect("walked");
        assert_eq!(files(&found), ["a.txt"]);
        assert_eq!(found.warnings, []);
        assert!(walk(&inside.join("pipe")).is_err());
    }

    #[test]
    fn hostile_06_a_root_that_is_a_link_is_followed() {
        let folder = tempfile::tempdir().expect("made");
        write(folder.path(), "in/a.txt");
        let link = folder.path().join("link");
        symlink(folder.path().join("in"), &link).expect("linked");
        assert_eq!(files(&walk(&link).expect("walked")), ["a.txt"]);
    }

    #[test]
    fn hostile_06_names_are_bytes() {
        let folder = tempfile::tempdir().expect("made");
        let long = [b'x'; 255];
        let names: [&[u8]; 5] = [
            b"\xFF\xFE.txt",
            b"a\nb.txt",
            b"a?: \"b\" .md ",
            &long,
            b"c\\d",
        ];
        for name in names {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "text").expect("written");
        }
        let found = walk(folder.path()).expect("walked");
        let mut expected = names.to_vec();
        expected.sort_unstable();
        let bytes: Vec<&[u8]> = found
            .files
            .iter()
            .map(|file| file.as_os_str().as_bytes())
            .collect();
        assert_eq!(bytes, expected);
        assert!(
            found
                .files
                .iter()
                .all(|file| fs::read(folder.path().join(file)).is_ok())
        );
    }
}

#[test]
fn a_folder_that_cannot_be_listed_costs_a_warning() {
    let mut list = FileList {
        root: PathBuf::from("no-such-root"),
        ..FileList::default()
    };
    add_folder(Path::new("folder"), &mut list, &mut Vec::new());
    let warning = list.warnings.first().expect("a warning");
    assert_eq!(warning.code, Code::FileUnreadable);
    assert_eq!(warning.path.as_deref(), Some("no-such-root/folder"));
}
