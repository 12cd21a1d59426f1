package import JSON

/// How long AWS lets policies be.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html for IAM;
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html and
/// https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html for the others.
package enum PolicySizeLimit {
  /// A role's trust policy, in characters, unless the customer asked AWS for more.
  package static let trustPolicy = 2_048
  /// A role's trust policy, in characters, after the greatest increase that AWS grants.
  package static let trustPolicyIncreased = 4_096
  /// A managed policy, in characters.
  package static let managedPolicy = 6_144
  /// All inline policies of a role together, in characters.
  package static let inlinePolicies = 10_240
  /// A bucket policy, in bytes.
  package static let bucketPolicy = 20_480
  /// A key policy, in bytes.
  package static let keyPolicy = 32_768

  /// A document's characters as IAM counts them, "without white space". What stands inside strings is counted whole:
  /// AWS does not say that it leaves out white space there too.
  package static func size(of document: JSONValue) -> Int {
    document.text().unicodeScalars.count
  }
}
