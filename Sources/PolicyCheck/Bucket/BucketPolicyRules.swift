import AWSPolicy

/// S3's rules for bucket policies beyond the grammar: S3 compares a policy with the bucket it
/// belongs to.
///
/// Reported in aws-samples/aws-media-services-vod-automation#17 (another bucket's name),
/// noobaa/noobaa-core#10058 (a bare `*`) and versity/versitygw#645 (an action on the wrong level).
struct BucketPolicyRules {
  let bucket: String
  /// The ARN patterns of the objects that the ICC reads: `arn:aws:s3:::acme-data/exports/*`.
  let objects: [String]

  /// Common actions whose level is certain.
  private static let ofObjects: Set<String> = ["s3:getobject", "s3:putobject", "s3:deleteobject"]
  private static let ofBuckets: Set<String> = ["s3:listbucket", "s3:getbucketlocation"]
  /// Condition keys of listings only.
  private static let ofListings: Set<String> = ["s3:prefix", "s3:delimiter", "s3:max-keys"]

  /// Returns the findings for all statements.
  func findings(_ policy: Policy) -> [CheckFinding] {
    policy.statements.flatMap { statement in
      let conditions = conditionKeys(statement) + variables(statement)
      guard let resource = statement.resource, !resource.isNegated else { return conditions }
      let others = resource.values.filter(isOtherBucket).map(otherBucket)
      return conditions + (others.isEmpty ? mismatches(statement, resource) : others)
    }
  }

  private func isOtherBucket(_ text: Policy.Text) -> Bool {
    if text.value == "*" { return true }
    guard let name = bucketName(text), !name.contains(where: { "*?$".contains($0) }) else { return false }
    return name != bucket
  }

  /// The bucket's part of an S3 ARN. Access points and other services have none.
  private func bucketName(_ text: Policy.Text) -> Substring? {
    guard let arn = ARN(text.value), arn.service == "s3", arn.region.isEmpty, arn.account.isEmpty else { return nil }
    return Substring(arn.resource).prefix { $0 != "/" }
  }

  private func otherBucket(_ text: Policy.Text) -> CheckFinding {
    let name = "\"\(text.value.prefixForMessage)\""
    return rejection(
      .otherBucket, text.position,
      text.value == "*"
        ? "A bucket policy must name its bucket \"\(bucket)\", but \(name) means every bucket."
        : "\(name) is not in this ICC's bucket, \"\(bucket)\".",
      "Name arn:aws:s3:::\(bucket) or arn:aws:s3:::\(bucket)/*, or check the policy of the bucket \"\(bucket)\".")
  }

  private func mismatches(_ statement: Policy.Statement, _ resource: Policy.Element) -> [CheckFinding] {
    guard let action = statement.action, !action.isNegated else { return [] }
    let arns = resource.values.map(\.value)
    return action.values.compactMap { text in
      guard let missing = Self.missingResource([text.value], arns) else { return nil }
      return rejection(
        .actionWithoutResource, text.position,
        missing.isBucket
          ? "\(text.value) is about the bucket, but the statement names only objects."
          : "\(text.value) is about objects, but the statement names only the bucket.",
        missing.isBucket
          ? "Make a statement of its own for it, with the Resource arn:aws:s3:::\(bucket)."
          : "Add the ARN of the objects to the statement's Resource, such as \(objects[0]).")
    }
  }

  private static func isBucketOnly(_ arns: [String]) -> Bool {
    !arns.isEmpty && arns.allSatisfy { !$0.contains("/") && !$0.contains("*") && !$0.contains("$") }
  }

  /// The level of resource that actions need.
  enum Level {
    case bucket, objects

    var isBucket: Bool { self == .bucket }
  }

  /// The resource that the actions need in addition; nil if none is missing for certain.
  static func missingResource(_ actions: [String], _ arns: [String]) -> Level? {
    let names = actions.map { $0.lowercased() }
    if isBucketOnly(arns), names.contains(where: ofObjects.contains) { return .objects }
    let isObjectsOnly = !arns.isEmpty && arns.allSatisfy { $0.contains("/") }
    return isObjectsOnly && names.contains(where: ofBuckets.contains) ? .bucket : nil
  }

  private func conditionKeys(_ statement: Policy.Statement) -> [CheckFinding] {
    let actions = statement.action?.values.map { $0.value.lowercased() } ?? []
    let isCertain = statement.action?.isNegated == false && !actions.contains { $0.contains("*") || $0.contains("?") }
    let lists = actions.contains { $0.hasPrefix("s3:list") }
    return statement.conditions.compactMap { condition in
      let key = condition.key.lowercased()
      guard key.contains(":") else { return nil }
      if !key.hasPrefix("aws:"), !key.hasPrefix("s3:"), ["sts:", "kms:", "iam:"].contains(where: key.hasPrefix) {
        return rejection(
          .conditionKey, condition.position,
          "\(condition.key.prefixForMessage) is a condition key of another service."
            + AWSErrorText.sentence(AWSErrorText.s3ConditionKey), "Remove the condition.")
      }
      guard Self.ofListings.contains(key), isCertain, !lists else { return nil }
      return rejection(
        .conditionKey, condition.position,
        "\(condition.key) only applies to s3:ListBucket."
          + AWSErrorText.sentence(AWSErrorText.s3ConditionMismatch), "Remove the condition.")
    }
  }

  private func variables(_ statement: Policy.Statement) -> [CheckFinding] {
    let texts = (statement.resource?.values ?? []) + (statement.principal?.entries.map(\.text) ?? [])
    return texts.compactMap { text in
      PolicyVariable.unreplaced(in: text.value).map { variable in
        CheckFinding(
          .policy(.templateVariable), .error, at: text.position,
          "\(variable) is a template variable that was not replaced.",
          hint: "Write the value itself.", isRejectedByAWS: true)
      }
    }
  }

  private func rejection(
    _ code: BucketCode, _ position: PolicyPosition?, _ message: String, _ hint: String
  ) -> CheckFinding {
    CheckFinding(.bucket(code), .error, at: position, message, hint: hint, isRejectedByAWS: true)
  }
}
