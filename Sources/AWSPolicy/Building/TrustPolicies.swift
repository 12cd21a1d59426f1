extension PolicyDocument {
  /// A trust policy that lets sessions assume a role with their external IDs: a statement a grant,
  /// in their order.
  package static func trust(_ grants: [TrustGrant]) -> PolicyDocument {
    PolicyDocument(grants.map(\.statement))
  }
}

/// The principals that may assume a role, with their external IDs.
package struct TrustGrant: Sendable {
  /// The principal's ARN.
  package var principal: String
  /// The external IDs, any of which will do; at least one.
  package var externalIDs: [String]

  /// A grant to one principal.
  package init(principal: String, externalIDs: [String]) {
    self.principal = principal
    self.externalIDs = externalIDs
  }

  /// The statement: `Effect`, `Principal`, `Action`, `Condition`, in this order.
  package var statement: PolicyStatement {
    PolicyStatement(
      principals: [principal], actions: ["sts:AssumeRole"],
      conditions: [PolicyCondition("StringEquals", "sts:ExternalId", externalIDs)])
  }
}
