package import HTTPWire
package import Registry

/// The HTTP response to a request, and what the log line about it needs in addition.
package struct HandledRequest: Sendable {
  /// The message for the client.
  package let response: HTTPResponse
  /// The request's names in logs and traces.
  package let identity: RequestIdentity
  /// The client's address, as seen by the outermost configured proxy.
  package let address: String
  /// The template of the route, such as `/v1/iccs/{id}`; nil if no route matched.
  package let route: String?
  /// The ICC in the path; nil if the path has none.
  package let icc: ICCID?
  /// The token that authenticated the request, or the expired or revoked one that was rejected; nil
  /// if no token is known.
  package let token: TokenID?
  /// The role of the token that authenticated the request.
  package let role: Role?
  /// The reason of a `401`, for the log only: `missing`, `malformed`, `unknown`, `expired`,
  /// `revoked` or `address`; nil if the request was authenticated or needed no token.
  package let rejection: String?
  /// The cause of an internal failure, for the log only; nil if there was none.
  package let cause: String?
  /// The ICC whose role has raised an alarm, for the log only; nil if none has.
  package let alarm: ICC?
  /// The hand-over whose link was used; nil for a request without one.
  package var handOver: HandOverID?
}
