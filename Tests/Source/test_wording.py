"""Plain English: no phrase of the list below in a text that a user reads, and no long comment line."""

import html.parser
import re

import pytest

from swift_source import ROOT, SOURCES, TESTS, Piece, files, read

# Each row: what is not written, as a regular expression over the text, and what is written instead.
BANNED = [
    # Words that the field does not use.
    (r"\b(is|are) told\b", "learns, receives, is shown"),
    (r"\bstands? (in|here|there|for|still|at|beside|behind|under|first|between|alone)\b|\bstood\b", "is, appears, means"),
    (r"\bas (it|they) stands?\b|\bas it was\b", "unchanged"),
    (r"\basks? for none\b", "does not require"),
    (r"\bso many\b", "too many, this many, the number of"),
    (r"\bturns? on (what|a|an|the|that|it|its|whether)\b", "depends on"),
    (r"\bbehind (?!(a|the|your|its|an|one|same) (\w+ )?(proxy|proxies|load balancer|firewall))", "after"),
    (r"\bbeside\b", "next to, in addition to"),
    (r"\bonce more\b|\banew\b", "again"),
    (r"\bin(to)? (the )?place of\b|\btakes? the place\b|\bin (its|their) place\b", "instead of, replaces"),
    (r"\bmend(s|ed|ing)?\b", "fix, correct"),
    (r"\bslips?\b", "typo"),
    (r"\bwho(m)?ever\b", "any user who, the role that"),
    (r"\b(some|no)body\b", "name the role: another user, another AWS account, no one"),
    (r"\bwhose (ICC|ICCs|token|tokens)\b|\bby whom\b", "the organisation of, the actor"),
    (r"\b(a|the|one|each|every|another|other) rooms?\b|\b(house|door|doors)\b", "module, server"),
    (r"\bunder way\b", "in progress"),
    (r"\btrials?\b", "check, verification, test"),
    (r"\bfaults?\b|\bfaulty\b|\brefusals?\b", "error, problem"),
    (r"(?<!-)\bmembers?\b(?! account)", "field"),
    (r"\bno such thing\b", "not found"),
    # Grammar.
    (r"(?<!\bthere )\b(is|are) no (?!longer\b|more\b|one\b|other\b)[a-z]", "is not a, has no"),
    (r"\b(is|are) to be\b|\bhas to\b|\bwants\b", "must, can"),
    (r"\bsee to\b", "fix, check"),
    (r"\bhow .{1,30} is called\b", "the name of"),
    (r"\bwritten so\b", "case-sensitive, exactly"),
    (r"\bjust now\b", "leave it out, or say when"),
    (r"\bfrom here\b", "by the registry"),
    (r"\bgo(es)? on throughout\b", "keeps running"),
    (r"\bapart\b(?! from)", "separately"),
    (r"\bparted by\b", "separated"),
    (r"\bnothing to say\b", "no findings"),
    (r"\bcan(not)? be told\b", "undetermined, cannot evaluate"),
    (r"\bdecides nothing\b", "is inconclusive"),
    (r"\bis spoken\b", "is supported, is allowed"),
    (r"\bexpectation met\b|\bis met here\b", "is supported"),
    (r"\bkeeps? .{1,30} for itself\b", "reserves"),
    (r"\bbeginnings?\b", "prefix"),
    (r"\blets? in\b", "can be assumed by, allows"),
    (r"\b(small|capital) letters?\b", "lowercase, uppercase"),
    (r"\bgives? (it |them )?out\b|\bhands? out\b", "returns, provides"),
    (r"(?<!look-)\balike\b", "the same"),
    # `urgency=` is a keyword of Debian's changelogs.
    (r"\burgent\b|\burgency\b(?!=)", "level"),
    (r"\bwas never verified\b", "not verified yet"),
    (r"\bcame of\b|\bcomes of\b", "the result of"),
    (r"\bmade a mistake\b", "something went wrong"),
    (r"\brising order\b|\border of force\b", "increasing order of precedence"),
    (r"\bfor want of\b", "because … is missing"),
]
# Names of JSON fields that were replaced.
NAMES = re.compile(r"\b(greatestLimit|underWay|may)\b")
NEW_NAMES = {"greatestLimit": "maximumLimit", "underWay": "inProgress", "may": "permissions"}
COMPILED = [(re.compile(pattern, re.IGNORECASE), better) for pattern, better in BANNED]
# A doc comment begins with a noun phrase or a verb in the third person.
QUESTION = re.compile(r"^\s*///\s*(What|Whether|How|Who|Where|When|Why)\b")
# Words for which the field has better ones, in comments.
OLD_STYLE = re.compile(
    r"//.*?\b(under way|anew|once more|whoever|nobody|somebody|is told|are told|has to|have to|is to be|are to be|so many|lets? in"
    r"|mend(s|ed)?|stands? (for|in|there|at|behind|beside)|refus(es|ed|als?)|behind|beside|faults?)\b(?!-)")
COMMENT_WIDTH = 100
# A line with one address, which cannot be broken.
ADDRESS = re.compile(r"^\s*///? https://\S+$")
JAVASCRIPT_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
JAVASCRIPT_COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//[^\n]*)", re.DOTALL)


class HTMLText(html.parser.HTMLParser):
    """The text of a page and of the attributes that are shown or read out."""

    def __init__(self):
        super().__init__()
        self.pieces = []

    def handle_starttag(self, _, attributes):
        self.pieces += [
            Piece(self.getpos()[0], value or "") for name, value in attributes
            if name in ("alt", "title", "placeholder", "aria-label", "content")]

    def handle_data(self, data):
        self.pieces.append(Piece(self.getpos()[0], data))


