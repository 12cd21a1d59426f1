import HTTPWire
import OpenSSLKit
import Registry
import Text

/// A create with an optional `Idempotency-Key`. Its response is stored in the same transaction, so
/// that a crash cannot separate the two and a retry cannot create a second resource.
struct IdempotentCreate {
  let call: Call
  let token: Token
  let isDryRun: Bool

  /// Runs `make` once for each key. `storing` returns the version of the response that is stored
  /// and replayed.
  func run(
    storing: @escaping @Sendable (APIResponse) -> APIResponse = { $0 },
    _ make: @escaping @Sendable (any RegistryWriter) throws -> APIResponse
  ) async throws -> APIResponse {
    guard let key = try key() else { return try await call.write(token, dryRun: isDryRun, make) }
    let entry = IdempotencyGate.Entry(token: token.id, key: key)
    guard call.services.keysInProgress.enter(entry) else {
      throw Problem(.idempotencyKeyInProgress, headers: [Problem.retryAfter(1)])
    }
    defer { call.services.keysInProgress.leave(entry) }
    let fingerprint = fingerprint
    return try await call.write(token, dryRun: isDryRun) { [self] writer in
      let record = try writer.idempotencyRecord(token: token.id, key: key)
      if let record, Self.isValid(record, call.now) {
        guard record.fingerprint == fingerprint else { throw Problem(.idempotencyKeyReused) }
        return Self.replay(record)
      }
      if record == nil { try checkQuota(writer) }
      let response = try make(writer)
      try writer.save(Self.record(of: storing(response), token.id, key, fingerprint, call.now))
      return response
    }
  }

  /// Throws `429` if the token has as many stored responses as it can have. None is dropped for a
  /// new one: its retry would create a second resource. Expired ones do not count.
  private func checkQuota(_ writer: any RegistryWriter) throws {
    let limit = call.services.settings.quotas.idempotencyKeysPerToken
    guard limit > 0, try writer.idempotencyRecordCount(of: token.id) >= limit else { return }
    try writer.deleteIdempotencyRecords(
      before: call.now.adding(milliseconds: -Services.idempotencyLifetime), atMost: Services.maxExpired)
    guard try writer.idempotencyRecordCount(of: token.id) >= limit else { return }
    throw Problem(
      .tooManyIdempotencyKeys,
      "This token has used \(limit) keys within 24 hours, the maximum. Retry later, or send the request without a key.",
      headers: [Problem.retryAfter(60)])
  }

  /// Returns the key, which must be 1 to 255 visible ASCII characters.
  private func key() throws(Problem) -> String? {
    let values = call.request.headers.all("Idempotency-Key")
    guard let key = values.first else { return nil }
    let isVisible = key.utf8.allSatisfy(ASCII.isVisible)
    guard values.count == 1, isVisible, (1...255).contains(key.utf8.count) else {
      throw Problem(
        .validationFailed,
        errors: [
          RequestError(
            .header("Idempotency-Key"), "idempotency-key.malformed",
            "The key must be 1 to 255 visible ASCII characters.")
        ])
    }
    return key
  }

  /// The SHA-256 of method, path and body, separated by line feeds, which method and path cannot
  /// contain.
  private var fingerprint: [UInt8] {
    let path = call.request.target.text.utf8.prefix { $0 != UInt8(ascii: "?") }
    return SHA256.digest(of: Array(call.request.method.name.utf8) + [0x0A] + path + [0x0A] + call.request.body)
  }

  private static func isValid(_ record: IdempotencyRecord, _ now: Timestamp) -> Bool {
    now < record.createdAt.adding(milliseconds: Services.idempotencyLifetime)
  }

  private static func record(
    of response: APIResponse, _ token: TokenID, _ key: String, _ fingerprint: [UInt8], _ now: Timestamp
  ) -> IdempotencyRecord {
    IdempotencyRecord(
      token: token, key: key, fingerprint: fingerprint, createdAt: now, status: response.status,
      location: response.headers.first { $0.name == "Location" }?.value, entityTag: response.entityTag,
      body: response.body)
  }

  private static func replay(_ record: IdempotencyRecord) -> APIResponse {
    var response = APIResponse(record.status, .json, record.body, entityTag: record.entityTag)
    if let location = record.location { response.headers.append(HTTPHeaders.Field("Location", location)) }
    response.headers.append(HTTPHeaders.Field("Idempotency-Replayed", "true"))
    return response
  }
}
