/// A line of the guide: plain text with values formatted as code.
struct GuideText: ExpressibleByStringInterpolation {
  enum Span {
    case words(String)
    case code(String)
    /// The start of bold text, or its end if it has started. Literals write it as `**`.
    case boldMark
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var spans: [Span] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      spans += GuideText.spans(in: literal)
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
    spans = Self.spans(in: text)
  }

  init(stringInterpolation: StringInterpolation) {
    spans = stringInterpolation.spans
  }

  private static func spans(in literal: String) -> [Span] {
    var spans: [Span] = []
    var words = ""
    var previous: Character?
    for character in literal {
      if character == "*", previous == "*" {
        words.removeLast()
        if !words.isEmpty { spans.append(.words(words)) }
        spans.append(.boldMark)
        words = ""
        previous = nil
      } else {
        words.append(character)
        previous = character
      }
    }
    return words.isEmpty ? spans : spans + [.words(words)]
  }
}

/// A block of the guide.
enum GuideBlock {
  case title(GuideText)
  /// The start of a section, with the step of the checklist that it explains.
  case heading(GuideText, SetupStep)
  case paragraph(GuideText)
  /// A common mistake in this step.
  case trap(GuideText)
  /// A way to confirm that the step worked.
  case check(GuideText)
  case steps([GuideText])
  /// Names and values to copy.
  case values([(name: String, value: String)])
  /// A document or a command to copy, with the name of the file to save it in.
  case code(title: String, file: String, text: String)
}

/// The guide's blocks in order, ready to render.
struct Guide {
  let blocks: [GuideBlock]
}
