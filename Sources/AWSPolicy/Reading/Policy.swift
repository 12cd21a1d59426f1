package import JSON

/// What a document is the policy of: the grammar asks for and forbids other elements in each.
package enum PolicyKind: Sendable, Hashable {
  /// A role's trust policy: principals, no resources.
  case trust
  /// A policy of a role, managed or inline: resources, no principals.
  case identity
  /// A bucket's policy: both.
  case bucket
}

/// A policy document that was read, as far as it could be: what the grammar refuses is left out of it and is told by the
/// findings beside it.
package struct Policy: Sendable {
  /// The document.
  package var json: JSONValue
  /// Whether policy variables have a meaning: from version 2012-10-17 on.
  package var knowsVariables: Bool
  /// The statements, in order.
  package var statements: [Statement]

  /// One statement.
  package struct Statement: Sendable {
    /// Its place in the order, from 0.
    package var index: Int
    /// Where it begins.
    package var place: PolicyPlace
    /// Its name.
    package var sid: String?
    /// Allow or Deny; `nil` if neither could be read.
    package var effect: PolicyEffect?
    /// `Principal` or `NotPrincipal`.
    package var principal: Principal?
    /// `Action` or `NotAction`.
    package var action: Element?
    /// `Resource` or `NotResource`.
    package var resource: Element?
    /// Every operator and key of the condition block, in order.
    package var conditions: [Condition]
  }

  /// A string of the document.
  package struct Text: Sendable, Hashable {
    /// The string; for a condition's number or boolean, how it is written.
    package var value: String
    /// Where it stands.
    package var place: PolicyPlace
  }

  /// An element with strings, some of which negate: `NotAction`, `NotResource`.
  package struct Element: Sendable {
    /// Whether the element's name begins with `Not`.
    package var isNegated: Bool
    /// Its strings.
    package var values: [Text]
    /// Where its value stands.
    package var place: PolicyPlace
  }

  /// `Principal` or `NotPrincipal`.
  package struct Principal: Sendable {
    /// Whether it is `NotPrincipal`.
    package var isNegated: Bool
    /// Whether it is the bare `"*"`.
    package var isEveryone: Bool
    /// Its entries, in order.
    package var entries: [PrincipalEntry]
    /// Where its value stands.
    package var place: PolicyPlace
  }

  /// One principal that an element names.
  package struct PrincipalEntry: Sendable, Hashable {
    /// The members of `Principal`:
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    package enum Kind: String, Sendable, Hashable {
      case aws = "AWS"
      case service = "Service"
      case federated = "Federated"
      case canonicalUser = "CanonicalUser"
    }

    /// The member it stands in.
    package var kind: Kind
    /// Its text.
    package var text: Text
  }

  /// An operator with one key and its values.
  package struct Condition: Sendable {
    /// The operator; `nil` if AWS knows none of that name.
    package var test: ConditionOperator?
    /// The operator as it is written.
    package var operatorName: String
    /// The key as it is written.
    package var key: String
    /// The values.
    package var values: [Text]
    /// Where the values stand.
    package var place: PolicyPlace
  }
}
