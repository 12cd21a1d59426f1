import AWSPolicy
import Text

/// The role session name, chosen by the customer: 2 to 64 of `A-Za-z0-9_+=,.@-` (AWS STS,
/// AssumeRole, `RoleSessionName`).
package struct SessionName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters of a session name.
  package static let characterCounts = 2...64

  /// The session name.
  package let text: String

  /// A session name from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The session name that a caller sends, without the ASCII white space around it.
  ///
  /// Throws `session-name.placeholder` alone; else `.invisible-character`, `.illegal-character` and
  /// `.length`, together where each is true.
  package init(validating text: String) throws(InvalidValue) {
    let examined = ValidatedText(trimming: text)
    var validation = FieldValidation(.sessionName)
    if Self.isPlaceholder(examined) {
      validation.report(
        "placeholder", "“Your Session Name” is the placeholder in line 7 of the trust policy.",
        hint: "Choose your own session name, such as “acme-import”. Use it here and in the trust policy.")
    } else {
      validation.reportDeceptiveCharacters(in: examined)
      Self.reportIllegalCharacter(of: examined, to: &validation)
      Self.reportLength(of: examined, to: &validation)
    }
    try validation.finish()
    self.text = examined.text
  }

  /// The session name.
  package var description: String { text }

  /// Returns true for the article's placeholder in any case, with any white space or quotes.
  private static func isPlaceholder(_ examined: ValidatedText) -> Bool {
    // What is between its words cannot be in a session name. Most names end here.
    guard examined.bytes.count <= 64, !examined.bytes.allSatisfy(ARN.isNameCharacter) else { return false }
    let words = ASCII.lowercased(examined.bytes).split { " \t\u{A0}\"'“”<>{}[]".contains($0) }
    return words == ["your", "session", "name"]
  }

  private static func reportIllegalCharacter(of examined: ValidatedText, to validation: inout FieldValidation) {
    let illegal = examined.firstCharacter { scalar in
      !(scalar.isASCII && ARN.isNameCharacter(UInt8(truncatingIfNeeded: scalar.value)))
        && DeceptiveCharacter.description(of: scalar) == nil
    }
    guard let illegal else { return }
    validation.report(
      "illegal-character",
      "The session name contains \(illegal); AWS allows only A–Z, a–z, 0–9 and _ + = , . @ -",
      hint: hint(for: examined, illegal: illegal.scalar))
  }

  private static func hint(for examined: ValidatedText, illegal: Unicode.Scalar) -> String {
    let text = examined.printableASCII
    if text.hasPrefix("arn:"), let last = text.split(separator: "/").last, last.utf8.count <= 64 {
      return "This looks like a whole principal. The session name is the part after the last slash: “\(last)”."
    }
    if illegal == " " {
      let joined = text.split(separator: " ").joined(separator: "-")
      return "A session name must not contain spaces. Did you mean “\(joined.prefix(64))”?"
    }
    return "Choose a name such as “acme-import”, and use the same one in the trust policy."
  }

  private static func reportLength(of examined: ValidatedText, to validation: inout FieldValidation) {
    let count = examined.text.unicodeScalars.count
    // The length of a whole principal is not what is wrong with it.
    guard !characterCounts.contains(count), !examined.text.hasPrefix("arn:") else { return }
    validation.report(
      "length", "The session name has \(count) characters; AWS allows 2 to 64.",
      hint: "Choose a name such as “acme-import”, and use the same one in the trust policy.")
  }
}
