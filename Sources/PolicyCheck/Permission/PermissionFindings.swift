import AWSPolicy
import Registry

/// The findings that explain the probes of a permission policy.
struct PermissionFindings {
  typealias Answer = (StorageProbes.Probe, PolicyDecision)

  private let subject: PolicyCheckSubject
  private let policy: Policy
  private let answers: [Answer]

  init(_ subject: PolicyCheckSubject, _ policy: Policy, _ answers: [Answer]) {
    self.subject = subject
    self.policy = policy
    self.answers = answers
  }

  /// The statements that deny what an import needs, each once.
  var denials: [CheckFinding] {
    policy.statements.enumerated().filter { $0.element.effect == .deny }.compactMap { index, statement in
      let denied = actions(deniedBy: index, .yes)
      if !denied.isEmpty {
        return CheckFinding(
          .permission(.denied), .error, at: statement.position,
          "\(statement.name) denies \(denied.joined(separator: ", ")).\(ConditionReason.denial(statement))",
          hint: exception(statement))
      }
      let uncertain = actions(deniedBy: index, .unknown)
      guard !uncertain.isEmpty else { return nil }
      return CheckFinding(
        .permission(.denied), .warning, at: statement.position,
        "\(statement.name) may deny \(uncertain.joined(separator: ", ")): "
          + "\(statement.uncertainty(answers.map(\.1), at: index)).",
        hint: "Make sure that InfoSum's requests meet your restriction, or: " + exception(statement))
    }
  }

  /// The remedy for a Deny: the rule is kept, except for the role.
  private func exception(_ statement: Policy.Statement) -> String {
    guard let role = subject.roleARN else {
      return "Make an exception for the bucket \"\(subject.bucket)\" in this statement."
    }
    return "Add an exception to your rule for this role: \(S3ReadGrant.exceptionText(role: role))."
  }

  private func actions(deniedBy index: Int, _ state: TriState) -> [String] {
    answers.filter { $0.1.traces[index].applies == state }.map(\.0.action).removingDuplicates()
  }

  /// Explains why a probe is not allowed.
  func explain(
    _ probe: StorageProbes.Probe, _ decision: PolicyDecision, _ answer: PolicyDecision.Answer
  ) -> CheckFinding {
    if decision.answer == .unknown { return uncertain(probe, decision) }
    let naming = zip(policy.statements, decision.traces).filter { $0.effect == .allow && $1.action == .yes }
    let near = naming.first { $1.resource == .yes } ?? naming.first
    guard let (statement, trace) = near else {
      return CheckFinding(
        .permission(probe.name == "kmsDecrypt" ? .kmsMissing : .actionMissing), .error,
        at: policy.statements.first?.position, "No statement allows \(probe.action).", hint: hint(probe))
    }
    return self.near(probe, statement, trace, isPartial: answer == .unknown)
  }

  private func uncertain(_ probe: StorageProbes.Probe, _ decision: PolicyDecision) -> CheckFinding {
    let deciding = policy.statements.first { $0.index == decision.deciding.first }
    let reasons = decision.unknownKeys.map { ConditionReason.uncertainty($0, isTrust: false) }
    let variables = deciding?.resource?.values.filter { $0.value.contains("${") }.map(\.value) ?? []
    let reason =
      reasons.isEmpty
      ? "it depends on the policy variable in \"\(variables.first?.prefixForMessage ?? "its resource")\", such as a tag of your role"
      : reasons.joined(separator: "; ")
    return CheckFinding(
      .permission(.undetermined), .warning, at: deciding?.position,
      "Whether \(probe.action) is allowed is undetermined: \(reason).",
      hint: Self.meetRestriction)
  }

  private static let meetRestriction = "If this is a restriction of yours, make sure that the import meets it."

  private func resource(_ probe: StorageProbes.Probe) -> String {
    switch probe.name {
    case "listBucket": subject.grant.bucketARN
    case "getObject": Self.list(deniedFilenames.isEmpty ? subject.grant.objectARNs : deniedARNs)
    default: probe.resource
    }
  }

  /// The ICC's filenames of which at least one object cannot be read, each once.
  private var deniedFilenames: [String] {
    answers.filter { $0.0.name == "getObject" && $0.1.answer != .allow }.compactMap(\.0.filename).removingDuplicates()
  }

  private var deniedARNs: [String] { deniedFilenames.map(subject.grant.objectARN).removingDuplicates() }

  /// The first texts of a list, separated by commas, with the number of the others.
  private static func list(_ texts: [String]) -> String {
    let named = texts.prefix(3).map(\.prefixForMessage).joined(separator: ", ")
    return texts.count > 3 ? "\(named) and \(texts.count - 3) more" : named
  }

  /// The advice to allow what the ICC needs and no more.
  private func hint(_ probe: StorageProbes.Probe) -> String {
    let condition = probe.name == "listBucket" ? subject.grant.listing().conditions.first : nil
    let limit = condition.map { ", with the condition \($0.operatorName) \($0.key) \"\($0.values.joined())\"" } ?? ""
    return "Allow \(probe.action) on \(resource(probe))\(limit)."
  }

