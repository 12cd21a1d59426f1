/// The stored response to a create that carried an `Idempotency-Key`.
package struct IdempotencyRecord: Equatable, Sendable {
  /// The token whose bearer chose the key: keys of different tokens are independent.
  package let token: TokenID
  /// The key: 1 to 255 visible ASCII characters.
  package let key: String
  /// The SHA-256 of the request's method, target and body.
  package let fingerprint: [UInt8]
  /// The time at which it was stored; it is valid for 24 hours.
  package let createdAt: Timestamp
  /// The response's status code.
  package let status: Int
  /// The response's `Location`, if it had one.
  package let location: String?
  /// The response's `ETag`, if it had one.
  package let entityTag: String?
  /// The response's content.
  package let body: [UInt8]

  /// Creates a record.
  package init(
    token: TokenID, key: String, fingerprint: [UInt8], createdAt: Timestamp, status: Int, location: String?,
    entityTag: String?, body: [UInt8]
  ) {
    self.token = token
    self.key = key
    self.fingerprint = fingerprint
    self.createdAt = createdAt
    self.status = status
    self.location = location
    self.entityTag = entityTag
    self.body = body
  }
}
