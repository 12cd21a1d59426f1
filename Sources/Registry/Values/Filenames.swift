import JSON

/// The files to import: up to 100 names relative to the prefix, in which `*` matches any run of
/// characters, slashes included, and `?` any one character. Empty for all files under the prefix.
package struct Filenames: Hashable, Sendable {
  /// The maximum number of names.
  package static let maxCount = 100

  /// The maximum number of bytes of a name, which is S3's limit for a key (Amazon S3 User Guide,
  /// "Naming Amazon S3 objects").
  package static let maxByteCount = 1_024

  /// All files under the prefix.
  package static let all = Filenames(stored: [])

  /// The names, in the customer's order.
  package let patterns: [String]

  /// Filenames from the store, where only valid ones are kept.
  package init(stored patterns: [String]) {
    self.patterns = patterns
  }

  /// The filenames that a caller sends, untrimmed: a key can start or end with a space.
  ///
  /// Throws `filenames.too-many` alone; else for each name, with its position in the pointer,
  /// `.empty` or `.is-uri` alone, or `.too-long`, `.leading-slash`, `.dot-segment` and
  /// `.control-character`, together where each is true.
  package init(validating patterns: [String]) throws(InvalidValue) {
    var validation = FieldValidation(.filenames)
    if patterns.count > Self.maxCount {
      validation.report(
        "too-many", "The list has \(patterns.count) filenames; it can have up to \(Self.maxCount).",
        hint: "Combine filenames with “*”, which matches any run of characters.")
    } else {
      for (index, pattern) in patterns.enumerated() { Self.check(pattern, index, &validation) }
    }
    try validation.finish()
    self.patterns = patterns
  }

  /// True for all files under the prefix.
  package var isEmpty: Bool { patterns.isEmpty }

  /// Returns true if both lists have the same bytes: to S3, differently composed accents differ.
  package static func == (left: Filenames, right: Filenames) -> Bool {
    left.patterns.elementsEqual(right.patterns) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// The bytes that `==` compares.
  package func hash(into hasher: inout Hasher) {
    for pattern in patterns {
      for byte in pattern.utf8 { hasher.combine(byte) }
      hasher.combine(0xFF as UInt8)
    }
  }
}

extension Filenames {
  /// The text of no names in the store.
  private static let emptyText = "[]"

  /// The names as a JSON array, which is how the store keeps them.
  package var storedText: String {
    isEmpty ? Self.emptyText : json.text()
  }

  /// The names as a JSON array.
  var json: JSONValue { .array(patterns.map(JSONValue.string)) }

  /// The names in a JSON array from the store; nil if the text is not an array of strings.
  package init?(storedText text: String) {
    guard text != Self.emptyText else {
      self = .all
      return
    }
    guard let values = (try? JSONValue(parsing: text))?.arrayValue else { return nil }
    let names = values.compactMap(\.stringValue)
    guard names.count == values.count else { return nil }
    patterns = names
  }
}

extension Filenames {
  private static func check(_ pattern: String, _ index: Int, _ validation: inout FieldValidation) {
    let count = pattern.utf8.count
    if count == 0 {
      return validation.report(
        "empty", at: index, "The filename is empty.",
        hint: "Remove it. To import all files under the prefix, leave the list empty.")
    }
    if let location = S3Location(uri: pattern) {
      return validation.report(
        "is-uri", at: index, "This is a URI, not a filename.",
        hint: location.fieldsHint + " A filename is the part of the key after the prefix.")
    }
    if count > maxByteCount {
      validation.report(
        "too-long", at: index, "The filename has \(count) bytes in UTF-8; S3 keys have at most 1,024.",
        hint: "Shorten it with “*”, which matches any run of characters.")
    }
    checkSegments(pattern, index, &validation)
    if let character = ValidatedText(pattern).firstCharacter(where: { $0.isControlCharacter }) {
      validation.report(
        "control-character", at: index, "The filename contains \(character).",
        hint: "Remove it, or write “?” instead, which matches any one character.")
    }
  }

  private static func checkSegments(_ pattern: String, _ index: Int, _ validation: inout FieldValidation) {
    if pattern.utf8.first == UInt8(ascii: "/") {
      validation.report(
        "leading-slash", at: index, "The filename starts with “/”. It continues the prefix without another slash.",
        hint: "Remove the first slash: “orders.csv”, not “/orders.csv”.")
    }
    let segments = pattern.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if segments.contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }) {
      validation.report(
        "dot-segment", at: index, "The filename contains “.” or “..” as a path segment.",
        hint: "S3 does not resolve dots. Write the path after the prefix, such as “2026/orders.csv”.")
    }
  }
}
