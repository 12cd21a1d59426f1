import Registry

/// Finds values that two entries of a file must not share. It keeps a hash of 64 bits and the line
/// of each: two different ones of a million have the same hash in one of ten million files.
struct RepeatedValues {
  private var lines: [Int: Int32] = [:]

  /// Records the values of an entry and returns an error for each that an earlier entry has.
  mutating func note(_ icc: ImportedICC, line: Int) -> [Diagnostic] {
    var errors: [Diagnostic] = []
    if let first = first("external ID", icc.externalID.hex, line) {
      errors.append(
        Self.error("/externalId", "external-id.repeated", "Line \(first) has the same external ID.", Self.idHint))
    }
    if let pending = icc.pendingExternalID, let first = first("external ID", pending.hex, line) {
      errors.append(
        Self.error("/pendingExternalId", "external-id.repeated", "Line \(first) has this external ID.", Self.idHint))
    }
    if let first = first(icc.new.organisation.text, icc.new.name.text.folded, line) {
      errors.append(
        Self.error(
          "/name", "name.taken", "Line \(first) has the same name.", "Choose another name. Case makes no difference."))
    }
    if let id = icc.id, let first = first("identifier", id.text, line) {
      errors.append(Self.error("/id", "id.in-use", "Line \(first) has the same identifier.", "Remove one of them."))
    }
    return errors
  }

  private static let idHint = "Each external ID belongs to one ICC. Remove one of the entries."

  private static func error(_ pointer: String, _ code: String, _ detail: String, _ hint: String) -> Diagnostic {
    Diagnostic(pointer: pointer, code: code, detail: detail, hint: hint)
  }

  /// Returns the line of the first entry with this value, if it is not this one. An organisation
  /// ID contains no space and no uppercase letter, so names are a kind of their own.
  private mutating func first(_ kind: String, _ value: String, _ line: Int) -> Int32? {
    var hasher = Hasher()
    hasher.combine(kind)
    hasher.combine(value)
    let hash = hasher.finalize()
    if let first = lines[hash] { return first }
    lines[hash] = Int32(clamping: line)
    return nil
  }
}
