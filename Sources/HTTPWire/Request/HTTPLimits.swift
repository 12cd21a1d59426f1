/// The maximum sizes of the parts of a request, in bytes. The parser rejects a larger message.
package struct HTTPLimits: Sendable {
  /// The request line and all header lines together; past it `431`. 16 KiB is what the common
  /// servers take at most.
  package var head = 16 * 1024
  /// The request-target; past it `414`. RFC 9112 section 3 recommends at least 8,000 for the
  /// request line.
  package var target = 8000
  /// One header line without its CRLF; past it `431`. As much as the whole head, so that a long
  /// cookie or token of a proxy is not an error by itself.
  package var headerLine = 16 * 1024
  /// Header lines; past it `431`.
  package var headerLines = 100
  /// The content after decoding; past it `413`, before reading where the length is declared.
  package var body = 64 * 1024
  /// The trailer section of a chunked body, and separately what chunk lines may cost in all; past
  /// it `431` or `400`.
  package var trailers = 4 * 1024

  /// The defaults.
  package init() {}
}

/// The errors of a request past a limit. Each names the limit, since an operator may have set it.
extension HTTPLimits {
  var targetTooLong: HTTPError { HTTPError(414, "The request-target has more than \(target) bytes.") }
  var headTooLarge: HTTPError { HTTPError(431, "The request head has more than \(head) bytes.") }
  var headerLineTooLong: HTTPError { HTTPError(431, "A header line has more than \(headerLine) bytes.") }
  var tooManyHeaderLines: HTTPError { HTTPError(431, "The request has more than \(headerLines) header lines.") }
  var contentTooLarge: HTTPError { HTTPError(413, "The content has more than \(body) bytes.") }
}
