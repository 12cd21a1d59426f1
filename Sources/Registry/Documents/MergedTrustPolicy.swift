import AWSPolicy
package import JSON

/// One trust policy for several ICCs that share a role, with its length against what AWS stores.
///
/// Each session gets a statement of its own with its own external IDs. A single statement with all principals and all IDs
/// would be shorter, and would let each session in with every other's ID.
package struct MergedTrustPolicy: Sendable {
  /// The document; also where it is too long to be stored.
  package let document: JSONValue
  /// Its length as AWS counts it: characters without the white space between them.
  package let characters: Int
  /// The length that AWS allows in an account where nothing was asked for.
  package let limit: Int
  /// The length that AWS allows at most, after an increase of the quota.
  package let greatestLimit: Int
  /// Whether the document can be stored without asking for more: `characters <= limit`.
  package var fits: Bool { characters <= limit }
  /// Where it does not fit: what is wrong, and what to do about it. Empty where it fits.
  package let warnings: [Diagnostic]

  /// The policy for these ICCs, in their order; those with the same session name share a statement.
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
    greatestLimit = PolicySizeLimit.trustPolicyIncreased
    warnings = Self.warnings(characters: merged.size, statements: grants.count)
  }

  private static func warnings(characters: Int, statements: Int) -> [Diagnostic] {
    guard characters > PolicySizeLimit.trustPolicy else { return [] }
    let detail =
      "The trust policy has \(characters) characters; AWS stores 2,048, and 4,096 after an increase of the quota."
    let sharing =
      statements > 1
      ? "Give the ICCs the same session name: they then share one statement, and each takes 67 characters more instead of "
        + "about 250. Or use more than one role: "
      : "Use more than one role: "
    let rest = "make a second role with the same permission policy, and set its ARN as User ARN of some of the ICCs. "
    let quota =
      characters <= PolicySizeLimit.trustPolicyIncreased
      ? "Or ask AWS for more: Service Quotas, AWS Identity and Access Management, “Role trust policy length”."
      : "Asking AWS for a greater quota does not help here, for the policy is longer than its greatest."
    return [
      Diagnostic(pointer: "/trustPolicy", code: "trust-policy.too-long", detail: detail, hint: sharing + rest + quota)
    ]
  }
}
