import Text

/// The errors that any field of a body can have: `<field>.missing`, `.wrong-type`, `.unknown` and
/// `.not-settable`.
enum FieldErrors {
  /// The fields that the registry sets itself.
  private static let setByRegistry: Set<String> = [
    "id", "status", "enabled", "externalId", "pendingExternalId", "principal", "trustPolicy", "permissionPolicy",
    "warnings", "lastVerification", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt",
    "organisation", "connectorType", "token", "lastFour", "revokedAt", "lastUsedAt", "trustPolicyChanged",
    "previousPrincipal",
  ]

  /// Names of other APIs for our fields, in lower case and without separators: too different to be
  /// found as typing errors.
  private static let aliases = [
    "role": "userArn", "rolearn": "userArn", "iamrolearn": "userArn", "rolesessionname": "sessionName",
    "bucket": "bucketName", "s3bucket": "bucketName", "path": "prefix", "keyprefix": "prefix",
    "files": "filenames", "filename": "filenames", "patterns": "filenames", "kmskey": "kmsKeyArn",
    "kmskeyid": "kmsKeyArn", "kmsarn": "kmsKeyArn", "type": "connectorType",
    "org": "organisation", "orgid": "organisation", "organisationid": "organisation", "tenant": "organisation",
    "expires": "expiresAt", "expiry": "expiresAt", "displayname": "name",
  ]

  /// The number of bytes of an unknown field's name up to which the pointer names it rather than
  /// the whole body.
  private static let longestReflected = 128

  static func missing(_ name: String) -> RequestError {
    RequestError(.pointer("/" + name), subject(name) + ".missing", "The field \(name) is required.")
  }

  static func wrongType(_ name: String, wanted: String, found: String) -> RequestError {
    RequestError(
      .pointer("/" + name), subject(name) + ".wrong-type", "The field \(name) is \(found); it must be \(wanted).")
  }

  /// The error for an element of a list that is not a string.
  static func wrongType(_ name: String, at index: Int, found: String) -> RequestError {
    RequestError(
      .pointer("/\(name)/\(index)"), subject(name) + ".wrong-type",
      "This element of \(name) is \(found); it must be a string.")
  }

  /// The error for a field that the route does not read; `known` are those that it does.
  static func unexpected(_ name: String, known: [String]) -> RequestError {
    setByRegistry.contains(name) ? notSettable(name) : unknown(name, known)
  }

  static func notSettable(_ name: String) -> RequestError {
    RequestError(
      .pointer("/" + name), subject(name) + ".not-settable", "The field \(name) cannot be set here.", hint: hint(name))
  }

  private static func unknown(_ name: String, _ known: [String]) -> RequestError {
    let isLong = name.utf8.count > longestReflected
    return RequestError(
      .pointer(isLong ? "" : "/" + escaped(name)), subject(name) + ".unknown", "Unknown field.",
      hint: suggestion(for: name, known) ?? "Leave it out. GET /openapi.json lists the fields.")
  }

  private static func suggestion(for name: String, _ known: [String]) -> String? {
    let folded = nearestNameKey(of: name)
    if let alias = aliases[folded], known.contains(alias) { return "Did you mean \(alias)?" }
    if let near = nearestName(to: name, among: known) { return "Did you mean \(near)?" }
    return nearestName(to: name, among: setByRegistry.sorted()).map { "The registry sets \($0). Leave it out." }
  }

  private static func hint(_ name: String) -> String {
    switch name {
    case "externalId", "pendingExternalId":
      "The registry generates it. Leave it out, read it from the response, and change it with external-id/rotate."
    case "principal": "It is derived from the session name. Leave it out and set sessionName."
    case "enabled": "Use POST /v1/iccs/{id}/enable or disable."
    case "organisation": "It is the token's organisation. Only administrators choose one, when they create an ICC."
    default: "Leave it out."
    }
  }

  /// The field's name in a code: `userArn` and `user_arn` become `user-arn`. A name that is not a
  /// plain identifier of up to 64 characters becomes `field`, so that the code does not reflect
  /// arbitrary text.
  static func subject(_ name: String) -> String {
    guard (1...64).contains(name.utf8.count) else { return "field" }
    var kebab: [UInt8] = []
    for byte in name.utf8 {
      let isFirst = kebab.isEmpty
      guard ASCII.isLetter(byte) || !isFirst && (ASCII.isDigit(byte) || byte == UInt8(ascii: "_")) else {
        return "field"
      }
      if !isFirst, ASCII.isUppercaseLetter(byte) { kebab.append(UInt8(ascii: "-")) }
      kebab.append(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : ASCII.lowercased(byte))
    }
    return String(decoding: kebab, as: UTF8.self)
  }

  /// Escapes a name for a JSON pointer (RFC 6901 section 3).
  private static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
    return String(name.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
  }
}
