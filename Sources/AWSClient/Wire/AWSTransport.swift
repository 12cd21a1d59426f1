/// Sends signed requests and reads the whole answer, blocking the thread. Used by one thread.
package protocol AWSTransport: AnyObject {
  /// The answer, whatever its status. It follows no redirect.
  func send(_ request: AWSRequest, until deadline: Deadline) throws(AWSTransportError) -> AWSResponse
}

/// An answer: its status, its fields with names in small letters, its content.
package struct AWSResponse: Sendable {
  /// The status.
  package let status: Int
  /// The header fields.
  package let fields: [AWSRequest.Field]
  /// The content.
  package let body: [UInt8]

  /// An answer of the given parts.
  package init(status: Int, fields: [AWSRequest.Field] = [], body: [UInt8] = []) {
    self.status = status
    self.fields = fields
    self.body = body
  }

  /// The value of the first field of this name.
  package func field(_ name: String) -> String? {
    fields.first { $0.name == name }?.value
  }
}

/// The error of a request without a response.
package enum AWSTransportError: Error, Hashable, Sendable {
  /// The host's name means nothing to the resolver.
  case unknownHost
  /// The host does not accept connections.
  case unreachable
  /// The time for the call, or for all of them, is over.
  case timedOut
  /// The host could not prove by a certificate who it is, or speaks no TLS that is good enough.
  case notTrusted
  /// The answer is larger than an answer can be.
  case tooLarge
  /// Anything else, by libcurl's number (https://curl.se/libcurl/c/libcurl-errors.html).
  case failed(Int)
}
