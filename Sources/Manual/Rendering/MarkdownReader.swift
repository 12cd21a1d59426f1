/// Splits Markdown into blocks: headings, paragraphs, fenced code, flat lists, tables, pictures.
///
/// This is the subset that the manual's pages use (CommonMark 0.31 sections 4 and 5, and GitHub's
/// tables); anything else is a paragraph. Raw HTML is plain text here.
package struct MarkdownReader {
  private var lines: ArraySlice<Substring>

  /// Returns the blocks of a text.
  package static func blocks(_ text: String) -> [MarkdownBlock] {
    var reader = MarkdownReader(lines: text.split(separator: "\n", omittingEmptySubsequences: false)[...])
    var blocks: [MarkdownBlock] = []
    while let block = reader.next() { blocks.append(block) }
    return blocks
  }

  /// Returns the heading in the first line of a text. Every page lists the titles of all, so this
  /// does not read the rest.
  static func title(of text: String) -> String? {
    var reader = MarkdownReader(lines: text.split(separator: "\n", maxSplits: 1).prefix(1))
    guard case .heading(1, let title) = reader.next() else { return nil }
    return title
  }

  private mutating func next() -> MarkdownBlock? {
    while let line = lines.first, line.isBlank { lines.removeFirst() }
    guard let line = lines.first else { return nil }
    if line.hasPrefix("```") { return code() }
    if let picture = Self.picture(line) {
      lines.removeFirst()
      return .picture(text: picture.text, name: picture.name)
    }
    if let level = Self.headingLevel(line) {
      lines.removeFirst()
      return .heading(level, String(line.dropFirst(level + 1)))
    }
    if Self.item(line) != nil { return list() }
    if line.hasPrefix("|") { return table() }
    return .paragraph(taken { !Self.startsBlock($0) })
  }

  private mutating func code() -> MarkdownBlock {
    lines.removeFirst()
    var text = ""
    while let line = lines.popFirst(), !line.hasPrefix("```") { text += line + "\n" }
    return .code(text)
  }

  private mutating func list() -> MarkdownBlock {
    var items: [String] = []
    let isOrdered = lines.first.flatMap(Self.item)?.isOrdered ?? false
    while let line = lines.first, let item = Self.item(line), item.isOrdered == isOrdered {
      lines.removeFirst()
      let continuation = taken { $0.hasPrefix("  ") }
      items.append(continuation.isEmpty ? item.text : item.text + " " + continuation)
    }
    return .list(isOrdered: isOrdered, items)
  }

  private mutating func table() -> MarkdownBlock {
    var rows: [[String]] = []
    while let line = lines.first, line.hasPrefix("|") {
      rows.append(Self.cells(line))
      lines.removeFirst()
    }
    return .table(header: rows[0], rows: Array(rows.dropFirst(2)))
  }

  /// Removes and joins the lines from here on that are not blank and that match.
  private mutating func taken(while matches: (Substring) -> Bool) -> String {
    var words: [Substring] = []
    while let line = lines.first, !line.isBlank, matches(line) {
      words.append(line.trimmed)
      lines.removeFirst()
    }
    return words.joined(separator: " ")
  }

  private static func headingLevel(_ line: Substring) -> Int? {
    let level = line.prefix { $0 == "#" }.count
    return (1...6).contains(level) && line.dropFirst(level).hasPrefix(" ") ? level : nil
  }

  private static func item(_ line: Substring) -> (isOrdered: Bool, text: String)? {
    if line.hasPrefix("- ") { return (false, String(line.dropFirst(2))) }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, line.dropFirst(digits.count).hasPrefix(". ") else { return nil }
    return (true, String(line.dropFirst(digits.count + 2)))
  }

  /// The picture of a line `![text](Pictures/name.png)`. Another address is text: a page loads
  /// nothing else.
  static func picture(_ line: Substring) -> (text: String, name: String)? {
    // A prefix costs less than the expression, and almost no line is a picture.
    guard line.hasPrefix("![") else { return nil }
    let form = /!\[([^\[\]]+)\]\(Pictures\/([a-z0-9-]+\.png)\)/
    guard let parts = line.wholeMatch(of: form) else { return nil }
    return (String(parts.1), String(parts.2))
  }

  private static func startsBlock(_ line: Substring) -> Bool {
    line.hasPrefix("```") || line.hasPrefix("|") || picture(line) != nil || headingLevel(line) != nil
      || item(line) != nil
  }

  /// Returns the cells of a table's row. `\|` is a pipe within a cell.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line.trimmed.dropFirst() {
      switch character {
      case "|" where isEscaped: cells[cells.count - 1].replaceLast(with: "|")
      case "|": cells.append("")
      default: cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    return cells.dropLast().map { String($0[...].trimmed) }
  }
}

extension Substring {
  fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }

  fileprivate var trimmed: Substring {
    let start = drop { $0 == " " }
    return start[..<(start.lastIndex { $0 != " " }.map(start.index(after:)) ?? start.startIndex)]
  }
}

extension String {
  fileprivate mutating func replaceLast(with character: Character) {
    removeLast()
    append(character)
  }
}
