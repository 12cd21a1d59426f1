import Testing

@testable import Manual

struct MarkdownTests {
  private static func html(_ markdown: String) -> String {
    MarkdownReader.blocks(markdown).map(ManualHTML.html).joined(separator: "\n")
  }

  @Test(arguments: [
    ("# A *b*", "<h1 id=\"a-b\">A <em>b</em></h1>"),
    ("#nothing", "<p>#nothing</p>"),
    ("one\ntwo\n\nthree", "<p>one two</p>\n<p>three</p>"),
    (
      "text\n```\n<b> & `c`\n\n# d\n```\nmore",
      """
      <p>text</p>
      <pre tabindex="0"><code>&lt;b&gt; &amp; `c`

      # d
      </code></pre>
      <p>more</p>
      """
    ),
    ("```sh\nnever closed", "<pre tabindex=\"0\"><code>never closed\n</code></pre>"),
    ("- a\n  b\n- c\n1. d", "<ul>\n<li>a b</li>\n<li>c</li>\n</ul>\n<ol>\n<li>d</li>\n</ol>"),
    ("9. a\n10. b\n\n11. c", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<ol>\n<li>c</li>\n</ol>"),
    (
      "text\n![A *list* & \"more\"](Pictures/the-list.png)\nmore",
      "<p>text</p>\n<p><img src=\"the-list.png\" alt=\"A *list* &amp; &quot;more&quot;\"></p>\n<p>more</p>"
    ),
    ("|", "<div class=\"table\" tabindex=\"0\"><table>\n<thead><tr></tr></thead>\n<tbody>\n\n</tbody>\n</table></div>"),
    (
      "| a | `b \\| c` |\n|---|---|\n| d \\\\ | |",
      """
      <div class="table" tabindex="0"><table>
      <thead><tr><th>a</th><th><code>b | c</code></th></tr></thead>
      <tbody>
      <tr><td>d \\\\</td><td></td></tr>
      </tbody>
      </table></div>
      """
    ),
  ])
  func `a block becomes its element`(markdown: String, expected: String) {
    #expect(Self.html(markdown) == expected)
  }

  @Test(arguments: [
    "![a](https://b.example/c.png)", "![a](Pictures/../c.png)", "![a](Pictures/c.svg)", "![a](/Pictures/c.png)",
    "![](Pictures/c.png)", "![a](Pictures/c.png) b", " ![a](Pictures/c.png)", "![a](pictures/c.png)",
    "![a](Pictures/C.png)",
  ])
  func `a picture that is not a local one on a line of its own is text`(markdown: String) {
    #expect(!Self.html(markdown).contains("<img"))
  }

  @Test(arguments: [
    ("a `b` **c `d`** *e*", "a <code>b</code> <strong>c <code>d</code></strong> <em>e</em>"),
    ("`", "`"), ("``", "``"), ("**a", "**a"), ("2 * 3", "2 * 3"), ("[a](", "[a]("), ("[a] (b.md)", "[a] (b.md)"),
    ("[a](b.md)", "<a href=\"b\">a</a>"), ("[a](b.md#c-d)", "<a href=\"b#c-d\">a</a>"),
    ("[a](#c)", "<a href=\"#c\">a</a>"),
    (
      "[`a` <](https://b.example/?c=\"d\"&e)",
      "<a href=\"https://b.example/?c=&quot;d&quot;&amp;e\"><code>a</code> &lt;</a>"
    ),
    ("[a](javascript:alert(1))", "[a](javascript:alert(1))"), ("[a](//b.md)", "[a](//b.md)"),
    ("[a](data:b.md)", "[a](data:b.md)"), ("[a](../b.md)", "[a](../b.md)"), ("[a](http://b)", "[a](http://b)"),
    ("<script>'\"&</script>", "&lt;script&gt;&#39;&quot;&amp;&lt;/script&gt;"),
    ("`<i>` **<b>** [<u>](a.md)", "<code>&lt;i&gt;</code> <strong>&lt;b&gt;</strong> <a href=\"a\">&lt;u&gt;</a>"),
  ])
  func `inline markup is rendered and all other text is escaped`(markdown: String, expected: String) {
    #expect(InlineHTML.render(markdown) == expected)
  }

  @Test(arguments: [("Getting started", "getting-started"), ("`a-b`: *C*, d/e?", "a-b-c-de"), ("Zoë", "zo")])
  func `a heading has the anchor that GitHub gives it`(heading: String, anchor: String) {
    #expect(ManualHTML.anchor(heading) == anchor)
  }
}
