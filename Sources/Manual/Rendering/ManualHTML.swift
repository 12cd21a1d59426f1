import Text

/// Renders the manual's pages as HTML documents. Addresses are relative, so they hold below any
/// path.
package enum ManualHTML {
  /// Returns the document of a page.
  static func page(_ page: ManualPage) -> String {
    document(page.title, current: page.name, MarkdownReader.blocks(page.markdown).map(html).joined(separator: "\n"))
  }

  /// The document that lists the pages.
  static var index: String {
    let items = ManualPage.all.map { page in
      "<dt><a href=\"\(page.name)\">\(HTMLEscaping.escape(page.title))</a></dt>"
        + "<dd>\(HTMLEscaping.escape(page.summary))</dd>"
    }
    return document("Manual", current: nil, "<h1>Manual</h1>\n<dl>\n\(items.joined(separator: "\n"))\n</dl>")
  }

  /// Returns the HTML of a block.
  package static func html(_ block: MarkdownBlock) -> String {
    switch block {
    case .heading(let level, let text):
      "<h\(level) id=\"\(anchor(text))\">\(InlineHTML.render(text))</h\(level)>"
    case .paragraph(let text): "<p>\(InlineHTML.render(text))</p>"
    case .code(let text): "<pre tabindex=\"0\"><code>\(HTMLEscaping.escape(text))</code></pre>"
    case .list(let isOrdered, let items): list(isOrdered ? "ol" : "ul", items)
    case .table(let header, let rows): table(header, rows)
    case .picture(let text, let name): "<p><img src=\"\(name)\" alt=\"\(HTMLEscaping.escape(text))\"></p>"
    }
  }

  /// Returns the identifier of a heading as GitHub makes it: lowercase, hyphens for spaces, without
  /// punctuation.
  package static func anchor(_ heading: String) -> String {
    InlineHTML.plain(heading).lowercased().reduce(into: "") { anchor, character in
      if character == " " || character == "-" { anchor.append("-") }
      if character.isASCII, character.isLetter || character.isNumber { anchor.append(character) }
    }
  }

  private static func list(_ element: String, _ items: [String]) -> String {
    let items = items.map { "<li>\(InlineHTML.render($0))</li>" }
    return "<\(element)>\n\(items.joined(separator: "\n"))\n</\(element)>"
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    func row(_ element: String, _ cells: [String]) -> String {
      "<tr>" + cells.map { "<\(element)>\(InlineHTML.render($0))</\(element)>" }.joined() + "</tr>"
    }
    return "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\(row("th", header))</thead>\n<tbody>\n"
      + rows.map { row("td", $0) }.joined(separator: "\n") + "\n</tbody>\n</table></div>"
  }

  private static func document(_ title: String, current: String?, _ content: String) -> String {
    let links = ManualPage.all.map { page in
      "<a href=\"\(page.name)\"\(page.name == current ? " aria-current=\"page\"" : "")>"
        + "\(HTMLEscaping.escape(page.title))</a>"
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTMLEscaping.escape(title)) – ICC registry</title>
      <link rel="icon" href="../console/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="manual.css">
      </head>
      <body>
      <header><a href="./">ICC registry manual</a> <a href="../console/">Console</a></header>
      <nav aria-label="Pages">
      \(links.joined(separator: "\n"))
      </nav>
      <main>
      \(content)
      </main>
      </body>
      </html>

      """
  }
}
