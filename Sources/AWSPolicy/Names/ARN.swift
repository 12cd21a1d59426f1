import Text

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`, parts kept as they are written.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package struct ARN: Sendable, Hashable, CustomStringConvertible {
  /// `aws`, `aws-cn`, …; not held against the list of partitions.
  package var partition: String
  /// `iam`, `sts`, `s3`, …
  package var service: String
  /// Empty where the service is global.
  package var region: String
  /// The account's twelve digits, or empty (S3 buckets).
  package var account: String
  /// All that follows the fifth colon; may hold colons itself.
  package var resource: String

  /// An ARN of its parts.
  package init(partition: String, service: String, region: String = "", account: String = "", resource: String) {
    self.partition = partition
    self.service = service
    self.region = region
    self.account = account
    self.resource = resource
  }

  /// Splits the text at its first five colons; `nil` if there are fewer, or it does not begin with `arn:`.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].elementsEqual("arn".utf8) else { return nil }
    partition = String(Substring(parts[1]))
    service = String(Substring(parts[2]))
    region = String(Substring(parts[3]))
    account = String(Substring(parts[4]))
    resource = String(Substring(parts[5]))
  }

  /// The text.
  package var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }

  /// The partitions that AWS runs: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  package static let partitions = [
    "aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f",
  ]

  /// Whether a text is an account id: twelve digits. Leading zeros exist.
  package static func isAccountID(_ text: String) -> Bool {
    text.utf8.count == 12 && text.utf8.allSatisfy(ASCII.isDigit)
  }
}

extension ARN {
  /// The ARN of a session of a role: the role's path is dropped.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
  package static func assumedRole(partition: String, account: String, role: String, session: String) -> ARN {
    ARN(partition: partition, service: "sts", account: account, resource: "assumed-role/\(role)/\(session)")
  }

  /// The ARN of a bucket.
  package static func bucket(partition: String, name: String) -> ARN {
    ARN(partition: partition, service: "s3", resource: name)
  }

  /// The ARN of an object, or of the objects that a pattern of keys names.
  package static func object(partition: String, bucket: String, key: String) -> ARN {
    ARN(partition: partition, service: "s3", resource: "\(bucket)/\(key)")
  }
}
