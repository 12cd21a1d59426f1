/// A line of the guide: plain text with values formatted as code.
struct GuideText: ExpressibleByStringInterpolation {
  enum Span {
    case words(String)
    case code(String)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var spans: [Span] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { spans.append(.words(literal)) }
    }

    /// Appends a value that the reader copies.
    mutating func appendInterpolation(_ code: String) {
      spans.append(.code(code))
    }

    /// Appends external text that is not a value to copy.
    mutating func appendInterpolation(words: String) {
      spans.append(.words(words))
    }
  }

  let spans: [Span]

  init(stringLiteral text: String) {
    spans = [.words(text)]
  }

  init(stringInterpolation: StringInterpolation) {
    spans = stringInterpolation.spans
  }
}

/// A block of the guide.
enum GuideBlock {
  case title(GuideText)
  case heading(GuideText)
  case paragraph(GuideText)
  /// A common mistake in this step.
  case trap(GuideText)
  /// A way to confirm that the step worked.
  case check(GuideText)
  case steps([GuideText])
  /// Names and values to copy.
  case values([(name: String, value: String)])
  case code(String)
}

/// The guide's blocks in order, ready to render.
struct Guide {
  let blocks: [GuideBlock]
}
