import Text

/// A character that no ARN and no external ID contains, and that people copy along without seeing
/// it.
struct UnexpectedCharacter {
  private let scalar: Unicode.Scalar
  /// Its position in the text, counted from 1.
  private let position: Int

  /// Finds the first one in a text; nil if the text is visible ASCII.
  init?(in text: String) {
    for (index, scalar) in text.unicodeScalars.enumerated() where !Self.isUsual(scalar) {
      self.scalar = scalar
      position = index + 1
      return
    }
    return nil
  }

  /// Returns the text without such characters.
  static func removed(from text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(isUsual)))
  }

  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool { ASCII.isVisible(scalar) }

  /// The code point, its name and its position, as the start of a sentence.
  var description: String { "\(CodePoint.name(scalar)) is character \(position)" }
}
