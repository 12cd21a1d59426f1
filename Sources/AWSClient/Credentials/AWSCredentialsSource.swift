/// The source of InfoSum's own keys.
package protocol AWSCredentialsSource: Sendable {
  /// Keys that are valid now. Temporary ones are fetched again before they expire.
  func credentials(over transport: any AWSTransport, until deadline: Deadline) throws(AWSCredentialsError)
    -> AWSCredentials
}

/// The error of a search for keys.
package enum AWSCredentialsError: Error, Hashable, Sendable {
  /// The endpoint does not answer.
  case transport(AWSTransportError)
  /// The endpoint answered without credentials, with this status.
  case unreadable(Int)
}

/// Keys that were there when the program started.
package struct FixedCredentials: AWSCredentialsSource {
  private let fixed: AWSCredentials

  /// These keys.
  package init(_ credentials: AWSCredentials) {
    fixed = credentials
  }

  /// The keys of the variables that all of AWS's tools read
  /// (https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html); nil where the
  /// first two are not both set.
  package init?(environment: [(name: String, value: String)]) {
    let value = { (name: String) in environment.first { $0.name == name && !$0.value.isEmpty }?.value }
    guard let id = value("AWS_ACCESS_KEY_ID"), let secret = value("AWS_SECRET_ACCESS_KEY") else { return nil }
    fixed = AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
  }

  package func credentials(over transport: any AWSTransport, until deadline: Deadline) -> AWSCredentials {
    fixed
  }
}
