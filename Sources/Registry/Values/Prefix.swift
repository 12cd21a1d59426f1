/// The part of the bucket to import: at most 1,024 bytes of UTF-8, empty for the whole bucket.
package struct Prefix: Hashable, Sendable, CustomStringConvertible {
  /// The maximum number of bytes of an S3 key (Amazon S3 User Guide, "Naming Amazon S3 objects").
  package static let maxByteCount = 1_024

  /// The prefix.
  package let text: String

  /// A prefix from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The prefix that a caller sends, untrimmed: a key can start or end with a space.
  ///
  /// Throws `prefix.is-uri` or `.is-arn` alone; else `.leading-slash`, `.empty-segment`,
  /// `.dot-segment`, `.control-character` and `.too-long`, together where each is true. Keys can
  /// contain invisible characters; `ICC.warnings` reports them.
  package init(validating text: String) throws(InvalidValue) {
    var validation = FieldValidation(.prefix)
    if let location = S3Location(uri: text) {
      validation.report("is-uri", "This is a URI, not a prefix.", hint: location.fieldsHint)
    } else if let location = S3Location(arn: text) {
      validation.report("is-arn", "This is an ARN, not a prefix.", hint: location.fieldsHint)
    } else {
      Self.reportSegments(of: text, to: &validation)
      if let character = ValidatedText(text).firstCharacter(where: { $0.isControlCharacter }) {
        validation.report(
          "control-character", "The prefix contains \(character).", hint: Self.whereToFindIt)
      }
    }
    Self.reportLength(of: text, to: &validation)
    try validation.finish()
    self.text = text
  }

  /// True for the whole bucket.
  package var isEmpty: Bool { text.isEmpty }

  /// The prefix.
  package var description: String { text }

  /// Returns true if both prefixes have the same bytes: to S3, differently composed accents differ.
  package static func == (left: Prefix, right: Prefix) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  /// The bytes that `==` compares.
  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension Prefix {
  private static let whereToFindIt =
    "Copy the prefix from the Amazon S3 console: open the folder and copy its path after the bucket name."

  private static func reportSegments(of text: String, to validation: inout FieldValidation) {
    let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isLeading = text.utf8.first == UInt8(ascii: "/")
    if isLeading {
      validation.report(
        "leading-slash", "The prefix starts with “/”; S3 keys do not.",
        hint: "Remove the first slash: “exports/”, not “/exports/”. For the whole bucket, leave the prefix empty.")
    }
    if segments.dropFirst().dropLast().contains(where: \.isEmpty) {
      validation.report(
        "empty-segment", "The prefix contains two adjacent slashes.",
        hint: "Write one slash between two names: “exports/weekly/”.")
    }
    if segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
      validation.report(
        "dot-segment", "The prefix contains “.” or “..” as a path segment.",
        hint: "S3 does not resolve dots. Write the full path, such as “exports/weekly/”.")
    }
  }

  private static func reportLength(of text: String, to validation: inout FieldValidation) {
    let count = text.utf8.count
    guard count > maxByteCount else { return }
    validation.report(
      "too-long", "The prefix has \(count) bytes in UTF-8; S3 keys have at most 1,024.", hint: whereToFindIt)
  }
}
