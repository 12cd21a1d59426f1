/// The permissions that a role needs to list a bucket under a prefix and to read the objects there;
/// no more.
///
/// `ListBucket` belongs on the bucket's ARN and `GetObject` on the objects':
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
package struct S3ReadGrant: Sendable {
  /// The partition of the bucket.
  package var partition: String
  /// The bucket's name.
  package var bucket: String
  /// The prefix of the keys, unescaped; empty for the whole bucket.
  package var prefix: String
  /// The filenames relative to the prefix, with wildcards; empty for all objects under the prefix.
  package var filenames: [String]
  /// The ARN of the customer-managed key that encrypts the objects.
  package var kmsKeyARN: String?

  /// A grant to list `prefix` of a bucket, and to read the files there.
  package init(
    partition: String, bucket: String, prefix: String, filenames: [String] = [], kmsKeyARN: String? = nil
  ) {
    self.partition = partition
    self.bucket = bucket
    self.prefix = prefix
    self.filenames = filenames
    self.kmsKeyARN = kmsKeyARN
  }

  /// The prefix as the policies write it, with the characters that they cannot hold.
  package var escapedPrefix: PolicyVariable.Escaped { PolicyVariable.escape(prefix) }

  /// The bucket's ARN.
  package var bucketARN: String { ARN.bucket(partition: partition, name: bucket).description }

  /// The patterns of the objects' ARNs: one per filename, each once, or one for all objects under
  /// the prefix.
  package var objectARNs: [String] {
    filenames.isEmpty ? [objectARN("*")] : filenames.map(objectARN).removingDuplicates()
  }

  /// Returns the pattern of the ARNs of the objects with a filename.
  package func objectARN(_ filename: String) -> String {
    let key = escapedPrefix.pattern + PolicyVariable.escape(filename, keepingWildcards: true).pattern
    return ARN.object(partition: partition, bucket: bucket, key: key).description
  }

  /// The policy for the role itself.
  package var permissionPolicy: PolicyDocument {
    PolicyDocument([listing(), reading(), decrypting(resource: kmsKeyARN)].compactMap { $0 })
  }

  /// The statements for the bucket's policy: the role is their principal.
  package func bucketPolicy(role: String) -> PolicyDocument {
    PolicyDocument([listing(principals: [role]), reading(principals: [role])])
  }

  /// The statement for the key's policy, in which `*` means the key itself
  /// (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html); `nil`
  /// without a key.
  package func keyPolicyStatement(role: String) -> PolicyStatement? {
    guard kmsKeyARN != nil else { return nil }
    return decrypting(principals: [role], resource: "*")
  }

  /// The condition that makes a restrictive Deny of a bucket policy pass the role by. For a
  /// session, `aws:PrincipalArn` is the ARN of its role:
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
  package static func exception(role: String) -> PolicyCondition {
    PolicyCondition("ArnNotEquals", "aws:PrincipalArn", [role])
  }

  /// The exception as a hint shows it: a member of the Deny statement's `Condition`.
  package static func exceptionText(role: String) -> String {
    let exception = exception(role: role)
    return "\"\(exception.operatorName)\": {\"\(exception.key)\": \"\(role)\"}"
  }

  /// The statement for listing, with a condition on the prefix where there is one.
  package func listing(principals: [String]? = nil) -> PolicyStatement {
    let condition = PolicyCondition("StringLike", "s3:prefix", [escapedPrefix.pattern + "*"])
    return PolicyStatement(
      principals: principals, actions: ["s3:ListBucket"], resources: [bucketARN],
      conditions: prefix.isEmpty ? [] : [condition])
  }

  /// The statement for reading objects.
  package func reading(principals: [String]? = nil) -> PolicyStatement {
    PolicyStatement(principals: principals, actions: ["s3:GetObject"], resources: objectARNs)
  }

  private func decrypting(principals: [String]? = nil, resource: String?) -> PolicyStatement? {
    guard let resource else { return nil }
    return PolicyStatement(
      principals: principals, actions: ["kms:Decrypt"], resources: [resource], conditions: keyConditions)
  }

  /// The key may be used through S3 alone, for this bucket's objects. The encryption context is the
  /// object's ARN, or with an S3 Bucket Key the bucket's:
  /// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service,
  /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html. A key encrypts only
  /// buckets in its own Region.
  package var keyConditions: [PolicyCondition] {
    guard let key = kmsKeyARN.flatMap({ ARN($0) }), key.partition == "aws" else { return [] }
    return [
      PolicyCondition("StringEquals", "kms:ViaService", ["s3.\(key.region).amazonaws.com"]),
      PolicyCondition("StringLike", "kms:EncryptionContext:aws:s3:arn", [bucketARN] + encryptedARNs),
    ]
  }

  /// The patterns of the ARNs in the encryption context of objects. AWS does not say how the
  /// context spells a key beyond ASCII, so such filenames do not limit the use of the KMS key.
  private var encryptedARNs: [String] {
    let isNarrow = !filenames.isEmpty && ([prefix] + filenames).allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    return isNarrow ? objectARNs : [bucketARN + "/*"]
  }
}
