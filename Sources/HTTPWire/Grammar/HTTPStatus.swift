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

  /// True if an answer with this status never has a body: `1xx`, `204` and `304` (RFC 9110 section
  /// 6.4.1).
  package var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }

  /// The reason phrase registered for the code; empty for a code without one.
  package var reason: String {
    switch code {
    case 100: "Continue"
    case 200: "OK"
    case 201: "Created"
    case 202: "Accepted"
    case 204: "No Content"
    case 205: "Reset Content"
    case 304: "Not Modified"
    case 308: "Permanent Redirect"
    case 400...499: clientErrorReason
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    case 507: "Insufficient Storage"
    default: ""
    }
  }

  private var clientErrorReason: String {
    switch code {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 408: "Request Timeout"
    case 409: "Conflict"
    case 410: "Gone"
    case 412: "Precondition Failed"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 415: "Unsupported Media Type"
    case 417: "Expectation Failed"
    case 422: "Unprocessable Content"
    case 428: "Precondition Required"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    default: ""
    }
  }
}
