package import JSON

/// A parsed policy document. Elements that break the grammar are left out; the parser reports them
/// as findings.
package struct Policy: Sendable {
  /// The document.
  package var json: JSONValue
  /// True if policy variables have a meaning: from version 2012-10-17 on.
  package var supportsVariables: Bool
  /// The statements, in order.
  package var statements: [Statement]

  /// One statement.
  package struct Statement: Sendable {
    /// Its index in the document, from 0.
    package var index: Int
    /// The position of its first character.
    package var position: PolicyPosition
    /// Its Sid.
    package var sid: String?
    /// Allow or Deny; nil if it could not be read.
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

  /// A string in the document.
  package struct Text: Sendable, Hashable {
    /// The string; for a number or boolean in a condition, its JSON text.
    package var value: String
    /// Its position.
    package var position: PolicyPosition
  }

  /// An element that holds strings, such as `Action` or `NotResource`.
  package struct Element: Sendable {
    /// True if the element's name starts with `Not`.
    package var isNegated: Bool
    /// Its strings.
    package var values: [Text]
    /// The position of its value.
    package var position: PolicyPosition
  }

  /// `Principal` or `NotPrincipal`.
  package struct Principal: Sendable {
    /// True if it is `NotPrincipal`.
    package var isNegated: Bool
    /// True if it is the bare `"*"`.
    package var isEveryone: Bool
    /// Its entries, in order.
    package var entries: [PrincipalEntry]
    /// The position of its value.
    package var position: PolicyPosition
  }

  /// One principal in an element.
  package struct PrincipalEntry: Sendable, Hashable {
    /// The fields of `Principal`:
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    package enum Kind: String, Sendable, Hashable {
      case aws = "AWS"
      case service = "Service"
      case federated = "Federated"
      case canonicalUser = "CanonicalUser"
    }

    /// The field of `Principal` that holds it.
    package var kind: Kind
    /// Its text.
    package var text: Text
  }

  /// An operator with one key and its values.
  package struct Condition: Sendable {
    /// The operator; nil if AWS has none of that name.
    package var test: ConditionOperator?
    /// The operator as written.
    package var operatorName: String
    /// The key as written.
    package var key: String
    /// The values.
    package var values: [Text]
    /// The position of the values.
    package var position: PolicyPosition
  }
}
