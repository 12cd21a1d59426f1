import AWSPolicy
package import JSON

extension ICC {
  /// Returns the statements for the bucket policy that let the customer's role in; nil without a
  /// User ARN.
  ///
  /// The statements only allow: storing them takes no access away from anyone. Their Sids contain
  /// the ICC's ID, because a bucket may serve several ICCs and the Sids of a policy must be unique.
  package func bucketPolicy(_ connector: ConnectorIdentity) -> JSONValue? {
    userARN.map { readGrant(connector).bucketPolicy(role: $0, suffix: statementSuffix).json }
  }

  /// Returns the condition that exempts the customer's role from a Deny statement that the bucket
  /// policy already has; nil without a User ARN.
  ///
  /// `aws:PrincipalArn` is the ARN of the role, also for its sessions (IAM User Guide,
  /// "aws:PrincipalArn").
  package var bucketPolicyException: JSONValue? {
    guard let userARN else { return nil }
    return ["ArnNotEquals": ["aws:PrincipalArn": .string(userARN.text)]]
  }

  /// The end of the ICC's Sids and logical names: its ID without the underscore, because AWS allows
  /// only letters and digits there. It has ``statementSuffixLength`` characters.
  package var statementSuffix: String { id.text.split(separator: "_").last.map { $0.uppercased() } ?? "" }

  /// The number of characters of every ICC's ``statementSuffix``.
  static let statementSuffixLength = ICCID.digitCount
}
