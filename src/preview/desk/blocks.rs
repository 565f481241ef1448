//! The words of a finished page, block by block, as a reader meets them: what stands in `<main>`, without
//! elements, scripts and styles.

/// Elements that stand within a line. Every other one begins a new block.
const WITHIN_A_LINE: [&str; 30] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "button", "cite", "code", "data", "del", "dfn", "em",
    "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub",
    "sup", "time", "u", "var",
];

/// Elements whose contents nobody reads.
const UNREAD: [&str; 4] = ["script", "style", "template", "svg"];

/// The blocks of a page.
pub fn blocks(html: &str) -> Vec<String> {
    let mut reader = Reader::default();
    let mut rest = main(html);
    while let Some(start) = rest.find('<') {
        reader.text(&rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = after(comment, "-->");
            continue;
        }
        let inner = &rest[1..];
        let (end, name) = tag(inner);
        rest = inner.get(end + 1..).unwrap_or_default();
        if UNREAD.contains(&name.as_str()) {
            rest = after(rest, &format!("</{name}"));
            rest = after(rest, ">");
        } else if name == "br" {
            reader.text(" ");
        } else if !WITHIN_A_LINE.contains(&name.trim_start_matches('/')) {
            reader.end();
        }
    }
    reader.text(rest);
    reader.end();
    reader.blocks
}

/// What stands in `<main>`; the whole page when it has none.
fn main(html: &str) -> &str {
    let Some(start) = html.find("<main") else {
        return html;
    };
    let inner = &html[start..];
    &inner[..inner.rfind("</main").unwrap_or(inner.len())]
}

/// Where a tag ends, and its name in small letters, with `/` before that of an end tag.
fn tag(inner: &str) -> (usize, String) {
    let mut quote = None;
    let mut end = inner.len();
    for (at, letter) in inner.char_indices() {
        match (quote, letter) {
            (None, '>') => {
                end = at;
                break;
            }
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            (_, _) => {}
        }
    }
    let is_end = |c: char| c.is_whitespace() || c == '>';
    let name = inner[..end].split(is_end).next().unwrap_or_default();
    let name = name
        .strip_suffix('/')
        .filter(|it| !it.is_empty())
        .unwrap_or(name);
    (end, name.to_ascii_lowercase())
}

fn after<'t>(text: &'t str, mark: &str) -> &'t str {
    text.find(mark).map_or("", |at| &text[at + mark.len()..])
}

#[derive(Default)]
struct Reader {
    blocks: Vec<String>,
    block: String,
}

impl Reader {
    fn text(&mut self, text: &str) {
        self.block.push_str(text);
    }

    fn end(&mut self) {
        let words: Vec<_> = self.block.split_whitespace().collect();
        if !words.is_empty() {
            self.blocks.push(unescaped(&words.join(" ")));
        }
        self.block.clear();
    }
}

fn unescaped(text: &str) -> String {
    const SIGNS: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    SIGNS.iter().fold(text.to_owned(), |text, (written, sign)| {
        text.replace(written, sign)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_what_a_reader_meets() {
        let page = "<body><p>menu</p><main id=x><h1 title='a > b'>Rest &amp; tea</h1><!-- no > --><p>One <em>slow</em>\n cup.<br/>Then <a href=\"x\">sleep</a>.</p>\
            <script>let a = 1 < 2;</script><svg><title>t</title></svg><ul><li>a<li>b</ul></main><p>foot</p>";
        assert_eq!(
            blocks(page),
            ["Rest & tea", "One slow cup. Then sleep.", "a", "b"]
        );
        assert_eq!(blocks("<p>x<p"), ["x"]);
        assert_eq!(blocks(""), [] as [&str; 0]);
        assert_eq!(blocks("<p>&amp;lt;</p>"), ["&lt;"]);
    }
}
