//! Stand-ins.
use super::*;
macro_rules! stub { ($t:ident, $n:literal, $e:literal) => {
/// Stand-in.
pub struct $t;
impl Writer for $t { type Part = String;
 fn format(&self) -> &Format { &Format { name: $n, description: "", files: "", options: &[] } }
 fn embeds_pictures(&self) -> bool { $e }
 fn select(&self, run: &Run<'_>) -> Selection { Selection::all(run.catalogue.len()) }
 fn claims(&self, _n: &str, _r: &Run<'_>) -> bool { false }
 fn encode(&self, article: &Article, _p: usize, _pictures: &Pictures, _run: &Run<'_>) -> Result<String> { Ok(article.title.to_string()) }
 fn open<'run>(&self, _run: &'run Run<'run>, folder: &'run OutputFolder) -> Result<Box<dyn Sink<Part = String> + 'run>> { Ok(Box::new(StubSink{file: folder.stage(concat!($n, ".txt"))?, n:0})) }
}}}
struct StubSink {
    file: Staged,
    n: usize,
}
impl Sink for StubSink {
    type Part = String;
    fn append(&mut self, _p: usize, part: String) -> Result<()> {
        use std::io::Write;
        self.n += 1;
        let e = self.file.error();
        writeln!(self.file, "{part}").map_err(e)
    }
    fn finish(self: Box<Self>) -> Result<Vec<Output>> {
        Ok(vec![Output {
            file: self.file,
            articles: self.n,
            warnings: vec![],
        }])
    }
}
stub!(Epub, "epub", true);