  /// A statement allows the action, but not for this request.
  private func near(
    _ probe: StorageProbes.Probe, _ statement: Policy.Statement, _ trace: PolicyDecision.Trace, isPartial: Bool
  ) -> CheckFinding {
    if trace.resource == .yes { return condition(probe, statement, trace, isPartial: isPartial) }
    let position = statement.resource?.position ?? statement.position
    func finding(_ code: PermissionCode, _ message: String) -> CheckFinding {
      CheckFinding(.permission(code), .error, at: position, message, hint: hint(probe))
    }
    if isPartial {
      return CheckFinding(
        .permission(.objectsPartly), .warning, at: position,
        "The resource covers only a part of the objects under the prefix.", hint: hint(probe))
    }
    let texts = statement.resource?.values ?? []
    if let variable = texts.lazy.compactMap({ PolicyVariable.unreplaced(in: $0.value) }).first {
      return CheckFinding(
        .policy(.templateVariable), .error, at: position, "\(variable) is a template variable that was not replaced.",
        hint: hint(probe))
    }
    let arns = texts.compactMap { ARN($0.value) }
    if let text = texts.first(where: { lacksColon($0.value) }) {
      return finding(.wrongBucket, "A colon is missing in \"\(text.value.prefixForMessage)\".")
    }
    if probe.name == "kmsDecrypt" {
      return arns.contains { $0.resource.hasPrefix("alias/") }
        ? finding(.kmsIsAlias, "This names an alias. The Resource element must name the key itself.")
        : finding(.kmsWrongKey, "kms:Decrypt is allowed on another key.")
    }
    return wrongResource(probe, arns, finding)
  }

  /// True for the ARN of the bucket or its objects with two colons where three belong.
  private func lacksColon(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "arn", parts[2] == "s3", let last = parts.last else { return false }
    return last == subject.bucket || last.hasPrefix(subject.bucket + "/")
  }

  private func wrongResource(
    _ probe: StorageProbes.Probe, _ arns: [ARN], _ finding: (PermissionCode, String) -> CheckFinding
  ) -> CheckFinding {
    let own = arns.filter { $0.resource == subject.bucket || $0.resource.hasPrefix(subject.bucket + "/") }
    guard !own.isEmpty else {
      let named = arns.first.map { "\"\($0.description.prefixForMessage)\"" } ?? "another resource"
      return finding(.wrongBucket, "This is about \(named), but the ICC's bucket is \"\(subject.bucket)\".")
    }
    let partition = subject.connector.partition
    if let other = own.first(where: { $0.partition != partition }), !own.contains(where: { $0.partition == partition })
    {
      return finding(
        .wrongBucket,
        "The partition is \(other.partition.prefixForMessage), but InfoSum and so the bucket are in \(partition).")
    }
    if own.contains(where: { !$0.region.isEmpty || !$0.account.isEmpty }) {
      return finding(.wrongBucket, "A bucket's ARN has neither a Region nor an account ID.")
    }
    if probe.name == "listBucket" {
      return own.contains { $0.resource == subject.bucket + "/" }
        ? finding(.listOnObjects, "The bucket's ARN must not end with a slash.")
        : finding(.listOnObjects, "s3:ListBucket applies to the bucket itself, but this names its objects.")
    }
    let objects = own.filter { $0.resource.contains("/") }
    if objects.isEmpty {
      return finding(.getOnBucket, "s3:GetObject applies to objects, but this names only the bucket.")
    }
    if probe.filename != nil {
      return finding(
        .filenameNotCovered,
        "This does not cover the filenames \(Self.list(deniedFilenames.map { "\"\($0)\"" })) under the prefix "
          + "\"\(subject.prefix)\".")
    }
    return finding(
      .wrongPrefix,
      "This does not cover the objects under the prefix \"\(subject.prefix)\"."
        + (objects.allSatisfy { $0.resource.hasSuffix("*") } ? "" : " Their ARN ends with *."))
  }

  private func condition(
    _ probe: StorageProbes.Probe, _ statement: Policy.Statement, _ trace: PolicyDecision.Trace, isPartial: Bool
  ) -> CheckFinding {
    let condition = zip(statement.conditions, trace.conditions).first { $0.1 == .no }?.0
    let position = condition?.position ?? statement.position
    guard let condition else {
      return CheckFinding(
        .permission(.undetermined), .warning, at: position,
        "Whether \(probe.action) is allowed depends on values the registry cannot see.", hint: Self.meetRestriction)
    }
    if isPartial {
      return CheckFinding(
        .permission(.undetermined), .warning, at: position,
        ConditionReason.uncertain(condition.key, isTrust: false), hint: Self.meetRestriction)
    }
    guard condition.key.lowercased() == "s3:prefix" else {
      return CheckFinding(
        .permission(.conditionNeverHolds), .error, at: position,
        ConditionReason.never(condition, probe.context, request: "a \(probe.action) request of an import"),
        hint: "Remove it.")
    }
    guard probe.name == "listBucket" else {
      return CheckFinding(
        .permission(.prefixOnGetObject), .error, at: position,
        "The condition key s3:prefix only exists for s3:ListBucket, so this never allows \(probe.action).",
        hint: "Move s3:GetObject to a statement of its own, without this condition.")
    }
    return CheckFinding(
      .permission(.wrongPrefix), .error, at: position,
      ConditionReason.never(condition, probe.context, request: "the listing of an import"),
      hint: "Write \"StringLike\": {\"s3:prefix\": \"\(subject.grant.escapedPrefix.pattern)*\"}.")
  }
}
