/// Writes responses as HTTP/1.1 messages. The framing is the encoder's alone: every answer has
/// exactly one.
package enum HTTPResponseEncoder {
  /// The interim answer that lets a client send its content (RFC 9110 section 15.2.1).
  package static let continueResponse = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  /// The properties of the connection and request on which the answer's form depends.
  package struct Terms: Sendable {
    /// True if the connection is kept after this answer.
    package var keepAlive: Bool
    /// True if the request's method was `HEAD`: the header fields are those of `GET`, and the
    /// content stays out.
    package var isHead: Bool
    /// True if the request was HTTP/1.0, where the answer must say that the connection is kept.
    package var isHTTP10: Bool

    /// The given terms.
    package init(keepAlive: Bool, isHead: Bool = false, isHTTP10: Bool = false) {
      self.keepAlive = keepAlive
      self.isHead = isHead
      self.isHTTP10 = isHTTP10
    }

    /// The terms for an answer to `head`; `keepAlive` is the server's decision, taken with the
    /// client's wish in `head`.
    package init(answering head: HTTPRequestHead, keepAlive: Bool) {
      self.init(keepAlive: keepAlive, isHead: head.method == .head, isHTTP10: head.isHTTP10)
    }
  }

  /// Appends the whole message to `output`.
  ///
  /// `date` is the 29 bytes of an IMF-fixdate (RFC 9110 section 5.6.7). Fields that are the
  /// encoder's to write (`Content-Length`, `Transfer-Encoding`, `Connection`, `Keep-Alive`,
  /// `Upgrade`, `Trailer`, `Date`, `Server`) are left out of the response's own, and so is a field
  /// whose name is not a token or whose value contains a control character: no value can add a
  /// line.
  /// `1xx` and `204` have no `Content-Length` (RFC 9110 section 8.6); neither has `304`, for which
  /// it is optional and the length of the `GET` may be unknown.
  package static func encode(
    _ response: HTTPResponse, terms: Terms, date: [UInt8], into output: inout [UInt8]
  ) {
    reserve(response, response.body.count, in: &output)
    if appendHead(response, terms: terms, date: date, to: &output) { output.append(contentsOf: response.body) }
  }

  /// The same without the content, for a caller that sends that from where it is. Whether the
  /// content is to follow: not to `HEAD`, and not after a status that has none.
  package static func encodeHead(
    _ response: HTTPResponse, terms: Terms, date: [UInt8], into output: inout [UInt8]
  ) -> Bool {
    reserve(response, 0, in: &output)
    return appendHead(response, terms: terms, date: date, to: &output)
  }

  private static func appendHead(
    _ response: HTTPResponse, terms: Terms, date: [UInt8], to output: inout [UInt8]
  ) -> Bool {
    appendStatusLine(response.status, to: &output)
    output.append("Date: ")
    output.append(contentsOf: date)
    output.append("\r\n")
    appendConnection(terms, to: &output)
    appendFields(response.headers, to: &output)
    if !response.status.forbidsBody { appendFraming(of: response, terms, to: &output) }
    output.append("\r\n")
    return !terms.isHead && !response.status.forbidsBody
  }

  /// Grows by doubling: reserving exactly what each of many pipelined answers needs would copy all
  /// of them each time.
  private static func reserve(_ response: HTTPResponse, _ content: Int, in output: inout [UInt8]) {
    let headers = response.headers.text.count + 4 * response.headers.count
    let needed = output.count + content + headers + 160
    if needed > output.capacity { output.reserveCapacity(max(needed, 2 * output.capacity)) }
  }

  private static func appendStatusLine(_ status: HTTPStatus, to output: inout [UInt8]) {
    output.append("HTTP/1.1 ")
    appendDecimal(status.code, to: &output)
    output.append(.space)
    output.append(status.reason.utf8.span)
    output.append("\r\n")
  }

  /// HTTP/1.1 keeps connections by default, HTTP/1.0 the other way round (RFC 9112 section 9.3).
  private static func appendConnection(_ terms: Terms, to output: inout [UInt8]) {
    if !terms.keepAlive {
      output.append("Connection: close\r\n")
    } else if terms.isHTTP10 {
      output.append("Connection: keep-alive\r\n")
    }
  }

  private static func appendFields(_ headers: HTTPHeaders, to output: inout [UInt8]) {
    let text = headers.text
    if headers.isReadyToSend { return output.append(text.span) }
    for line in headers.lines {
      let (name, value) = (text.span.extracting(line.name), text.span.extracting(line.value))
      guard FieldLine.maySend(name, value) else { continue }
      output.append(name)
      output.append(": ")
      output.append(value)
      output.append("\r\n")
    }
  }

  /// A content of unknown length has chunks (RFC 9112 section 7.1). HTTP/1.0 does not know them:
  /// there it ends with the connection (section 6.3).
  private static func appendFraming(of response: HTTPResponse, _ terms: Terms, to output: inout [UInt8]) {
    if response.next == nil {
      output.append("Content-Length: ")
      appendDecimal(response.body.count, to: &output)
      output.append("\r\n")
    } else if !terms.isHTTP10 {
      output.append("Transfer-Encoding: chunked\r\n")
    }
  }

  private static func appendDecimal(_ number: Int, to output: inout [UInt8]) {
    var divisor = 1
    while number / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}
