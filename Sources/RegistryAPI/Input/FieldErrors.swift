import Text

/// The faults that any member can have, with the codes that `api.md` names: `<member>.missing` and so on.
enum FieldErrors {
  /// What the registry makes and no request settles.
  private static let settledByRegistry: Set<String> = [
    "id", "status", "enabled", "externalId", "pendingExternalId", "principal", "trustPolicy", "permissionPolicy",
    "warnings", "lastVerification", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "deletedAt",
    "organisation", "connectorType", "token", "revokedAt", "lastUsedAt", "trustPolicyChanged", "previousPrincipal",
  ]

  static func missing(_ name: String) -> RequestError {
    RequestError(.pointer("/" + name), subject(name) + ".missing", "The member \(name) is required.")
  }

  static func wrongType(_ name: String, wanted: String, found: String) -> RequestError {
    RequestError(
      .pointer("/" + name), subject(name) + ".wrong-type", "The member \(name) is \(found); it must be \(wanted).")
  }

  /// A member that the route does not ask for: the registry's own, or one that nobody knows.
  static func unasked(_ name: String) -> RequestError {
    settledByRegistry.contains(name) ? notSettable(name) : unknown(name)
  }

  static func notSettable(_ name: String) -> RequestError {
    RequestError(
      .pointer("/" + name), subject(name) + ".not-settable", "The member \(name) cannot be set here.", hint: hint(name))
  }

  private static func unknown(_ name: String) -> RequestError {
    RequestError(
      .pointer("/" + escaped(name)), subject(name) + ".unknown", "There is no member of this name here.",
      hint: "Look for a slip of spelling or case; GET /openapi.json lists the members.")
  }

  private static func hint(_ name: String) -> String {
    switch name {
    case "externalId", "pendingExternalId":
      "The registry draws it: leave it out, read it from the answer, and rotate it with external-id/rotate."
    case "principal": "It follows from the session name: leave it out and set sessionName."
    case "enabled": "Use the calls enable and disable."
    case "organisation": "It follows from the token; an administrator settles it when an ICC is created."
    default: "Leave it out."
    }
  }

  /// `userArn` becomes `user-arn`. A name that is no plain identifier of up to 64 characters becomes `member`: it is not
  /// reflected.
  static func subject(_ name: String) -> String {
    guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(ASCII.isLetterOrDigit),
      name.utf8.first.map(ASCII.isLetter) ?? false
    else { return "member" }
    var kebab: [UInt8] = []
    for byte in name.utf8 {
      let isUpper = ASCII.isUppercaseLetter(byte)
      if isUpper, !kebab.isEmpty { kebab.append(UInt8(ascii: "-")) }
      kebab.append(ASCII.lowercased(byte))
    }
    return String(decoding: kebab, as: UTF8.self)
  }

  /// RFC 6901 section 3.
  private static func escaped(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
    return String(name.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
  }
}
