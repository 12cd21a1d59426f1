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
    let complete = (given.arrayValue ?? [given]).flatMap(withMissingResource)
    let excepted = check.exceptions.added(to: complete, as: .bucket)
    let grants = check.needsAllow ? check.ownStatements : []
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
  /// resource, with that resource and no more than the ICC needs. A statement about other
  /// principals stays: the ICC does not need it.
  private func withMissingResource(_ statement: JSONValue) -> [JSONValue] {
    guard var fields = statement.objectValue, isAllowForRole(fields) else { return [statement] }
    let resources = texts(fields["Resource"])
    var actions = texts(fields["Action"])
    var listing: [JSONValue] = []
    if BucketPolicyRules.missingResource(actions, resources)?.isBucket == true {
      // With the bucket as its resource, the statement would list other prefixes too.
      let others = actions.filter { $0.lowercased() != "s3:listbucket" }
      if others.count < actions.count { listing = Array(check.ownStatements.prefix(1)) }
      if others.isEmpty { return listing }
      actions = others
      fields["Action"] = .oneOrMany(actions)
    }
    if let missing = BucketPolicyRules.missingResource(actions, resources) {
      fields["Resource"] = .oneOrMany(resources + (missing.isBucket ? [check.bucketARN] : check.objectARNs))
    }
    return [JSONValue(.object(fields))] + listing
  }

  private func texts(_ element: JSONValue?) -> [String] {
    element?.arrayValue?.compactMap(\.stringValue) ?? [element?.stringValue].compactMap(\.self)
  }

  private func isAllowForRole(_ fields: JSONObject) -> Bool {
    guard fields["Effect"]?.stringValue == "Allow", let role = check.roleARN else { return false }
    let named = fields["Principal"]?.objectValue?["AWS"]
    return named?.stringValue == role || named?.arrayValue?.compactMap(\.stringValue) == [role]
  }
}
