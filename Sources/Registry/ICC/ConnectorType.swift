/// The kind of storage from which an ICC imports.
package enum ConnectorType: String, Sendable, CaseIterable {
  /// The customer's own S3 bucket, read through a role in the customer's account.
  case s3CrossAccount = "s3-cross-account"

  /// The name in InfoSum's own API.
  package var infoSumName: String {
    switch self {
    case .s3CrossAccount: "S3_CROSS_ACCOUNT"
    }
  }
}
