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
