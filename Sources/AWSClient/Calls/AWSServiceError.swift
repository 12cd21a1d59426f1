import Text

/// The error document of a service that did not do what was requested.
package struct AWSServiceError: Hashable, Sendable {
  /// The status of the answer.
  package let status: Int
  /// The service's code, such as `AccessDenied`: 1 to 128 letters, digits, dots and the like.
  package let code: String
  /// The service's sentence. It may hold names out of the customer's account.
  package let message: String
  /// The Region that the service names as the right one, unchanged.
  package let region: String?

  /// Creates an error of the given parts.
  package init(status: Int, code: String, message: String = "", region: String? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.region = region
  }

  /// The error in an answer; nil if it is not an error document: STS wraps it in
  /// `ErrorResponse`, S3 does not.
  init?(_ response: AWSResponse) {
    guard let root = XMLReader.read(response.body) else { return nil }
    let error = root.name == "ErrorResponse" ? root["Error"] : root.name == "Error" ? root : nil
    guard let error, let code = error["Code"]?.text, Self.isCode(code) else { return nil }
    self.init(
      status: response.status, code: code, message: error["Message"]?.text ?? "", region: error["Region"]?.text)
  }

  private static func isCode(_ text: String) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: "_")
      }
  }
}

/// The error of a call.
package enum AWSCallError: Error, Hashable, Sendable {
  /// The service answered with a document of an error.
  case service(AWSServiceError)
  /// There was no whole answer.
  case transport(AWSTransportError)
  /// There was an answer, and it is not what the service's interface promises; with its status.
  case unreadable(Int)
}
