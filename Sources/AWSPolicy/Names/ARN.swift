import Text

/// An Amazon Resource Name: `arn:partition:service:region:account:resource`. The parts are kept as
/// written.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package struct ARN: Sendable, Hashable, CustomStringConvertible {
  /// `aws`, `aws-cn`, …; not checked against ``partitions``.
  package var partition: String
  /// `iam`, `sts`, `s3`, …
  package var service: String
  /// Empty where the service is global.
  package var region: String
  /// The account's twelve digits, or empty (S3 buckets).
  package var account: String
  /// Everything after the fifth colon; may contain colons itself.
  package var resource: String

  /// Creates an ARN from its parts.
  package init(partition: String, service: String, region: String = "", account: String = "", resource: String) {
    self.partition = partition
    self.service = service
    self.region = region
    self.account = account
    self.resource = resource
  }

  /// Splits a text at its first five colons; nil if there are fewer, or it does not start with
  /// `arn:`.
  package init?(_ text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].elementsEqual("arn".utf8) else { return nil }
    partition = String(Substring(parts[1]))
    service = String(Substring(parts[2]))
    region = String(Substring(parts[3]))
    account = String(Substring(parts[4]))
    resource = String(Substring(parts[5]))
  }

  /// Splits a resource of a policy. IAM stores incomplete ARNs and completes their missing fields
  /// with `*`; a `*` that ends the last field crosses the colon, so `arn:aws:s3:*` is every
  /// resource of S3.
  package init?(completing text: String) {
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    let fields = String(repeating: ":*", count: max(0, 5 - colons))
    guard colons >= 2, let arn = ARN(text + fields) else { return nil }
    self = arn
  }

  /// The text.
  package var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }

  /// The partitions that AWS runs:
  /// https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  package static let partitions = [
    "aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f",
  ]

  /// True if a text is an account id: twelve digits. Leading zeros exist.
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
