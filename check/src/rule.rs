//! The rules, each with its code and meaning.

use std::fmt;

/// Declares the rules once: code in findings, and what it promises.
macro_rules! rules {
    ($($variant:ident = $code:literal, $meaning:literal;)*) => {
        /// A rule that every output of Offprint keeps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $(#[doc = $meaning] $variant,)* }

        impl Rule {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant),*];

            /// The code in findings.
            pub fn code(self) -> &'static str {
                match self { $(Rule::$variant => $code),* }
            }

            /// What holds where the rule is kept.
            pub fn meaning(self) -> &'static str {
                match self { $(Rule::$variant => $meaning),* }
            }
        }
    };
}

rules! {
    FileUnreadable = "file-unreadable", "The file can be read.";
    FileLimit = "file-limit", "The file is no larger than what is looked at.";
    XmlSyntax = "xml-syntax", "XML is well-formed, namespaces included.";
    XmlEncoding = "xml-encoding", "XML is UTF-8 and says nothing else.";
    XmlDoctype = "xml-doctype", "A document type declares no entity and is the one that its format has.";
    XmlLimit = "xml-limit", "XML has no more bytes, nodes and namespaces than a reader can be asked to hold.";
    XmlId = "xml-id", "An id stands once in a document, is not empty and has no white space.";

    ZipUnreadable = "zip-unreadable", "A book is a ZIP with a whole directory.";
    ZipEntry = "zip-entry", "The directory and the files' own headers say the same, and no two files share bytes.";
    ZipMethod = "zip-method", "Files are stored or deflated.";
    ZipEncrypted = "zip-encrypted", "Nothing is encrypted, and no rights are managed.";
    ZipData = "zip-data", "Each file inflates to the length and checksum that the directory names.";
    ZipName = "zip-name", "Names stay inside the container and are legal on every system.";
    ZipDuplicate = "zip-duplicate", "No two names are the same, also where case does not count.";
    ZipLimit = "zip-limit", "No file inflates beyond all measure.";
    ContainerMimetype = "container-mimetype", "`mimetype` is the first file, stored, without extra field, and says application/epub+zip.";
    ContainerRootfile = "container-rootfile", "META-INF/container.xml names a package document that is there.";

    PackageVersion = "package-version", "The package document is one of EPUB 3.";
    PackageMetadata = "package-metadata", "Title, language and identifier are there, and no metadata are empty.";
    PackageIdentifier = "package-identifier", "The unique identifier is one of the identifiers, and a UUID where it says so.";
    PackageModified = "package-modified", "There is one time of the last change, in UTC, to the second.";
    PackageDate = "package-date", "There is at most one date, and it is one.";
    PackageLanguage = "package-language", "Languages are well-formed tags.";
    PackageRefines = "package-refines", "What metadata refine is there.";
    PackageAccessibility = "package-accessibility", "Metadata say how the book can be read: access modes, features, hazards, a summary.";
    PackageGuide = "package-guide", "The guide leads to documents of the book.";
    ManifestItem = "manifest-item", "A manifest item has an id, a relative address of its own and a media type.";
    ManifestMissing = "manifest-missing", "Each manifest item is in the container.";
    ManifestUnlisted = "manifest-unlisted", "Each file of the container is in the manifest.";
    ManifestMediaType = "manifest-media-type", "Media types are what the bytes are.";
    ManifestFallback = "manifest-fallback", "Fallbacks lead to an item and not in a circle; what is not a core media type has one.";
    ManifestProperty = "manifest-property", "Properties are known ones, one item is the navigation document, one picture at most the cover, and documents declare the SVG and MathML that they hold.";
    SpineItem = "spine-item", "The spine names documents of the manifest, each once, one of them linear.";
    SpineToc = "spine-toc", "The spine names the NCX where there is one.";
    NavToc = "nav-toc", "The navigation document has one table of contents, a list of links with labels.";
    NavTarget = "nav-target", "Each entry of the contents leads to a place in the reading order.";
    NavOrder = "nav-order", "The contents follow the reading order.";
    NavLandmark = "nav-landmark", "Landmarks say what they are, each once.";
    NcxIdentifier = "ncx-identifier", "The NCX has the identifier of the package.";
    NcxPoint = "ncx-point", "Entries of the NCX have an id, a label and a place that is there.";
    NcxOrder = "ncx-order", "The play order counts places from 1, the same place by the same number.";
    NcxTree = "ncx-tree", "The NCX has the same tree as the navigation document.";

    ContentRoot = "content-root", "A content document is XHTML: a head with a title, and a body.";
    ContentLanguage = "content-language", "A content document names its language, once and the same.";
    ContentElement = "content-element", "Elements and attributes are those of HTML.";
    ContentNesting = "content-nesting", "Elements stand where HTML allows them.";
    ContentActive = "content-active", "No script, event handler, form, frame or embedded program.";
    ImageAlternative = "image-alternative", "Each picture has an alternative text, be it an empty one.";
    ImageType = "image-type", "Pictures are of a core media type.";
    ImageDamaged = "image-damaged", "Pictures are whole.";
    LinkMissing = "link-missing", "Links lead to files of the book.";
    LinkFragment = "link-fragment", "Links lead to ids that are there.";
    LinkSpine = "link-spine", "Links lead to documents in the reading order.";
    LinkAddress = "link-address", "Addresses are well-formed and of a scheme that runs nothing.";
    ResourceMissing = "resource-missing", "What a document or a style sheet shows is in the book and its manifest.";
    ResourceRemote = "resource-remote", "Nothing is fetched from elsewhere.";
    StyleSyntax = "style-syntax", "Style sheets are whole, and have no property that EPUB forbids.";

    FeedVersion = "feed-version", "A feed names the version of its format.";
    FeedElement = "feed-element", "What a feed and its items must have is there, once and not empty.";
    FeedDate = "feed-date", "Dates are written as the format asks.";
    FeedId = "feed-id", "Each item has an id of its own.";
    FeedAddress = "feed-address", "Addresses are absolute and run nothing.";
    FeedLanguage = "feed-language", "Languages are well-formed tags.";
    FeedEnclosure = "feed-enclosure", "Enclosures have an address, a length and a media type.";
    FeedActive = "feed-active", "Texts of items hold no script, event handler, form, frame or embedded program.";
    FeedFragment = "feed-fragment", "Links within a text lead to places that are in it.";
    FeedPicture = "feed-picture", "What names an item's picture beside its text names it by an address that the text shows.";
    FeedCharacter = "feed-character", "No control characters, U+007F to U+009F.";
    FeedChain = "feed-chain", "Archive documents lead to each other, and every document to the current one.";
    FeedTarget = "feed-target", "What a feed says stands beside it stands there.";
    OpdsEntry = "opds-entry", "Each book of a catalogue has a link to get it and a cover.";
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl serde::Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
