import AWSPolicy
import Text

/// The role session name, chosen by the customer: 2 to 64 of `A-Za-z0-9_+=,.@-` (AWS STS, AssumeRole, RoleSessionName).
package struct SessionName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters that a session name may have.
  package static let characterCounts = 2...64

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The session name that a caller offers, without the ASCII white space around it. Throws `session-name.placeholder`,
  /// `.invisible-character`, `.illegal-character` and `.length`, the last three together where each is true.
  package init(validating text: String) throws(InvalidValue) {
    let examined = ExaminedText(trimming: text)
    var examination = Examination(.sessionName)
    if Self.isPlaceholder(examined) {
      examination.report(
        "placeholder", "“Your Session Name” is the text that the trust policy's line 7 asks you to replace.",
        hint:
          "Choose a session name of your own, such as “acme-import”, and use the same one here and in the trust policy."
      )
    } else {
      examination.reportDeceptiveCharacters(in: examined)
      Self.reportIllegalCharacter(of: examined, to: &examination)
      Self.reportLength(of: examined, to: &examination)
    }
    try examination.finish()
    self.text = examined.text
  }

  /// The text itself.
  package var description: String { text }

  /// The article's placeholder in any case, with any white space or quotes.
  private static func isPlaceholder(_ examined: ExaminedText) -> Bool {
    guard examined.bytes.count <= 64 else { return false }
    let words = ASCII.lowercased(examined.bytes).split { " \t\u{A0}\"'“”<>{}[]".contains($0) }
    return words == ["your", "session", "name"]
  }

  private static func reportIllegalCharacter(of examined: ExaminedText, to examination: inout Examination) {
    let illegal = examined.firstCharacter { scalar in
      !(scalar.isASCII && ARN.isNameCharacter(UInt8(truncatingIfNeeded: scalar.value)))
        && DeceptiveCharacter.description(of: scalar) == nil
    }
    guard let illegal else { return }
    examination.report(
      "illegal-character",
      "There is \(illegal.description) at offset \(illegal.offset); AWS allows the letters A–Z and a–z, digits and _ + = , . @ - only.",
      hint: hint(for: examined, illegal: illegal.scalar))
  }

  private static func hint(for examined: ExaminedText, illegal: Unicode.Scalar) -> String {
    let text = examined.printableASCII
    if text.hasPrefix("arn:"), let last = text.split(separator: "/").last, last.utf8.count <= 64 {
      return "This looks like a whole principal. The session name is the part behind the last slash: “\(last)”."
    }
    if illegal == " " { return "A session name has no spaces: write “acme-import”, not “acme import”." }
    return "Choose a name such as “acme-import”, and use the same one in the trust policy."
  }

  private static func reportLength(of examined: ExaminedText, to examination: inout Examination) {
    let count = examined.text.unicodeScalars.count
    guard !characterCounts.contains(count) else { return }
    examination.report(
      "length", "The session name has \(count) characters; AWS allows from 2 to 64.",
      hint: "Choose a name such as “acme-import”, and use the same one in the trust policy.")
  }
}
