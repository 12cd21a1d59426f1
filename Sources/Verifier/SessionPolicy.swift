import AWSPolicy
import JSON
import Registry

/// The session policies of a verification: each session is limited to its purpose
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
enum SessionPolicy {
  /// Returns the policy of InfoSum's own session: it may assume the one role. A role's path can
  /// contain `*`, `?` and `$`, which would match other roles or start a variable.
  static func assuming(_ role: UserARN) -> String {
    policy("Allow", ["sts:AssumeRole"], [PolicyVariable.escape(role.text).pattern])
  }

  /// For the customer's role: what an import does, in the one bucket. The key that encrypts it is
  /// not always known.
  static func reading(_ bucket: BucketName, in partition: String) -> String {
    let arn = "arn:\(partition):s3:::\(bucket.text)"
    return document([
      statement("Allow", ["s3:GetObject", "s3:ListBucket"], [arn, arn + "/*"]),
      statement("Allow", ["kms:Decrypt"], ["*"]),
    ])
  }

  /// For a session that must not be given: nothing at all.
  static let nothing = policy("Deny", ["*"], ["*"])

  private static func policy(_ effect: String, _ actions: [String], _ resources: [String]) -> String {
    document([statement(effect, actions, resources)])
  }

  private static func document(_ statements: [JSONValue]) -> String {
    JSONValue.object([("Version", "2012-10-17"), ("Statement", .array(statements))]).text()
  }

  private static func statement(_ effect: String, _ actions: [String], _ resources: [String]) -> JSONValue {
    [
      "Effect": .string(effect), "Action": .array(actions.map(JSONValue.string)),
      "Resource": .array(resources.map(JSONValue.string)),
    ]
  }
}
