import Text

extension Guide {
  /// The content of the page's only `style` element.
  static let style = """
    body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
    code,pre{font-family:ui-monospace,monospace;background:#f2f4f6}code{padding:.1em .3em;overflow-wrap:anywhere}
    pre{padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere}pre code{padding:0}dt{font-weight:600}dd{margin:0 0 .5rem}
    .trap{border-left:.3rem solid #b35900;padding-left:1rem}.check{border-left:.3rem solid #1a7f37;padding-left:1rem}
    """

  /// Returns the guide as a complete HTML page.
  func html(title: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(HTMLEscaping.escape(title))</title>
    <style>\(Self.style)</style>
    </head>
    <body>
    \(blocks.map(Self.html).joined(separator: "\n"))
    </body>
    </html>

    """
  }

  private static func html(_ block: GuideBlock) -> String {
    switch block {
    case .title(let text): "<h1>\(html(text))</h1>"
    case .heading(let text, _): "<h2>\(html(text))</h2>"
    case .paragraph(let text): "<p>\(html(text))</p>"
    case .trap(let text): "<p class=\"trap\"><strong>Take care:</strong> \(html(text))</p>"
    case .check(let text): "<p class=\"check\"><strong>Check:</strong> \(html(text))</p>"
    case .steps(let steps): "<ol>\n\(steps.map { "<li>\(html($0))</li>" }.joined(separator: "\n"))\n</ol>"
    case .values(let values): "<dl>\n\(values.map(definition).joined(separator: "\n"))\n</dl>"
    case .code(_, _, let text): "<pre><code>\(HTMLEscaping.escape(text))</code></pre>"
    }
  }

  private static func definition(_ entry: (name: String, value: String)) -> String {
    let value = entry.value.isEmpty ? "(empty)" : "<code>\(HTMLEscaping.escape(entry.value))</code>"
    return "<dt>\(HTMLEscaping.escape(entry.name))</dt><dd>\(value)</dd>"
  }

  private static func html(_ text: GuideText) -> String {
    var isBold = false
    return text.spans.map { span in
      switch span {
      case .words(let words): return HTMLEscaping.escape(words)
      case .code(let value): return "<code>\(HTMLEscaping.escape(value))</code>"
      case .boldMark:
        isBold.toggle()
        return isBold ? "<strong>" : "</strong>"
      }
    }.joined()
  }
}
