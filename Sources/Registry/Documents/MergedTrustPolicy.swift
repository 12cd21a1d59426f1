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
  /// A warning if the document does not fit the default quota.
  package let warnings: [Diagnostic]

  /// Builds the policy for these ICCs, in order. ICCs with the same session name share a statement.
  package init(_ iccs: [ICC], _ connector: ConnectorIdentity) {
    var grants: [TrustGrant] = []
    var places: [SessionName: Int] = [:]
    for icc in iccs {
      let ids = icc.acceptedExternalIDs.map(\.hex)
      if let place = places[icc.sessionName] {
        grants[place].externalIDs += ids
      } else {
        places[icc.sessionName] = grants.count
        grants.append(TrustGrant(principal: icc.principal(connector), externalIDs: ids))
      }
    }
    let merged = PolicyDocument.trust(grants)
    document = merged.json
    characters = merged.size
    limit = PolicySizeLimit.trustPolicy
    maximumLimit = PolicySizeLimit.maxTrustPolicy
    warnings = Self.warnings(characters: merged.size, statements: grants.count)
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
