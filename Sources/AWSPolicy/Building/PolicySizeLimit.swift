package import JSON

/// AWS's limits on the length of policies.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html for IAM;
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html and
/// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html for the others.
package enum PolicySizeLimit {
  /// A role's trust policy, in characters, by default.
  package static let trustPolicy = 2_048
  /// A role's trust policy, in characters, after the largest quota increase.
  package static let maxTrustPolicy = 8_192
  /// A managed policy, in characters.
  package static let managedPolicy = 6_144
  /// All inline policies of a role together, in characters.
  package static let inlinePolicies = 10_240
  /// A bucket policy, in bytes.
  package static let bucketPolicy = 20_480
  /// A key policy, in bytes.
  package static let keyPolicy = 32_768

  /// Returns the number of characters of a document, not counting white space between its elements.
  /// White space inside strings counts: AWS does not say that it is left out.
  package static func size(of document: JSONValue) -> Int {
    document.text().unicodeScalars.count
  }
}
