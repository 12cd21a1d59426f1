package import HTTPWire
package import Registry

/// The HTTP response to a request, and what the log line about it needs in addition.
package struct HandledRequest: Sendable {
  /// The message for the client.
  package let response: HTTPResponse
  /// The identifier in the response's `X-Request-Id`.
  package let requestID: String
  /// The client's address, as seen by the outermost configured proxy.
  package let address: String
  /// The template of the route, such as `/v1/iccs/{id}`; nil if no route matched.
  package let route: String?
  /// The token that authenticated the request; nil if none did.
  package let token: TokenID?
  /// That token's role.
  package let role: Role?
  /// The cause of an internal failure, for the log only; nil if there was none.
  package let cause: String?
}
