import HTTPWire
package import Text

/// The names of a request in logs and traces.
package struct RequestIdentity: Sendable {
  /// The server's identifier, in the response's `X-Request-Id`, in problems and in the audit trail.
  package let id: String
  /// The client's identifier; nil if it sent none.
  package let client: ClientRequestID?
  /// The trace that the request belongs to; nil without a valid `traceparent`.
  package let trace: TraceContext?

  /// The names of a request with these headers; without headers there is only the server's.
  init(_ id: String, _ headers: HTTPHeaders? = nil) {
    self.id = id
    client = headers.flatMap(ClientRequestID.init)
    trace = headers.flatMap(Self.trace)
  }

  /// More than one `traceparent` is invalid, as a proxy in between cannot tell which one counts
  /// (https://www.w3.org/TR/trace-context/#traceparent-header).
  private static func trace(_ headers: HTTPHeaders) -> TraceContext? {
    let values = headers.all(TraceContext.headerName)
    return values.count == 1 ? TraceContext(values[0]) : nil
  }
}
