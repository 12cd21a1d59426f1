import System

/// Keys that are fetched from a service of the machine's own surroundings, and again before they
/// end.
package final class FetchedCredentials: AWSCredentialsSource {
  /// The time before the end of keys at which they are no longer used for a new verification:
  /// longer than a verification takes.
  static let reserveSeconds = 300

  typealias Fetch =
    @Sendable (any AWSTransport, Deadline) throws(AWSCredentialsError) -> ExpiringCredentials

  private let fetch: Fetch
  private let clock: @Sendable () -> Int
  private let kept = Locked<ExpiringCredentials?>(nil)

  init(clock: @escaping @Sendable () -> Int, _ fetch: @escaping Fetch) {
    self.clock = clock
    self.fetch = fetch
  }

  /// Returns the keys, fetched again when they are about to expire. If that fails, keys that are
  /// still valid are used.
  package func credentials(
    over transport: any AWSTransport, until deadline: Deadline
  ) throws(AWSCredentialsError) -> AWSCredentials {
    let now = clock()
    let present = kept.withLock { $0 }
    if let present, present.expiresAt - Self.reserveSeconds > now { return present.credentials }
    do throws(AWSCredentialsError) {
      let fresh = try fetch(transport, deadline)
      kept.withLock { $0 = fresh }
      return fresh.credentials
    } catch {
      if let present, present.expiresAt > now { return present.credentials }
      throw error
    }
  }

  /// The content of an answer that must be a success.
  static func content(
    of request: AWSRequest, _ transport: any AWSTransport, _ deadline: Deadline
  ) throws(AWSCredentialsError) -> [UInt8] {
    let response: AWSResponse
    do throws(AWSTransportError) {
      response = try transport.send(request, until: deadline)
    } catch {
      throw .transport(error)
    }
    guard response.status == 200 else { throw .unreadable(response.status) }
    return response.body
  }

  static func keys(in body: [UInt8]) throws(AWSCredentialsError) -> ExpiringCredentials {
    guard let keys = ExpiringCredentials(body) else { throw .unreadable(200) }
    return keys
  }
}
