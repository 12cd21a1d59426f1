import AWSPolicy
import JSON

/// Corrects a bucket policy: repairs what S3 rejects, and adds exceptions for the role to what
/// certainly denies it.
struct BucketCorrection {
  private let check: BucketCheck

  init(_ check: BucketCheck) {
    self.check = check
  }

  /// Returns the corrected document; nil if no change made here results in a policy that works.
  func correct(_ document: JSONValue) -> JSONValue? {
    guard var object = PolicyRepairer.repair(document, as: .bucket).objectValue, let given = object["Statement"] else {
      return nil
    }
    let complete = (given.arrayValue ?? [given]).map(withMissingResource)
    let excepted = check.exceptions.added(to: complete, as: .bucket)
    let grants = check.grant?.statements.map(\.json) ?? []
    let additions: [[JSONValue]] = [[]] + grants.map { [$0] } + [grants]
    for added in additions {
      let statements = excepted + added
      let isSingle = given.arrayValue == nil && statements.count == 1
      object["Statement"] = isSingle ? statements.first : .array(statements)
      let result = JSONValue(.object(object))
      if check.verdict(result) == .works { return result == document ? nil : result }
    }
    return nil
  }

  /// A statement that allows the role actions which need the bucket or its objects as a further
  /// resource, with that resource. A statement about other principals stays: the ICC does not need
  /// it, and it would open or deny more.
  private func withMissingResource(_ statement: JSONValue) -> JSONValue {
    guard var fields = statement.objectValue, let resource = fields["Resource"], isAllowForRole(fields) else {
      return statement
    }
    let resources = resource.arrayValue?.compactMap(\.stringValue) ?? [resource.stringValue].compactMap { $0 }
    let action = fields["Action"]
    let actions = action?.arrayValue?.compactMap(\.stringValue) ?? [action?.stringValue].compactMap { $0 }
    let missing = BucketPolicyRules.missingResource(actions, resources, bucketARN: check.bucketARN)
    guard let missing else { return statement }
    fields["Resource"] = .oneOrMany(resources + [missing])
    return JSONValue(.object(fields))
  }

  private func isAllowForRole(_ fields: JSONObject) -> Bool {
    guard fields["Effect"]?.stringValue == "Allow", let role = check.roleARN else { return false }
    let named = fields["Principal"]?.objectValue?["AWS"]
    return named?.stringValue == role || named?.arrayValue?.compactMap(\.stringValue) == [role]
  }
}
