import Text

/// Characters without width, which IAM does not store.
enum HiddenCharacter {
  /// True if a character has no width and is not stored.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    !PolicyVariable.isStorable(scalar) && DeceptiveCharacter.isZeroWidth(scalar)
  }

  /// Returns the text without such characters.
  static func removed(from text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) }))
  }
}
