import JSON
import Text

extension PolicyParser {
  mutating func principal(_ object: JSONObject, _ place: PolicyPlace) -> Policy.Principal? {
    for (name, isNegated) in [("Principal", false), ("NotPrincipal", true)] {
      guard let value = object[name] else { continue }
      return principal(value, isNegated, place.member(name, value))
    }
    return nil
  }

  private mutating func principal(_ value: JSONValue, _ isNegated: Bool, _ place: PolicyPlace) -> Policy.Principal {
    var principal = Policy.Principal(isNegated: isNegated, isEveryone: false, entries: [], place: place)
    switch value.content {
    case .string("*"):
      principal.isEveryone = true
      if kind == .trust {
        refuse(
          "policy.principal-everyone", at: place, "A trust policy may not have the bare Principal \"*\".",
          hint: "Name the principal: \"Principal\": {\"AWS\": \"arn:…\"}.")
      }
    case .object(let members):
      for member in members.members {
        principal.entries += entries(member, place)
      }
      if members.isEmpty { refuse("policy.principal-empty", at: place, "Principal names nobody.") }
    default:
      refuse(
        "policy.wrong-type", at: place,
        "Principal is an object such as {\"AWS\": \"arn:…\"}, and this is \(value.kind).",
        hint: "Put the ARN into {\"AWS\": …}.")
    }
    return principal
  }

  private mutating func entries(_ member: JSONObject.Member, _ place: PolicyPlace) -> [Policy.PrincipalEntry] {
    let here = place.member(member.name, member.value)
    guard let kind = Policy.PrincipalEntry.Kind(rawValue: member.name) else {
      let known = ["AWS", "Service", "Federated", "CanonicalUser"]
      let right = known.first { $0.lowercased() == member.name.lowercased() }
      refuse(
        "policy.principal-kind",
        at: PolicyPlace(member.nameLocation ?? member.value.location, here.pointer),
        "\"\(member.name.prefixForMessage)\" is no kind of principal; AWS compares their names with case.",
        hint: "Write \(right ?? known.joined(separator: ", ")).")
      return []
    }
    let texts = strings(member.value, "Principal", here)
    if texts.isEmpty, member.value.arrayValue?.isEmpty == true {
      refuse("policy.principal-empty", at: here, "Principal names nobody.")
    }
    if kind == .aws { for text in texts { checkAWSPrincipal(text) } }
    return texts.map { Policy.PrincipalEntry(kind: kind, text: $0) }
  }

  /// The forms that AWS takes: `*`, an account, an ARN without wildcards, an id of a principal.
  private mutating func checkAWSPrincipal(_ text: Policy.Text) {
    switch PrincipalName(text.value) {
    case _ where Self.isStorablePrincipal(text.value): break
    case .arn(let arn) where arn.description.contains("*") || arn.description.contains("?"):
      refuse(
        "policy.principal-wildcard", at: text.place,
        "AWS takes no wildcard inside a principal's ARN.", hint: "Name one session, role or account.",
        naming: text.value)
    case .arn:
      // A session's name with a space is a session's name all the same, and AWS's refusal of it is told by the caller.
      refuse(
        "policy.principal-malformed", at: text.place,
        "This ARN names no principal.", hint: Self.principals, naming: text.value)
    default:
      refuse(
        "policy.principal-malformed", at: text.place,
        "This is neither an ARN nor an account's 12 digits.", hint: Self.principals, naming: text.value)
    }
  }

  private static let principals = "Write the ARN of a session, a role or a user, or an account's 12 digits."

  /// Whether AWS may take a text as `Principal.AWS`. An identity of CloudFront has that word in place of an account:
  /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3-oai.html
  static func isStorablePrincipal(_ text: String) -> Bool {
    switch PrincipalName(text) {
    case .everyone, .account, .uniqueID: true
    case .arn(let arn):
      IAMEntity(arn)?.kind.isPrincipal == true && (ARN.isAccountID(arn.account) || arn.account == "cloudfront")
        && !text.contains("*") && !text.contains("?")
    case .other: false
    }
  }
}

/// The forms of `Principal.AWS`.
package enum PrincipalName: Sendable {
  /// `*`
  case everyone
  /// The 12 digits of an account.
  case account(String)
  /// `AROA…`, `AIDA…`: what AWS puts in place of the ARN of a principal that has been deleted.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  case uniqueID
  /// An ARN.
  case arn(ARN)
  /// None of these.
  case other

  /// What form a text has.
  package init(_ text: String) {
    if text == "*" {
      self = .everyone
    } else if ARN.isAccountID(text) {
      self = .account(text)
    } else if let arn = ARN(text) {
      self = .arn(arn)
    } else if Self.isUniqueID(text) {
      self = .uniqueID
    } else {
      self = .other
    }
  }

  private static func isUniqueID(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= 16, bytes.count <= 128,
      text.hasPrefix("AROA") || text.hasPrefix("AIDA") || text.hasPrefix("ASIA")
    else { return false }
    return bytes.allSatisfy { ASCII.isDigit($0) || ASCII.isUppercaseLetter($0) }
  }
}
