/// A line of the guide: plain words, with values set as code.
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

    /// A value, as it must be typed.
    mutating func appendInterpolation(_ code: String) {
      spans.append(.code(code))
    }

    /// A text that came from outside and is no value to type.
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

/// A part of the guide.
enum GuideBlock {
  case title(GuideText)
  case heading(GuideText)
  case paragraph(GuideText)
  /// Something that goes wrong at this place.
  case trap(GuideText)
  /// How to see that the step worked.
  case check(GuideText)
  case steps([GuideText])
  /// Names and values to copy.
  case values([(name: String, value: String)])
  case code(String)
}

/// The guide's parts in order, to be rendered.
struct Guide {
  let blocks: [GuideBlock]
}
