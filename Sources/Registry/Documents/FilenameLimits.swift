import AWSPolicy

/// AWS's limits on the policies that contain an ICC's filenames.
package enum FilenameLimits {
  /// Returns `filenames.policy-too-long` for each policy that would exceed AWS's limit: the role's
  /// inline policy, and with a role also the bucket policy and the key policy. Without filenames
  /// all of them fit.
  package static func errors(
    filenames: Filenames, bucketName: BucketName, prefix: Prefix, kmsKeyARN: KMSKeyARN?, role: UserARN?,
    _ connector: ConnectorIdentity
  ) -> [Diagnostic] {
    guard !filenames.isEmpty else { return [] }
    let grant = S3ReadGrant(
      partition: connector.partition, bucket: bucketName.text, prefix: prefix.text, filenames: filenames.patterns,
      kmsKeyARN: kmsKeyARN?.text)
    let suffix = String(repeating: "0", count: ICC.statementSuffixLength)
    let bucketPolicy = role.map { grant.bucketPolicy(role: $0, suffix: suffix) }
    let keyPolicy = role.flatMap { grant.keyPolicy(role: $0, suffix: suffix) }
    return [
      error("permission policy", grant.permissionPolicy.size, PolicySizeLimit.inlinePolicies, "characters"),
      error("bucket policy", bucketPolicy?.byteCount, PolicySizeLimit.bucketPolicy, "bytes"),
      error("key policy", keyPolicy?.byteCount, PolicySizeLimit.keyPolicy, "bytes"),
    ].compactMap(\.self)
  }

  private static func error(_ name: String, _ size: Int?, _ limit: Int, _ unit: String) -> Diagnostic? {
    guard let size, size > limit else { return nil }
    return Diagnostic(
      pointer: "/filenames", code: "filenames.policy-too-long",
      detail: "With these filenames, the \(name) has \(size) \(unit). That is \(size - limit) more than AWS's limit "
        + "of \(limit).",
      hint: "Use fewer or shorter filenames: “*” matches any run of characters.")
  }
}

extension ICC {
  /// Throws `filenames.policy-too-long` if a policy with the filenames would exceed AWS's limit.
  package func checkPolicyLengths(_ connector: ConnectorIdentity) throws(LifecycleError) {
    let errors = FilenameLimits.errors(
      filenames: filenames, bucketName: bucketName, prefix: prefix, kmsKeyARN: kmsKeyARN, role: userARN, connector)
    guard errors.isEmpty else { throw .invalid(errors) }
  }
}
