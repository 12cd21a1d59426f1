import Text

/// Renders inline Markdown as HTML: code, strong, emphasis, links. All other text is escaped.
struct InlineHTML {
  private var rest: Substring
  private var html = ""

  /// Returns the HTML of a text.
  static func render(_ text: some StringProtocol) -> String {
    var renderer = InlineHTML(rest: Substring(text))
    while let mark = renderer.rest.utf8.firstIndex(where: startsElement) {
      renderer.html += HTMLEscaping.escape(renderer.rest[..<mark])
      renderer.rest = renderer.rest[mark...]
      renderer.render(renderer.rest.removeFirst())
    }
    return renderer.html + HTMLEscaping.escape(renderer.rest)
  }

  private static func startsElement(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "`") || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "[")
  }

  /// Returns the text without its inline markup.
  static func plain(_ text: String) -> String { text.filter { $0 != "`" && $0 != "*" } }

  private mutating func render(_ character: Character) {
    switch character {
    case "`": if let code = taken(upTo: "`") { return html += "<code>\(HTMLEscaping.escape(code))</code>" }
    case "*" where rest.hasPrefix("*"):
      rest.removeFirst()
      if let strong = taken(upTo: "**") { return html += "<strong>\(Self.render(strong))</strong>" }
      html += "*"
    case "*": if let emphasis = taken(upTo: "*") { return html += "<em>\(Self.render(emphasis))</em>" }
    case "[": if let link { return html += link }
    default: break
    }
    html += HTMLEscaping.escape(String(character))
  }

  /// Removes and returns the text up to the mark; nil if there is none.
  private mutating func taken(upTo mark: String) -> Substring? {
    guard let end = rest.utf8.firstRange(of: mark.utf8), end.lowerBound > rest.startIndex else { return nil }
    defer { rest = rest[end.upperBound...] }
    return rest[..<end.lowerBound]
  }

  /// The link that starts here, after its bracket; nil if this is no link to a page or a web site.
  private var link: String? {
    mutating get {
      let start = rest
      if let text = taken(upTo: "]("), !text.contains("]"), let target = taken(upTo: ")"),
        let address = Self.address(target)
      {
        return "<a href=\"\(HTMLEscaping.escape(address))\">\(Self.render(text))</a>"
      }
      rest = start
      return nil
    }
  }

  /// Returns the address of a link in HTML: `page.md#part` is the page `page#part`. Only pages,
  /// parts of the same page and https links are allowed, so no page can hold a script's address.
  private static func address(_ target: Substring) -> String? {
    if target.hasPrefix("https://") || target.hasPrefix("#") { return String(target) }
    let parts = target.split(separator: "#", maxSplits: 1)
    guard let file = parts.first, file.hasSuffix(".md"), !file.contains(":"), !file.contains("/") else { return nil }
    return ([String(file.dropLast(3))] + parts.dropFirst().map(String.init)).joined(separator: "#")
  }
}
