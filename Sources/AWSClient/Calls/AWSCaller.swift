import Text

/// Signs, sends and judges calls: what all services have in common.
package struct AWSCaller {
  private let transport: any AWSTransport
  private let deadline: Deadline
  private let trace: String?
  private let clock: () -> Int

  /// A caller over a transport, until the deadline. `clock` gives the seconds since 1970 for the
  /// signatures. `trace` is the value of the header `traceparent`; nil for none.
  package init(
    _ transport: any AWSTransport, until deadline: Deadline, trace: String? = nil, clock: @escaping () -> Int
  ) {
    self.trace = trace
    self.transport = transport
    self.deadline = deadline
    self.clock = clock
  }

  /// Returns the response to the signed request, whatever its status. `traceparent` is added after
  /// the signature, like AWS's own tracing header in its SDKs: a proxy on the way may change it.
  func send(_ request: AWSRequest, _ signature: SignatureV4) throws(AWSCallError) -> AWSResponse {
    do throws(AWSTransportError) {
      var signed = signature.signed(request, at: SigningTime(secondsSinceEpoch: clock()))
      if let trace { signed.fields.append(AWSRequest.Field(TraceContext.headerName, trace)) }
      return try transport.send(signed, until: deadline)
    } catch {
      throw .transport(error)
    }
  }

  /// The error that an unsuccessful answer describes.
  static func error(_ response: AWSResponse) -> AWSCallError {
    if response.status >= 300, let error = AWSServiceError(response) { return .service(error) }
    return .unreadable(response.status)
  }
}
