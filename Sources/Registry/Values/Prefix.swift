/// The part of the bucket that is imported: at most 1,024 bytes of UTF-8, empty for the whole bucket.
package struct Prefix: Hashable, Sendable, CustomStringConvertible {
  /// The number of bytes of UTF-8 that a key of S3 may have (Amazon S3 User Guide, "Naming Amazon S3 objects").
  package static let greatestByteCount = 1_024

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The prefix that a caller offers. Nothing is trimmed, for a key may begin or end with a space. Throws `prefix.is-uri`
  /// or `.is-arn` alone; else `.leading-slash`, `.empty-segment`, `.dot-segment`, `.control-character` and `.too-long`,
  /// together where each is true. Invisible characters are legal in keys; `ICC.warnings` tells them.
  package init(validating text: String) throws(InvalidValue) {
    var examination = Examination(.prefix)
    if let location = S3Location(uri: text) {
      examination.report("is-uri", "This is a URI, not a prefix.", hint: Self.split(location))
    } else if let location = S3Location(arn: text) {
      examination.report("is-arn", "This is an ARN, not a prefix.", hint: Self.split(location))
    } else {
      Self.reportSegments(of: text, to: &examination)
      if let character = ExaminedText(text).firstCharacter(where: { $0.isControlCharacter }) {
        examination.report(
          "control-character", "There is \(character.description) at offset \(character.offset).",
          hint:
            "Copy the prefix from the Amazon S3 console: open the folder and read its path behind the bucket's name.")
      }
    }
    Self.reportLength(of: text, to: &examination)
    try examination.finish()
    self.text = text
  }

  /// Whether the whole bucket is meant.
  package var isEmpty: Bool { text.isEmpty }

  /// The text itself.
  package var description: String { text }

  /// Whether both prefixes are the same bytes: S3 knows no equivalence of accents, and Swift's own comparison of texts does.
  package static func == (left: Prefix, right: Prefix) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  /// The bytes that `==` compares.
  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}

extension Prefix {
  private static func split(_ location: S3Location) -> String {
    guard !location.bucket.isEmpty, location.isOfLegalLengths else {
      return "The prefix is what stands behind the bucket's name, such as “exports/”."
    }
    return location.prefix.isEmpty
      ? "Give bucket name “\(location.bucket)” and leave the prefix empty."
      : "Give bucket name “\(location.bucket)” and prefix “\(location.prefix)”."
  }

  private static func reportSegments(of text: String, to examination: inout Examination) {
    let segments = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isLeading = text.utf8.first == UInt8(ascii: "/")
    if isLeading {
      examination.report(
        "leading-slash", "The prefix begins with “/”; keys of S3 do not.",
        hint: "Leave the first slash out: “exports/”, not “/exports/”. For the whole bucket leave the prefix empty.")
    }
    if segments.dropFirst().dropLast().contains(where: \.isEmpty) {
      examination.report(
        "empty-segment", "The prefix has two slashes side by side.",
        hint: "Write one slash between two names: “exports/weekly/”.")
    }
    if segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
      examination.report(
        "dot-segment", "The prefix has “.” or “..” as one of its names.",
        hint:
          "S3 does not resolve dots as a file system does: write the full path from the bucket's top, such as “exports/weekly/”."
      )
    }
  }

  private static func reportLength(of text: String, to examination: inout Examination) {
    let count = text.utf8.count
    guard count > greatestByteCount else { return }
    examination.report(
      "too-long", "The prefix has \(count) bytes in UTF-8; keys of S3 have at most 1,024.",
      hint: "Copy the prefix from the Amazon S3 console: open the folder and read its path behind the bucket's name.")
  }
}
