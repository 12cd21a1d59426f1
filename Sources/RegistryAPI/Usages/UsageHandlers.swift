import HTTPWire
import JSON
import Registry
import Text

/// Announces, lists and ends usages.
enum UsageHandlers {
  static func list(_ call: Call, _ token: Token, _ reader: any RegistryReader) throws -> APIResponse {
    let id = try call.iccID()
    guard try reader.version(of: id, in: token.scope) != nil else { throw Problem(.notFound) }
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("items", try reader.usages(of: id, at: call.now, in: token.scope))
    writer.endObject()
    return APIResponse(200, .json, writer.bytes)
  }

  static func announce(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let key = key(call, &input)
    let description = input.value("description", ICCDescription.init(validating:)) ?? .none
    let end = end(&input, at: call.now)
    try input.finish()
    guard let key, let end else { throw Problem(.validationFailed) }
    let context = call.context(token)
    let found = try await call.write(token, dryRun: false) {
      try UsageLifecycle.announce(key, of: id, description: description, until: end, context, in: $0)
    }
    var writer = JSONWriter()
    writer.value(found.usage)
    return APIResponse(found.isNew ? 201 : 200, .json, writer.bytes)
  }

  static func end(_ call: Call, _ token: Token) async throws -> APIResponse {
    let id = try call.iccID()
    var input = try call.input()
    let key = key(call, &input)
    try input.finish()
    guard let key else { throw Problem(.validationFailed) }
    let context = call.context(token)
    try await call.write(token, dryRun: false) { try UsageLifecycle.end(key, of: id, context, in: $0) }
    return .noContent
  }

  private static func key(_ call: Call, _ input: inout InputReader) -> UsageKey? {
    if let key = UsageKey(call.parameters[1]) { return key }
    input.report(
      RequestError(
        .parameter("key"), "usage-key.malformed", "This is not a usage key.",
        hint: "Use 1 to 128 of A-Z, a-z, 0-9 and . _ -, and begin with a letter or digit."))
    return nil
  }

  /// The end of the lease, which must be in the next 90 days.
  private static func end(_ input: inout InputReader, at now: Timestamp) -> Timestamp? {
    guard let end = input.moment("expiresAt", required: true) else { return nil }
    let latest = now.adding(milliseconds: UsageLifecycle.maxDays * 24 * 60 * 60 * 1000)
    if now < end, end <= latest { return end }
    input.report(
      RequestError(
        .pointer("/expiresAt"), "usage.out-of-range", "A usage must expire in the next \(UsageLifecycle.maxDays) days.",
        hint: "Renew it by the same request if the job runs longer."))
    return nil
  }
}
