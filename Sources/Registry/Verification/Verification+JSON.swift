package import JSON

extension Verification {
  /// The text that is answered, stored, and answered again later: one JSON object, its members in
  /// the contract's order.
  package var text: String {
    var writer = JSONWriter(capacity: 2048)
    writer.beginObject()
    writer.member("verdict", verdict.rawValue)
    writer.member("iccVersion", Int(iccVersion))
    writer.member("startedAt", startedAt.description)
    writer.member("durationMs", durationMilliseconds)
    writer.member("retryAfterSeconds", retryAfterSeconds)
    writer.memberName("checks")
    writer.array(of: checks)
    writer.endObject()
    return writer.text
  }
}

extension Verification {
  /// The verdict, the version and the failed checks, as an event records them.
  var summary: JSONValue { Self.summary(ofText: text) }

  /// Returns the summary of a verification's text; null for text that is not a verification.
  static func summary(ofText text: String) -> JSONValue {
    guard let document = try? JSONValue(parsing: text), let verdict = document["verdict"],
      let version = document["iccVersion"], let checks = document["checks"]?.arrayValue
    else { return .null }
    let failed = checks.filter { $0["status"]?.stringValue == VerificationCheck.Status.failed.rawValue }
    return .object([
      ("verdict", verdict), ("iccVersion", version), ("failed", .array(failed.compactMap { $0["name"] })),
    ])
  }
}

extension JSONWriter {
  /// The checks as an array of objects.
  package mutating func array(of checks: [VerificationCheck]) {
    beginArray()
    for check in checks {
      beginObject()
      member("name", check.name.rawValue)
      member("status", check.status.rawValue)
      member("durationMs", check.durationMilliseconds)
      member("code", check.code)
      member("detail", check.detail)
      member("hint", check.hint)
      endObject()
    }
    endArray()
  }
}
