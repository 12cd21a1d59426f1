import AWSPolicy
import Registry

/// How an entry of a trust policy's principals bears on InfoSum's session.
enum TrustPrincipal: Equatable {
  /// InfoSum's session of this ICC.
  case exact
  /// It holds that session and more.
  case wider(code: FindingCode, message: String)
  /// It was meant to be that session.
  case mistake(code: FindingCode, message: String)
  /// Another session of InfoSum's role.
  case otherSession(String)
  /// Somebody else.
  case unrelated

  /// Whether the statement is meant for InfoSum.
  var isMeantForInfoSum: Bool { self != .unrelated }

  init(_ entry: Policy.PrincipalEntry, _ subject: PolicyCheckSubject) {
    guard entry.kind == .aws else {
      self = .unrelated
      return
    }
    let text = entry.text.value
    if let foreign = UnexpectedCharacter(in: text),
      UnexpectedCharacter.removed(from: text) == subject.session.description
    {
      self = .mistake(
        code: .trust(.principalInvisibleCharacter),
        message: "\(foreign.description) of this ARN, which is right without it.")
      return
    }
    switch PrincipalName(text) {
    case .everyone:
      self = .wider(code: .trust(.principalEveryone), message: "The principal \"*\" is everyone in the world.")
    case .account(let account):
      self = account == subject.connector.accountID ? Self.wholeAccount : .unrelated
    case .arn(let arn):
      self = Self.arn(arn, subject)
    case .uniqueID, .other:
      self = .unrelated
    }
  }

  private static let wholeAccount = TrustPrincipal.wider(
    code: .trust(.principalWholeAccount), message: "This names InfoSum's whole account, not the one session.")

  private static func arn(_ arn: ARN, _ subject: PolicyCheckSubject) -> TrustPrincipal {
    let connector = subject.connector
    if arn == subject.session { return .exact }
    if arn.resource.contains("*"), arn.account == connector.accountID {
      return .mistake(code: .trust(.principalWildcard), message: "AWS takes no wildcard inside a principal's ARN.")
    }
    guard let entity = IAMEntity(arn), entity.kind.isPrincipal else { return noPrincipal(arn, connector) }
    if arn.partition != connector.partition, arn.account == connector.accountID {
      return .mistake(
        code: .trust(.principalWrongPartition),
        message: "This names the partition \(arn.partition.prefixForMessage), and InfoSum is in \(connector.partition)."
      )
    }
    if arn.account != connector.accountID { return foreign(entity, subject) }
    switch entity.kind {
    case .root: return wholeAccount
    case .role where entity.name == connector.roleName:
      return .wider(
        code: .trust(.principalAnySession),
        message: "This names InfoSum's role, and so every session of it: those of other customers too.")
    case .assumedRole: return session(entity, subject)
    default:
      return .mistake(
        code: .trust(.principalWrongKind),
        message: "This names a \(entity.kind.rawValue) in InfoSum's account, and not the session that asks.")
    }
  }

  /// An ARN of what cannot ask for anything: it names nobody, so InfoSum's session was meant.
  private static func noPrincipal(_ arn: ARN, _ connector: ConnectorIdentity) -> TrustPrincipal {
    if arn.resource == "assumed-role/\(connector.roleName)" || arn.resource == "assumed-role/\(connector.roleName)/" {
      return .mistake(
        code: .trust(.sessionNameMissing), message: "This ARN ends with InfoSum's role and lacks the session's name.")
    }
    let kind =
      arn.service == "s3"
      ? "a bucket"
      : IAMEntity(arn).map { $0.kind == .instanceProfile ? "an instance profile" : "a \($0.kind.rawValue)" }
        ?? "no principal"
    return .mistake(
      code: .trust(.principalWrongKind),
      message: "This names \(kind.prefixForMessage), and the principal of a trust policy is whoever assumes the role.")
  }

  private static func session(_ entity: IAMEntity, _ subject: PolicyCheckSubject) -> TrustPrincipal {
    let session = entity.session ?? ""
    if entity.service == "iam" {
      return .mistake(
        code: .trust(.principalIAMNotSTS),
        message: "A session's ARN begins with arn:\(entity.partition):sts, not :iam.")
    }
    guard entity.name == subject.connector.roleName else {
      return .mistake(
        code: .trust(.principalWrongRole),
        message:
          "This names the role \(entity.name.prefixForMessage); InfoSum's is \(subject.connector.roleName), written so."
      )
    }
    if folded(session) == folded("Your Session Name") {
      return .mistake(
        code: .trust(.sessionNamePlaceholder),
        message: "The placeholder \"\(session)\" was left in; AWS knows no such session.")
    }
    if folded(session) == folded(subject.sessionName) {
      return .mistake(
        code: .trust(.sessionNameDiffers),
        message:
          "The session name \"\(session)\" differs from \"\(subject.sessionName)\" \(difference(session, subject.sessionName)), and AWS compares it exactly."
      )
    }
    return .otherSession(session)
  }

  private static func foreign(_ entity: IAMEntity, _ subject: PolicyCheckSubject) -> TrustPrincipal {
    if entity.kind == .assumedRole, entity.name == subject.connector.roleName {
      return .mistake(
        code: .trust(.principalWrongAccount),
        message: "This names the account \(entity.account); InfoSum's is \(subject.connector.accountID).")
    }
    return .unrelated
  }

  private static func difference(_ session: String, _ right: String) -> String {
    session.lowercased() == right.lowercased() ? "in case" : "in spaces or punctuation"
  }

  private static func folded(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
