package import HTTPWire
package import Registry

/// A response, and what the log line about it needs besides.
package struct Answer: Sendable {
  /// What goes to the client.
  package let response: HTTPResponse
  /// The identifier that the response carries.
  package let requestID: String
  /// The address that the request came from, behind configured proxies.
  package let address: String
  /// The template of the route, such as `/v1/iccs/{id}`; nil where no route was found.
  package let route: String?
  /// Whose token it was; nil without a good one.
  package let token: TokenID?
  /// That token's role.
  package let role: Role?
  /// What failed inside, for the log alone; nil where nothing did.
  package let cause: String?
}
