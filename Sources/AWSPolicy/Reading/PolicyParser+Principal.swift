import JSON

extension PolicyParser {
  mutating func principal(_ object: JSONObject, _ position: PolicyPosition) -> Policy.Principal? {
    for (name, isNegated) in [("Principal", false), ("NotPrincipal", true)] {
      guard let value = object[name] else { continue }
      return principal(value, isNegated, position.member(name, value))
    }
    return nil
  }

  private mutating func principal(
    _ value: JSONValue, _ isNegated: Bool, _ position: PolicyPosition
  ) -> Policy.Principal {
    var principal = Policy.Principal(isNegated: isNegated, isEveryone: false, entries: [], position: position)
    switch value.content {
    case .string("*"):
      principal.isEveryone = true
      if kind == .trust {
        reject(
          .principalEveryone, at: position, "A trust policy must not have the Principal \"*\".",
          hint: "Name the principal: \"Principal\": {\"AWS\": \"arn:…\"}.")
      }
    case .object(let members):
      for member in members.members {
        principal.entries += entries(member, position)
      }
      if members.isEmpty {
        reject(
          .principalEmpty, at: position, "Principal names no principal.",
          hint: "Name it: \"Principal\": {\"AWS\": \"arn:…\"}.")
      }
    default:
      reject(
        .wrongType, at: position,
        "Principal must be an object such as {\"AWS\": \"arn:…\"}, but this is \(value.kind).",
        hint: "Put the ARN into {\"AWS\": …}.")
    }
    return principal
  }

  private mutating func entries(
    _ member: JSONObject.Member, _ position: PolicyPosition
  ) -> [Policy.PrincipalEntry] {
    let here = position.member(member.name, member.value)
    guard let kind = Policy.PrincipalEntry.Kind(rawValue: member.name) else {
      let known = PolicyGrammar.principalKinds
      let right = known.first { $0.lowercased() == member.name.lowercased() }
      reject(
        .principalKind, at: position.name(of: member),
        "\"\(member.name.prefixForMessage)\" is not a kind of principal; the names are case-sensitive.",
        hint: "Write \(right ?? known.joined(separator: ", ")).")
      return []
    }
    let texts = strings(member.value, "Principal", here)
    if texts.isEmpty, member.value.arrayValue?.isEmpty == true {
      reject(
        .principalEmpty, at: here, "Principal names no principal.",
        hint: "Name it: \"Principal\": {\"AWS\": \"arn:…\"}.")
    }
    for text in texts {
      switch kind {
      case .aws: checkAWSPrincipal(text)
      case .service: checkService(text)
      case .federated, .canonicalUser: break
      }
    }
    return texts.map { Policy.PrincipalEntry(kind: kind, text: $0) }
  }

  private mutating func checkAWSPrincipal(_ text: Policy.Text) {
    switch PrincipalName(text.value) {
    case _ where PrincipalName.isAccepted(text.value): break
    case .arn(let arn) where arn.description.contains("*") || arn.description.contains("?"):
      reject(
        .principalWildcard, at: text.position, "AWS does not allow wildcards inside a principal's ARN.",
        hint: "Name one session, role or account.")
    case .arn(let arn) where IAMEntity(arn)?.kind.isPrincipal == true:
      reject(
        .principalMalformed, at: text.position,
        "The account ID in this ARN must have 12 digits, but \"\(arn.account.prefixForMessage)\" does not.",
        hint: Self.principalForms)
    case .arn:
      reject(.principalMalformed, at: text.position, "This ARN is not that of a principal.", hint: Self.principalForms)
    default:
      reject(
        .principalMalformed, at: text.position,
        "\"\(text.value.prefixForMessage)\" is neither an ARN nor a 12-digit account ID.", hint: Self.principalForms)
    }
  }

  private static let principalForms = "Use the ARN of a session, role or user, or a 12-digit account ID."

  /// The domains of AWS's service principals, in all of `ARN.partitions`.
  private static let serviceDomains = [
    ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".amazon.com", ".aws.internal", ".aws.com",
    ".c2s.ic.gov", ".sc2s.sgov.gov", ".cloud.adc-e.uk", ".csp.hci.ic.gov",
  ]

  /// A service is named in full, without wildcards, and in a domain of AWS.
  private mutating func checkService(_ text: Policy.Text) {
    let name = text.value.lowercased()
    let isInDomain = Self.serviceDomains.contains(where: name.hasSuffix) || name.contains("${")
    guard !isInDomain || name.contains("*") || name.contains("?") else { return }
    reject(
      .serviceUnknown, at: text.position,
      "\"\(text.value.prefixForMessage)\" is not the name of an AWS service.",
      hint: "Write the whole name, such as s3.amazonaws.com.", naming: text.value)
  }
}
