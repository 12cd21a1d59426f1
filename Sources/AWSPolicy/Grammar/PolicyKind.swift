/// The kind of policy that a document is. Each kind requires and forbids other elements.
package enum PolicyKind: Sendable, Hashable, CaseIterable {
  /// A role's trust policy: principals, no resources.
  case trust
  /// A policy of a role, managed or inline: resources, no principals.
  case identity
  /// A bucket's policy: principals and resources.
  case bucket
  /// A KMS key's policy: principals and resources, where the resource `*` is the key itself.
  case key
}

/// The names of the policy grammar, in the case that AWS requires.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
enum PolicyGrammar {
  /// The elements of a document.
  static let documentElements = ["Version", "Id", "Statement"]
  /// The elements of a statement.
  static let statementElements = [
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
  ]
  /// The fields of `Principal`.
  static let principalKinds = ["AWS", "Service", "Federated", "CanonicalUser"]

  /// Condition keys that are recognised without the prefix of their service.
  static let unprefixedKeys = [
    "externalid": "sts:ExternalId", "prefix": "s3:prefix", "sourceip": "aws:SourceIp",
    "rolesessionname": "sts:RoleSessionName",
  ]
}
