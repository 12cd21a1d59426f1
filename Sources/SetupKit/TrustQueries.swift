import Registry

/// JMESPath expressions over the statements of a role's present trust policy, for the AWS CLI's
/// `--query`. They read only what AWS stored, so that the script needs no JSON tool.
///
/// Principals and external IDs contain no quotes or backslashes, so raw string literals need no
/// escapes (https://jmespath.org/specification.html, "Raw String Literals").
struct TrustQueries {
  /// True for a statement that the kit's document replaces: exactly the form that the registry
  /// builds, with a principal and external IDs of these ICCs only.
  let isOurs: String
  /// True for a statement of the registry's form for any session of InfoSum's.
  let isInfoSum: String
  /// True for a policy that already has a statement with all external IDs of each ICC.
  let isComplete: String

  init(_ iccs: [ICC], _ connector: ConnectorIdentity) {
    let principals = iccs.map { $0.principal(connector) }
    let ids = iccs.flatMap(\.acceptedExternalIDs).map(\.hex)
    let session = connector.principal(for: SessionName(stored: ""))
    isOurs =
      "\(Self.form) && contains(`\(Self.list(principals))`, Principal.AWS)"
      + " && length(\(Self.externalIDs)[?!contains(`\(Self.list(ids))`, @)]) == `0`"
    isInfoSum = "\(Self.form) && starts_with(Principal.AWS, '\(session)')"
    isComplete = iccs.map { "length(Statement[?\(Self.grant(to: $0, connector))]) > `0`" }.joined(separator: " && ")
  }

  private static func grant(to icc: ICC, _ connector: ConnectorIdentity) -> String {
    let ids = icc.acceptedExternalIDs.map { "contains(\(externalIDs), '\($0.hex)')" }
    return "\(form) && Principal.AWS == '\(icc.principal(connector))' && " + ids.joined(separator: " && ")
  }

  private static let externalIDs = "[Condition.StringEquals.\"sts:ExternalId\"][]"

  /// An Allow for one AWS principal with a condition on the external ID and nothing else. `keys` is
  /// an error for other types than objects, so the types are tested before.
  private static let form =
    "Effect == 'Allow' && Action == 'sts:AssumeRole' && type(Principal) == 'object' && type(Principal.AWS) == 'string'"
    + " && keys(Principal) == `[\"AWS\"]` && type(Condition) == 'object' && keys(Condition) == `[\"StringEquals\"]`"
    + " && keys(Condition.StringEquals) == `[\"sts:ExternalId\"]`"

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
