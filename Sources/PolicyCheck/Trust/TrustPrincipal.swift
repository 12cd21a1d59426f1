import AWSPolicy
import Registry

/// The relation of a principal in a trust policy to InfoSum's session of this ICC.
enum TrustPrincipal: Equatable {
  /// InfoSum's session of this ICC.
  case exact
  /// It includes that session and others.
  case wider(code: TrustCode, message: String)
  /// It was meant to be that session.
  case mistake(code: TrustCode, message: String)
  /// The session of another ICC, or another session of InfoSum's role.
  case otherSession(String)
  /// It has nothing to do with InfoSum.
  case unrelated

  /// True if the entry is meant for this ICC.
  var isMeantForThisICC: Bool {
    switch self {
    case .exact, .wider, .mistake: true
    case .otherSession, .unrelated: false
    }
  }

  /// Classifies an entry of a statement.
  init(_ entry: Policy.PrincipalEntry, of statement: StatementTraits, _ subject: PolicyCheckSubject) {
    guard entry.kind == .aws else {
      self = .unrelated
      return
    }
    let text = entry.text.value
    if let found = UnexpectedCharacter(in: text), UnexpectedCharacter.removed(from: text) == subject.session.description
    {
      self = .mistake(
        code: .principalInvisibleCharacter, message: "\(found.description) of this ARN, which is right without it.")
      return
    }
    let byName = Self.named(text, statement, subject)
    guard byName == .unrelated, statement.isThisICCs, !statement.policyNamesSession else {
      self = byName
      return
    }
    let mistake = NearPrincipal.mistake(text, subject)
    // Next to an entry that was meant for InfoSum, a principal that exists may well be the
    // customer's own.
    self = statement.namesInfoSum && mistake?.mayExist == true ? .unrelated : mistake ?? .unrelated
  }

  /// True if the mistake is another principal that may exist, and not a text that AWS rejects.
  private var mayExist: Bool {
    guard case .mistake(let code, _) = self else { return false }
    return [.principalIsOwnAccount, .principalUniqueID].contains(code)
  }

  fileprivate static func named(
    _ text: String, _ statement: StatementTraits, _ subject: PolicyCheckSubject
  ) -> TrustPrincipal {
    switch PrincipalName(text) {
    case .everyone:
      guard statement.isThisICCs || !statement.hasOtherConditions else { return .unrelated }
      return .wider(code: .principalEveryone, message: "The principal \"*\" is everyone in the world.")
    case .account(let account):
      return account == subject.connector.accountID ? wholeAccount : .unrelated
    case .arn(let arn):
      return Self.arn(arn, statement, subject)
    case .uniqueID:
      return .unrelated
    case .other:
      return NearPrincipal.resemblesInfoSum(text, subject)
        ? NearPrincipal.mistake(text, subject) ?? .unrelated : .unrelated
    }
  }

  private static let wholeAccount = TrustPrincipal.wider(
    code: .principalWholeAccount, message: "This names InfoSum's whole account, not this ICC's session.")

  private static func arn(_ arn: ARN, _ statement: StatementTraits, _ subject: PolicyCheckSubject) -> TrustPrincipal {
    let connector = subject.connector
    if arn == subject.session { return .exact }
    if arn.resource.contains("*"), arn.account == connector.accountID {
      return .mistake(code: .principalWildcard, message: "AWS does not allow wildcards inside a principal's ARN.")
    }
    if arn.resource == "assumed-role/\(connector.roleName)" || arn.resource == "assumed-role/\(connector.roleName)/" {
      return .mistake(code: .sessionNameMissing, message: "The session name is missing after InfoSum's role name.")
    }
    guard let entity = IAMEntity(arn), entity.kind.isPrincipal else { return notAPrincipal(arn) }
    if arn.partition != connector.partition, arn.account == connector.accountID {
      return .mistake(
        code: .principalWrongPartition,
        message: "The partition is \(arn.partition.prefixForMessage), but InfoSum is in \(connector.partition).")
    }
    if arn.account != connector.accountID {
      return NearPrincipal.resemblesInfoSum(arn.description, subject)
        ? NearPrincipal.mistake(arn.description, subject) ?? .unrelated : .unrelated
    }
    return infoSum(entity, statement, subject)
  }

  private static func infoSum(
    _ entity: IAMEntity, _ statement: StatementTraits, _ subject: PolicyCheckSubject
  ) -> TrustPrincipal {
    let roleName = subject.connector.roleName
    switch entity.kind {
    case .root: return wholeAccount
    case .role where entity.name == roleName:
      return .wider(
        code: .principalAnySession,
        message: "This names InfoSum's role, and so every session of it, those of other customers included.")
    case .assumedRole: return session(entity, statement, subject)
    default:
      guard statement.isThisICCs || entity.name.lowercased() == roleName.lowercased() else { return .unrelated }
      return .mistake(
        code: entity.name.lowercased() == roleName.lowercased() && entity.kind == .role
          ? .principalWrongRole : .principalWrongKind,
        message: "This names the \(entity.kind.rawValue) \"\(entity.name.prefixForMessage)\" in InfoSum's account. "
          + "InfoSum assumes your role with the session \(subject.session) of its role \(roleName).")
    }
  }

