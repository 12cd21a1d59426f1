import Text

/// A character that no ARN and no external ID has: people copy it along without seeing it.
struct ForeignCharacter {
  private let scalar: Unicode.Scalar
  /// Its place in the text, from 1.
  private let position: Int

  /// The first one in a text; `nil` where all of it is visible ASCII.
  init?(in text: String) {
    for (index, scalar) in text.unicodeScalars.enumerated() where !Self.isUsual(scalar) {
      self.scalar = scalar
      position = index + 1
      return
    }
    return nil
  }

  /// The text without such characters.
  static func removed(from text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(isUsual)))
  }

  private static func isUsual(_ scalar: Unicode.Scalar) -> Bool { ASCII.isVisible(scalar) }

  /// The code point, what it is, and where it stands.
  var description: String {
    "\(CodePoint.name(scalar)) is at character \(position)"
  }
}