def of_html(text):
    page = HTMLText()
    page.feed(text)
    return page.pieces


def of_javascript(text):
    """The strings; a comment is replaced by its line ends, so that the lines keep their numbers."""
    code = JAVASCRIPT_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [Piece(code.count("\n", 0, found.start()) + 1, found[0][1:-1]) for found in JAVASCRIPT_STRING.finditer(code)]


def whole(text):
    return [Piece(1, text)]


def is_sql(text):
    return re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|DROP)\b", text) is not None


def user_texts():
    """Each file with its pieces of text that a user, a caller or an operator reads."""
    for path in files():
        yield path, [piece for piece in read(path.read_text()).strings if not is_sql(piece.text)]
    for path in sorted(SOURCES.rglob("*.js")):
        yield path, of_javascript(path.read_text())
    for path in sorted(SOURCES.rglob("*.html")):
        yield path, of_html(path.read_text())
    for path in [ROOT / "README.md", *sorted(SOURCES.rglob("*.md")), *sorted(path for path in (ROOT / "config").rglob("*") if path.is_file())]:
        yield path, whole(path.read_text())


def findings_in(text):
    """Each banned phrase of a text with what to write instead. A single lower-case word is an identifier."""
    if re.fullmatch(r"[a-z][\w.:/-]*", text):
        return [(found, NEW_NAMES[found[0]]) for found in [NAMES.fullmatch(text)] if found]
    return [(found, better) for pattern, better in COMPILED for found in pattern.finditer(text)]


def findings():
    """Each banned phrase, as `file:line: 'phrase': write …`."""
    for path, pieces in user_texts():
        for piece in pieces:
            for found, better in findings_in(piece.text):
                line = piece.line + piece.text.count("\n", 0, found.start())
                around = " ".join(piece.text[max(0, found.start() - 30) : found.end() + 20].split())
                yield f"{path.relative_to(ROOT)}:{line}: {found[0]!r}: write {better}   (…{around}…)"


def none_of(found):
    """Fails if there is a finding, with all of them."""
    found = list(found)
    assert not found, f"{len(found)}\n" + "\n".join(found)


def test_no_banned_phrase_in_a_text_that_a_user_reads():
    none_of(findings())


def comment_lines():
    """`file:line` of each line of a comment, and the line."""
    for path in files():
        lines = path.read_text().splitlines()
        for comment in read("\n".join(lines)).comments:
            for number in range(comment.line, comment.line + comment.text.count("\n") + 1):
                yield f"{path.relative_to(ROOT)}:{number}", lines[number - 1]


def test_a_comment_line_has_at_most_100_columns():
    none_of(f"{place}: {len(line)} columns" for place, line in comment_lines() if len(line) > COMMENT_WIDTH and not ADDRESS.match(line))


def test_a_doc_comment_does_not_begin_with_a_question_word():
    none_of(
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}" for folder in (SOURCES, TESTS) for path in files(folder)
        for number, line in enumerate(path.read_text().splitlines(), 1) if QUESTION.match(line))


def test_the_name_of_a_test_is_a_sentence():
    none_of(
        f"{path.relative_to(ROOT)}: {found[1]}" for path in files(TESTS)
        for found in re.finditer(r"@Test\b[^`{]*?\bfunc (\w+)\(", path.read_text()))


def test_no_comment_is_in_the_old_style():
    none_of(f"{place}: {found[0]!r}: {line.strip()[:80]}" for place, line in comment_lines() for found in OLD_STYLE.finditer(line))


@pytest.mark.parametrize(("text", "expected"), [
    ('let a = "one \\(b("two") + c) three" // four', (["one … three", "two"], ["// four"])),
    ('"""\n  a "quoted" \\(x)\n  """', (['\n  a "quoted" …\n  '], [])),
    ('#"a \\(no) "b" \\#(yes)"#', (['a \\(no) "b" …'], [])),
    ('/* a "b" */ "c // d"', (["c // d"], ['/* a "b" */'])),
    ('"\\"\\\\" + "x"', (['\\"\\\\', "x"], [])),
])
def test_swift_is_taken_apart(text, expected):
    source = read(text)
    assert (sorted(piece.text for piece in source.strings), [piece.text for piece in source.comments]) == (sorted(expected[0]), expected[1])


@pytest.mark.parametrize(("text", "phrases"), [
    ("A comma stands behind the last entry; JSON wants none there.", ["stands behind", "behind ", "wants"]),
    ("keep 0 behind a reverse proxy", []),
    ("This is no ARN. There is no role. It is no longer used.", ["is no A"]),
    ("a look-alike; two are alike", ["alike"]),
    ("faults", []),
    ("Faults", ["Faults"]),
    ("underWay", ["underWay"]),
    ("You may retry", []),
])
def test_phrases_are_found(text, phrases):
    assert sorted(found[0] for found, _ in findings_in(text)) == sorted(phrases)


def test_lines_are_counted():
    assert [(piece.line, piece.text) for piece in of_javascript('/* a\n "b" */\nf("c");\n// "d"\ng(`e\n${"x"}`);')] == [(3, "c"), (5, 'e\n${"x"}')]
    assert [(piece.line, piece.text.strip()) for piece in of_html('<p>a</p>\n<img alt="b">')][0:3:2] == [(1, "a"), (2, "b")]
