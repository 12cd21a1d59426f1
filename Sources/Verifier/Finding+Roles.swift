import AWSClient
import Registry

/// What asking for sessions says.
extension Finding {
  /// Only this is STS's refusal: its own document of that code, with that status.
  static func isRefusal(_ error: AWSCallError) -> Bool {
    guard case .fault(let fault) = error else { return false }
    return fault.status == 403 && fault.code == "AccessDenied"
  }

  static func noKeys(_ error: AWSCredentialsError) -> Finding {
    let what =
      switch error {
      case .transport: "Where they are fetched nobody answers."
      case .unreadable(let status): "Where they are fetched the answer was \(status), without keys in it."
      }
    return .inconclusive(
      "connector.no-credentials", "The registry has no AWS keys just now. " + what,
      hint: "Nothing is wrong on the customer's side. Tell the operator to look at awsCredentials.", retryAfter: 30)
  }

  static func connector(_ error: AWSCallError) -> Finding {
    guard isRefusal(error) else { return undecided(error, "STS") }
    return .failed(
      "connector.access-denied", "The registry may not assume InfoSum's own role.",
      hint:
        "Nothing is wrong on the customer's side. Tell the operator: the registry's keys need sts:AssumeRole on the role."
    )
  }

  static func otherPrincipal(_ arn: String) -> Finding {
    .failed(
      "connector.other-principal", "InfoSum's own role gave a session that no trust policy of this registry names.",
      hint:
        "Nothing is wrong on the customer's side. Tell the operator to compare connectorAccountId and connectorRoleName."
    )
  }

  static func role(_ error: AWSCallError, principal: String) -> Finding {
    guard isRefusal(error) else { return undecided(error, "STS") }
    return .failed(
      "role.not-assumable", "AWS refuses to let InfoSum assume the role, and does not say why.",
      hint: """
        Either there is no role of this User ARN, or its trust policy does not let in \(principal) with this ICC's external \
        ID. Store the ICC's trust policy with the role as it is, or paste the present one into the policy check.
        """)
  }

  /// What a probe found: it must be refused, and a refusal says something only where the right request is let in.
  static func probe(
    _ name: VerificationCheck.Name, _ error: AWSCallError?, roleIsAssumable: Bool
  ) -> Finding {
    guard let error else { return gotIn(name) }
    guard isRefusal(error) else { return undecided(error, "STS") }
    if roleIsAssumable { return .passed("AWS refuses it, as it must.") }
    return .inconclusive(
      "role.not-assumable", "AWS refuses it, but it refuses the right request too, so that nothing follows.",
      hint: "First see to role-assumable.")
  }

  private static func gotIn(_ name: VerificationCheck.Name) -> Finding {
    switch name {
    case .externalIDRequired:
      .failed(
        "role.external-id-not-required", "The role could be assumed without any external ID.",
        hint:
          "The trust policy needs the condition StringEquals sts:ExternalId, without IfExists. Until then do not use the role."
      )
    case .externalIDExact:
      .failed(
        "role.external-id-not-exact", "The role could be assumed with a wrong external ID.",
        hint:
          "The trust policy must compare sts:ExternalId by StringEquals with this ICC's external ID, without wildcards."
      )
    default:
      .failed(
        "role.principal-not-pinned", "The role could be assumed by another session of InfoSum's role.",
        hint: "The trust policy must name this ICC's principal, not InfoSum's role, account or everyone.")
    }
  }
}
