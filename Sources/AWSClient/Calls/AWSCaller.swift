/// Signs, sends and judges calls: what all services have in common.
package struct AWSCaller {
  private let transport: any AWSTransport
  private let deadline: Deadline
  private let clock: () -> Int

  /// A caller over a transport, until the deadline; `clock` gives the seconds since 1970, which
  /// signatures name.
  package init(_ transport: any AWSTransport, until deadline: Deadline, clock: @escaping () -> Int) {
    self.transport = transport
    self.deadline = deadline
    self.clock = clock
  }

  /// The answer to the signed request, whatever its status.
  func send(_ request: AWSRequest, _ signature: SignatureV4) throws(AWSCallError) -> AWSResponse {
    do throws(AWSTransportError) {
      return try transport.send(
        signature.signed(request, at: SigningTime(secondsSinceEpoch: clock())), until: deadline)
    } catch {
      throw .transport(error)
    }
  }

  /// The error that an unsuccessful answer describes.
  static func error(_ response: AWSResponse) -> AWSCallError {
    if response.status >= 300, let fault = AWSFault(response) { return .fault(fault) }
    return .unreadable(response.status)
  }
}
