import JSON
import System

extension AuditedSubject {
  /// True if the creation of a token recorded the fingerprint of its hash, which earlier versions
  /// did not.
  package var hasFingerprint: Bool { fields[Self.fingerprintField] != nil }

  /// The field of an event that has the fingerprint of a token's hash.
  static let fingerprintField = "hashFingerprint"

  /// The number of the event by which a token, an ICC or an organisation was created; nil if there
  /// is none.
  package var creation: Int64? { fields["createdAt"]?.event }

  /// Returns the differences between the events and the row of an ICC, each as the end of a
  /// sentence that begins with its identifier.
  package func differences(from icc: ICC) -> [String] {
    let row: [(String, JSONValue)] = [
      ("organisation", .string(icc.organisation.text)), ("version", .number(icc.version)),
      ("createdAt", Self.time(icc.createdAt)), ("createdBy", .string(icc.createdBy.text)),
      ("updatedAt", Self.time(icc.updatedAt)), ("updatedBy", .string(icc.updatedBy.text)),
      (Self.heldField, .bool(icc.isHeld)),
      (Self.verificationField, icc.lastVerification.map(Verification.summary(ofText:)) ?? .null),
    ]
    return differences(from: ICCDifference.members(of: icc) + row)
  }

  /// Returns the differences between the events and the row of a token.
  package func differences(from token: Token, _ hash: TokenHash) -> [String] {
    var row: [(String, JSONValue)] = [
      ("name", .string(token.name)), ("role", .string(token.role.rawValue)),
      ("organisation", token.organisation.map { .string($0.text) } ?? .null),
      ("createdAt", Self.time(token.createdAt)), ("createdBy", .string(token.createdBy.text)),
      ("expiresAt", Self.time(token.expiresAt)), ("revokedAt", Self.time(token.revokedAt)),
      ("addressBlocks", .array(token.addressBlocks.map { .string($0.description) })),
    ]
    // Earlier versions knew only tokens of one organisation or of all, which the column shows.
    if fields["organisations"] != nil || token.organisations.count > 1 {
      row.append(("organisations", .array(token.organisations.map { .string($0.text) })))
    }
    if hasFingerprint {
      row += [
        ("lastFour", token.lastFour.map(JSONValue.string) ?? .null), (Self.fingerprintField, .string(hash.fingerprint)),
      ]
    }
    return differences(from: row)
  }

  /// Returns the differences between the events and the row of an organisation, which was deleted
  /// at `deletedAt` or still exists.
  package func differences(from organisation: Organisation, deletedAt: Timestamp?) -> [String] {
    var row: [(String, JSONValue)] = [
      ("name", .string(organisation.name)), ("version", .number(organisation.version)),
      ("createdBy", .string(organisation.createdBy.text)), ("deletedAt", Self.time(deletedAt)),
    ]
    if organisation.id != .default { row.append(("createdAt", Self.time(organisation.createdAt))) }
    return differences(from: row)
  }

  private func differences(from row: [(String, JSONValue)]) -> [String] {
    contradictions
      + row.filter { !isValue($0.1, of: $0.0) }.map { name, value in
        "\(name) is \(value.text()), but \(source(of: name))"
      }
  }

  /// Returns true if a field has this value after the events so far. A field that no event named is
  /// empty: it did not exist yet, or was never set.
  func isValue(_ value: JSONValue, of name: String) -> Bool {
    if let field = fields[name] { return field.value == value }
    return value.isNull || value.boolValue == false || value.stringValue?.isEmpty == true
      || value.arrayValue?.isEmpty == true
  }

  /// The event that is the source of a field's value, and the value, as the end of a sentence.
  func source(of name: String) -> String {
    guard let field = fields[name] else { return "no event says so" }
    return "event \(field.event) says \(field.value.text())"
  }

  private static func time(_ time: Timestamp?) -> JSONValue {
    time.map { .string($0.description) } ?? .null
  }
}
