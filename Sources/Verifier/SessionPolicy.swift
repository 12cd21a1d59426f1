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

  /// AWS limits a session policy to 2,048 characters, and its packed form to an unpublished size
  /// (https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html). Half of it leaves
  /// room for the packing.
  static let maxCharacters = 1_024

  /// For the customer's role: what an import does, in the one bucket. The key that encrypts it is
  /// not always known. The objects are limited to the filenames, if the policy is short enough.
  static func reading(_ icc: ICC, in partition: String) -> String {
    let grant = S3ReadGrant(
      partition: partition, bucket: icc.bucketName.text, prefix: icc.prefix.text, filenames: icc.filenames.patterns)
    let all = reading([grant.bucketARN, grant.bucketARN + "/*"])
    guard !icc.filenames.isEmpty else { return all }
    let narrow = reading([grant.bucketARN] + grant.objectARNs)
    return narrow.unicodeScalars.count <= maxCharacters ? narrow : all
  }

  private static func reading(_ resources: [String]) -> String {
    document([
      statement("Allow", ["s3:GetObject", "s3:ListBucket"], resources), statement("Allow", ["kms:Decrypt"], ["*"]),
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
