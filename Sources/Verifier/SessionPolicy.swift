import JSON
import Registry

/// What a session may do at most: each that a verification takes is cut down to what it is for
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session).
enum SessionPolicy {
  /// For InfoSum's own session: to ask for the one role.
  static func assuming(_ role: UserARN) -> String {
    policy("Allow", ["sts:AssumeRole"], [role.text])
  }

  /// For the customer's role: what an import does, in the one bucket. The key that encrypts it is not always known.
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
