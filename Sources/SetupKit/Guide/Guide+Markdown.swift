extension Guide {
  /// The guide in CommonMark.
  var markdown: String {
    blocks.map(Self.markdown).joined(separator: "\n\n") + "\n"
  }

  private static func markdown(_ block: GuideBlock) -> String {
    switch block {
    case .title(let text): "# " + markdown(text)
    case .heading(let text, _): "## " + markdown(text)
    case .paragraph(let text): markdown(text)
    case .trap(let text): "> **Take care:** " + markdown(text)
    case .check(let text): "**Check:** " + markdown(text)
    case .steps(let steps):
      steps.enumerated().map { "\($0 + 1). " + markdown($1) }.joined(separator: "\n")
    case .values(let values):
      values.map { "- \($0.name): " + ($0.value.isEmpty ? "(empty)" : code($0.value)) }.joined(separator: "\n")
    case .code(_, _, let text):
      fenced(text)
    }
  }

  private static func markdown(_ text: GuideText) -> String {
    text.spans.map { span in
      switch span {
      case .words(let words): escaped(words)
      case .code(let value): code(value)
      case .boldMark: "**"
      }
    }.joined()
  }

  /// Returns a code span with a longer fence than any run of backticks in the value. Parsers strip
  /// one space on each side (CommonMark 0.31, section 6.1).
  private static func code(_ value: String) -> String {
    let fence = String(repeating: "`", count: longestRunOfBackticks(in: value) + 1)
    let isBare = fence.utf8.count == 1 && value.utf8.first != 0x20 && value.utf8.last != 0x20
    return isBare ? fence + value + fence : "\(fence) \(value) \(fence)"
  }

  private static func fenced(_ text: String) -> String {
    let fence = String(repeating: "`", count: max(3, longestRunOfBackticks(in: text) + 1))
    return "\(fence)\n\(text)\(text.utf8.last == 0x0A ? "" : "\n")\(fence)"
  }

  private static func longestRunOfBackticks(in text: String) -> Int {
    text.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
  }

  /// Returns text with the characters escaped that are special in Markdown or in its HTML.
  private static func escaped(_ words: String) -> String {
    var escaped = ""
    for scalar in words.unicodeScalars {
      if "\\`*_[]<>&#|~".unicodeScalars.contains(scalar) { escaped.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
