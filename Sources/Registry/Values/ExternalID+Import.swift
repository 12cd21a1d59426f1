import Text

extension ExternalID {
  /// The field of a file that has an external ID.
  package enum ImportedField: Sendable {
    /// The current one.
    case current
    /// The one that a rotation makes current.
    case pending

    fileprivate var field: FieldValidation.Field { self == .current ? .externalID : .pendingExternalID }
  }

  /// The external ID that another system has made and a customer's trust policy contains.
  ///
  /// Throws one of `external-id.malformed`, `.sample` and `.predictable`. It is not trimmed or
  /// converted: AWS compares external IDs byte by byte.
  package init(validatingImported text: String, as kind: ImportedField = .current) throws(InvalidValue) {
    var validation = FieldValidation(kind.field)
    guard let id = ExternalID(hex: text) else {
      validation.report(
        "malformed", "An external ID has 64 lowercase hexadecimal digits" + Self.difference(of: text),
        hint: "Copy it from the customer's trust policy, and do not convert it: AWS compares it byte by byte.")
      throw InvalidValue(diagnostics: validation.errors)
    }
    if id == .sample {
      validation.report(
        "sample", "This is the sample in InfoSum's article, which everyone can read.",
        hint: "Create a new ICC with POST /v1/iccs, and have the customer store its trust policy.")
    } else if let pattern = ExternalIDPattern(in: id) {
      validation.report(
        "predictable", "The external ID can be guessed: \(pattern.rawValue).",
        hint: "Create a new ICC with POST /v1/iccs, and have the customer store its trust policy.")
    }
    try validation.finish()
    self = id
  }

  private static func difference(of text: String) -> String {
    let bytes = Array(text.utf8)
    let count = text.unicodeScalars.count
    if count != 2 * byteCount { return ", not \(count) \(count == 1 ? "character" : "characters")." }
    return bytes.allSatisfy(Hexadecimal.isDigit) ? "; this one has uppercase digits." : "; this has other characters."
  }
}
