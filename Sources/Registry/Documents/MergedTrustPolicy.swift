import AWSPolicy
package import JSON

/// The trust policy of a role that several ICCs share, with its length and AWS's limits.
///
/// Each session has a statement with its own external IDs. One statement with all principals and
/// all IDs would be shorter, but would accept each session with the other sessions' IDs.
package struct MergedTrustPolicy: Sendable {
  /// The document, even if it is too long to store.
  package let document: JSONValue
  /// The length as AWS counts it: characters without white space between tokens.
  package let characters: Int
  /// The default quota of an AWS account, in characters.
  package let limit: Int
  /// The maximum quota after a quota increase, in characters.
  package let maximumLimit: Int
  /// True if the document fits the default quota: `characters <= limit`.
  package var fits: Bool { characters <= limit }
  /// Warnings if the document does not fit the default quota, or does not contain all ICCs.
  package let warnings: [Diagnostic]

  /// The number of ICCs after which no more are read for a policy. AWS cannot store a policy for so
  /// many: the external ID of each takes 67 characters, and AWS's maximum is 4,096.
  package static let maxICCs = 100

  /// Builds the policy for these ICCs; more than `maxICCs` are not all of the role. The order of
  /// the statements follows the ICCs' IDs, so that every ICC of a role has the same document.
  ///
  /// Only if the document would exceed the default quota, ICCs with the same session name share a
  /// statement, which saves about 180 characters each.
  package init(_ iccs: [ICC], _ connector: ConnectorIdentity) {
    var grants = iccs.sorted { $0.id < $1.id }.map { icc in
      TrustGrant(principal: icc.principal(connector), externalIDs: icc.acceptedExternalIDs.map(\.hex))
    }
    if PolicyDocument.trust(grants).size > PolicySizeLimit.trustPolicy { grants = Self.grouped(grants) }
    let merged = PolicyDocument.trust(grants)
    document = merged.json
    characters = merged.size
    limit = PolicySizeLimit.trustPolicy
    maximumLimit = PolicySizeLimit.maxTrustPolicy
    warnings =
      Self.warnings(characters: merged.size, statements: grants.count)
      + (iccs.count > Self.maxICCs ? [Self.incomplete] : [])
  }

  private static let incomplete = Diagnostic(
    pointer: "/trustPolicy", code: "trust-policy.incomplete",
    detail: "The role has more than \(maxICCs) ICCs. This document contains the first of them only.",
    hint: "Use several roles: AWS cannot store a trust policy for this many ICCs. GET /v1/iccs?userArn= lists them.")

  private static func grouped(_ grants: [TrustGrant]) -> [TrustGrant] {
    var groups: [TrustGrant] = []
    var indices: [String: Int] = [:]
    for grant in grants {
      if let index = indices[grant.principal] {
        groups[index].externalIDs += grant.externalIDs
      } else {
        indices[grant.principal] = groups.count
        groups.append(grant)
      }
    }
    return groups
  }

  private static func warnings(characters: Int, statements: Int) -> [Diagnostic] {
    guard characters > PolicySizeLimit.trustPolicy else { return [] }
    let detail =
      "The trust policy has \(characters) characters. AWS's limit is \(PolicySizeLimit.trustPolicy), or up to "
      + "\(PolicySizeLimit.maxTrustPolicy) after a quota increase."
    let sharing =
      statements > 1
      ? "Give the ICCs the same session name: they then share a statement, and each adds 67 characters instead of "
        + "about 250. Or use several roles: "
      : "Use several roles: "
    let rest =
      "create a second role with the same permission policy, and set its ARN as the User ARN of some of the ICCs. "
    let quota =
      characters <= PolicySizeLimit.maxTrustPolicy
      ? "Or request a quota increase: Service Quotas > AWS Identity and Access Management (IAM) > Role trust policy "
        + "length."
      : "A quota increase is not enough: the policy exceeds the maximum quota."
    return [
      Diagnostic(pointer: "/trustPolicy", code: "trust-policy.too-long", detail: detail, hint: sharing + rest + quota)
    ]
  }
}
