import AWSClient
import Registry

/// The results that follow from requests for sessions.
extension CheckOutcome {
  /// Only this is a rejection by STS: its own error document with that code and that status.
  static func isRejection(_ error: AWSCallError) -> Bool {
    guard case .service(let answer) = error else { return false }
    return answer.status == 403 && answer.code == "AccessDenied"
  }

  static func noKeys(_ error: AWSCredentialsError) -> CheckOutcome {
    let what =
      switch error {
      case .transport: "The credentials endpoint did not respond."
      case .unreadable(let status): "The credentials endpoint returned \(status) without keys."
      }
    return .inconclusive(
      "connector.no-credentials", "The registry has no AWS keys. " + what,
      hint: "The customer's setup is not the cause. Tell the operator to check awsCredentials.", retryAfter: 30)
  }

  static func connector(_ error: AWSCallError) -> CheckOutcome {
    guard isRejection(error) else { return undecided(error, "STS") }
    return .failed(
      "connector.access-denied", "The registry is not allowed to assume InfoSum's own role.",
      hint:
        "The customer's setup is not the cause. Tell the operator: the registry's keys need sts:AssumeRole on the role."
    )
  }

  static func otherPrincipal(_ arn: String) -> CheckOutcome {
    .failed(
      "connector.other-principal", "The session of InfoSum's own role is not the principal that trust policies name.",
      hint:
        "The customer's setup is not the cause. Tell the operator to compare connectorAccountId and connectorRoleName."
    )
  }

  static func role(_ error: AWSCallError, principal: String) -> CheckOutcome {
    guard isRejection(error) else { return undecided(error, "STS") }
    return .failed(
      "role.not-assumable", "AWS denied InfoSum access to the role without a reason.",
      hint: """
        Either the role does not exist, or its trust policy does not allow \(principal) with this ICC's external ID. \
        Add the statements of the ICC's trust policy to the role's, or paste the role's into the policy check.
        """)
  }

  /// Returns the result of an attack: the role must reject it, and a rejection proves something
  /// only if the right request is accepted.
  static func probe(
    _ name: VerificationCheck.Name, _ error: AWSCallError?, roleIsAssumable: Bool
  ) -> CheckOutcome {
    guard let error else { return gotIn(name) }
    guard isRejection(error) else { return undecided(error, "STS") }
    if roleIsAssumable { return .passed("AWS denied it, as required.") }
    return .inconclusive(
      "role.not-assumable", "AWS denied it, but it denied the right request too, so the result is inconclusive.",
      hint: "First fix role-assumable.")
  }

  private static func gotIn(_ name: VerificationCheck.Name) -> CheckOutcome {
    switch name {
    case .externalIDRequired:
      .failed(
        "role.external-id-not-required", "The role could be assumed without any external ID.",
        hint:
          "The trust policy needs the condition StringEquals sts:ExternalId, without IfExists. Do not use the role until then."
      )
    case .externalIDExact:
      .failed(
        "role.external-id-not-exact", "The role could be assumed with a wrong external ID.",
        hint:
          "The trust policy must compare sts:ExternalId with StringEquals and this ICC's external ID, without wildcards."
      )
    default:
      .failed(
        "role.principal-not-pinned", "The role could be assumed by another session of InfoSum's role.",
        hint: "The trust policy must name this ICC's principal, not InfoSum's role, account or everyone.")
    }
  }
}
