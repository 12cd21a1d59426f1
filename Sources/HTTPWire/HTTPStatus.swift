/// A response's status code, 100 to 599 (RFC 9110 section 15).
package struct HTTPStatus: Hashable, Sendable, CustomStringConvertible {
  /// The three digits.
  package let code: Int

  /// The status with the given code.
  package init(_ code: Int) {
    self.code = code
  }

  /// The code in decimal.
  package var description: String { String(code) }

  /// Whether an answer with this status never has a body: `1xx`, `204` and `304` (RFC 9110 section 6.4.1).
  package var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }

  /// The reason phrase registered for the code; empty for a code without one.
  package var reason: String { Self.reasons[code] ?? "" }

  private static let reasons: [Int: String] = [
    100: "Continue", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 304: "Not Modified",
    308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict",
    412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 417: "Expectation Failed",
    422: "Unprocessable Content", 428: "Precondition Required", 429: "Too Many Requests",
    431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway",
    503: "Service Unavailable", 505: "HTTP Version Not Supported", 507: "Insufficient Storage",
  ]
}