  /// An ARN of something that cannot make requests. AWS rejects it, so InfoSum's session was meant.
  private static func notAPrincipal(_ arn: ARN) -> TrustPrincipal {
    let kind =
      arn.service == "s3"
      ? "a bucket"
      : IAMEntity(arn).map { $0.kind == .instanceProfile ? "an instance profile" : "a \($0.kind.rawValue)" }
    return .mistake(
      code: .principalWrongKind,
      message: "This names \(kind ?? "no principal"), but a principal must be able to assume the role.")
  }

  private static func session(
    _ entity: IAMEntity, _ statement: StatementTraits, _ subject: PolicyCheckSubject
  ) -> TrustPrincipal {
    let session = entity.session ?? ""
    if entity.service == "iam" {
      return .mistake(
        code: .principalIAMNotSTS, message: "A session's ARN starts with arn:\(entity.partition):sts, not :iam.")
    }
    guard entity.name == subject.connector.roleName else {
      guard statement.isThisICCs || entity.name.lowercased() == subject.connector.roleName.lowercased() else {
        return .unrelated
      }
      return .mistake(
        code: .principalWrongRole,
        message: "This names the role \"\(entity.name.prefixForMessage)\". InfoSum's role is "
          + "\(subject.connector.roleName) (case-sensitive).")
    }
    if subject.siblings.contains(where: { $0.sessionName == session }) { return .otherSession(session) }
    if folded(session) == folded("Your Session Name") {
      return .mistake(
        code: .sessionNamePlaceholder, message: "The session name is still the placeholder \"\(session)\".")
    }
    guard folded(session) == folded(subject.sessionName) else {
      return otherSession(session, statement, subject)
    }
    return .mistake(
      code: .sessionNameDiffers,
      message: "The session name \"\(session)\" differs from \"\(subject.sessionName)\" "
        + "\(difference(session, subject.sessionName)). AWS compares it exactly.")
  }

  /// Another session with its own external ID is another ICC's. With this ICC's ID, or with none
  /// where nothing else names this ICC's session, it was meant to be this ICC's.
  private static func otherSession(
    _ session: String, _ statement: StatementTraits, _ subject: PolicyCheckSubject
  ) -> TrustPrincipal {
    let isMeant = statement.isThisICCs || !statement.hasExternalID
    guard isMeant, !statement.policyNamesSession else { return .otherSession(session) }
    return .mistake(
      code: .sessionNameDiffers,
      message: "The session name is \"\(session.prefixForMessage)\", but this ICC's is \"\(subject.sessionName)\".")
  }

  private static func difference(_ session: String, _ right: String) -> String {
    session.lowercased() == right.lowercased() ? "in case" : "in spaces or punctuation"
  }

  private static func folded(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}

/// The facts in a statement's conditions and in the rest of the policy that change the meaning of
/// its principals.
struct StatementTraits {
  /// True if a condition contains this ICC's external ID.
  var isThisICCs = false
  /// True if a condition is on the external ID.
  var hasExternalID = false
  /// True if there is a condition on another key.
  var hasOtherConditions = false
  /// True if an Allow statement of the policy names this ICC's session exactly.
  var policyNamesSession = false
  /// True if a principal of the statement is InfoSum's session, includes it or resembles it.
  var namesInfoSum = false

  init(_ statement: Policy.Statement, in policy: Policy, _ subject: PolicyCheckSubject) {
    self.init(statement, policyNamesSession: Self.namesSession(policy, subject), subject)
  }

  init(_ statement: Policy.Statement, policyNamesSession: Bool, _ subject: PolicyCheckSubject) {
    self.policyNamesSession = policyNamesSession
    for condition in statement.conditions {
      if condition.isExternalID {
        hasExternalID = true
        isThisICCs = isThisICCs || condition.values.contains { subject.externalIDs.contains($0.value) }
      } else {
        hasOtherConditions = true
      }
    }
    namesInfoSum =
      statement.principal?.entries.contains {
        $0.kind == .aws && TrustPrincipal.named($0.text.value, self, subject) != .unrelated
      } == true
  }

  static func namesSession(_ policy: Policy, _ subject: PolicyCheckSubject) -> Bool {
    let session = subject.session.description
    return policy.statements.contains { statement in
      statement.effect == .allow && statement.principal?.entries.contains { $0.text.value == session } == true
    }
  }
}
