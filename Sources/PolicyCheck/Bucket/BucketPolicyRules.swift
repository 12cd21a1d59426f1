import AWSPolicy

/// What S3 refuses in a bucket's policy beside the grammar: it compares a policy with the bucket that it is for.
///
/// Reported in aws-samples/aws-media-services-vod-automation#17 (another bucket's name), noobaa/noobaa-core#10058 (a bare
/// `*`) and versity/versitygw#645 (an action on the wrong level).
struct BucketPolicyRules {
  let bucket: String

  /// The actions that a refusal is certain of: the others of S3 are not looked at.
  private static let ofObjects: Set<String> = ["s3:getobject", "s3:putobject", "s3:deleteobject"]
  private static let ofBuckets: Set<String> = ["s3:listbucket", "s3:getbucketlocation"]

  /// The findings of all statements.
  func findings(_ policy: Policy) -> [CheckFinding] {
    policy.statements.flatMap { statement in
      guard let resource = statement.resource, !resource.isNegated else { return [CheckFinding]() }
      let others = resource.values.filter(isOfAnother).map(other)
      return others.isEmpty ? mismatches(statement, resource) : others
    }
  }

  private func isOfAnother(_ text: Policy.Text) -> Bool {
    if text.value == "*" { return true }
    guard let name = named(text), !name.contains(where: { "*?$".contains($0) }) else { return false }
    return name != bucket
  }

  /// The bucket's part of an S3 ARN; access points and other services have none.
  private func named(_ text: Policy.Text) -> Substring? {
    guard let arn = ARN(text.value), arn.service == "s3", arn.region.isEmpty, arn.account.isEmpty else { return nil }
    return Substring(arn.resource).prefix { $0 != "/" }
  }

  private func other(_ text: Policy.Text) -> CheckFinding {
    let name = "\"\(text.value.prefixForMessage)\""
    return refusal(
      .bucket(.otherBucket), text.position,
      text.value == "*"
        ? "A bucket's policy names its bucket, and \(name) is every one."
        : "\(name) is not in this ICC's bucket, \"\(bucket)\".",
      "Name arn:aws:s3:::\(bucket) or arn:aws:s3:::\(bucket)/*, or check the policy of the bucket \"\(bucket)\".")
  }

  private func mismatches(_ statement: Policy.Statement, _ resource: Policy.Element) -> [CheckFinding] {
    guard let action = statement.action, !action.isNegated else { return [] }
    let arns = resource.values.map(\.value)
    let onObjects = !arns.isEmpty && arns.allSatisfy { $0.contains("/") }
    let onBucket = !arns.isEmpty && arns.allSatisfy { !$0.contains("/") && !$0.contains("*") && !$0.contains("$") }
    return action.values.compactMap { text in
      let name = text.value.lowercased()
      if onBucket, Self.ofObjects.contains(name) {
        return refusal(
          .bucket(.actionWithoutResource), text.position,
          "\(text.value) is about objects, and the statement names the bucket alone.",
          "Add arn:aws:s3:::\(bucket)/* to the statement's Resource.")
      }
      if onObjects, Self.ofBuckets.contains(name) {
        return refusal(
          .bucket(.actionWithoutResource), text.position,
          "\(text.value) is about the bucket, and the statement names its objects alone.",
          "Add arn:aws:s3:::\(bucket) to the statement's Resource.")
      }
      return nil
    }
  }

  private func refusal(_ code: FindingCode, _ position: PolicyPosition?, _ message: String, _ hint: String)
    -> CheckFinding
  {
    CheckFinding(
      code, .error, at: position, message, hint: hint,
      isRejectedByAWS: true)
  }
}
