import AWSPolicy
import Registry

/// The findings that explain the probes of a bucket policy.
struct BucketFindings {
  private let subject: PolicyCheckSubject
  private let role: String
  private(set) var all: [CheckFinding] = []

  init(
    _ subject: PolicyCheckSubject, _ policy: Policy, _ answers: [(StorageProbes.Probe, PolicyDecision)],
    _ others: [OtherPrincipal]
  ) {
    let decisions = answers.map(\.1)
    self.subject = subject
    role = subject.roleARN ?? ""
    for (index, statement) in policy.statements.enumerated() {
      if statement.effect == .deny { deny(statement, decisions, index) }
      if statement.effect == .allow { allow(statement) }
    }
    for other in others { readable(by: other) }
    let isOther = subject.isBucketInOtherAccount
    let missing = answers.filter { isOther ? $1.isWithoutAllow : $1.explicitDeny == .no && $1.answer != .allow }
    if !missing.isEmpty { notAllowed(missing.map(\.0.action).removingDuplicates().joined(separator: " and ")) }
  }

  private mutating func add(
    _ code: BucketCode, _ severity: FindingSeverity, _ position: PolicyPosition?, _ message: String,
    _ hint: String? = nil
  ) {
    all.append(CheckFinding(.bucket(code), severity, at: position, message, hint: hint))
  }

  private mutating func deny(_ statement: Policy.Statement, _ decisions: [PolicyDecision], _ index: Int) {
    let applies = decisions.map { $0.traces[index].applies }
    let exception = S3ReadGrant.exceptionText(role: role)
    let principal = statement.principal
    let namesRole = principal?.isNegated == false && principal?.entries.contains { $0.text.value == role } == true
    if applies.contains(.yes) {
      add(
        .denied, .error, statement.position,
        "\(statement.name) denies the role \(role).\(ConditionReason.denial(statement))",
        namesRole
          ? "This rule names the role itself. Remove the role from it, or add an exception: \(exception)."
          : "Add an exception to your rule for this role: \(exception).")
    } else if applies.contains(.unknown) {
      add(
        .denyUnknown, .warning, statement.position,
        "\(statement.name) may deny the role: \(statement.uncertainty(decisions, at: index)).",
        "Make sure that InfoSum's requests meet your restriction, or add an exception for this role: \(exception).")
    }
  }

  /// In a bucket policy, InfoSum's principals have no effect on an import.
  private mutating func allow(_ statement: Policy.Statement) {
    for entry in statement.principal?.entries ?? [] where entry.kind == .aws {
      let account = ARN(entry.text.value)?.account ?? entry.text.value
      if account == subject.connector.accountID {
        add(
          .principalIsInfoSum, .warning, entry.text.position,
          "This names InfoSum, but your role \(role) is what accesses the bucket.",
          "Name the role here. InfoSum's session belongs in the role's trust policy.")
      } else if case .uniqueID = PrincipalName(entry.text.value) {
        add(
          .principalUniqueID, .warning, entry.text.position,
          "AWS shows this unique ID because the principal was deleted. A recreated role does not match it.",
          "Name the principal by its ARN.")
      }
    }
  }

  private mutating func readable(by other: OtherPrincipal) {
    switch other.kind {
    case .everyone where other.isUnrestricted:
      add(
        .allowsEveryone, .warning, other.position, "This lets everyone in the world read the bucket.",
        "Name the principals that need access, or add a restricting condition.")
    case .foreign, .everyone:
      add(
        .allowsOther, .info, other.position,
        "This also lets \"\(other.principal.prefixForMessage)\" read the bucket"
          + (other.conditions.isEmpty ? "." : ", under conditions."))
    case .ownAccount, .awsService, .otherICC:
      break
    }
  }

  private mutating func notAllowed(_ actions: String) {
    if subject.isBucketInOtherAccount {
      add(
        .crossAccount, .error, nil,
        "The bucket belongs to the account \(subject.bucketOwner ?? ""), and no statement allows the role "
          + "\(role) to use \(actions).",
        "Add the statements of this ICC's bucket policy.")
    } else {
      add(
        .crossAccount, .info, nil,
        "No statement allows the role \(role) to use \(actions). That is enough if the bucket is in the role's own "
          + "account.",
        "If the bucket belongs to another account, add the statements of this ICC's bucket policy.")
    }
  }
}

extension PolicyDecision {
  /// True if no statement allows the request for certain, whether or not one denies it.
  fileprivate var isWithoutAllow: Bool {
    explicitDeny != .yes && answer != .allow && !traces.contains { $0.effect == .allow && $0.applies == .yes }
  }
}
