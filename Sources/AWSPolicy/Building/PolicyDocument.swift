package import JSON

/// A policy document to be handed out. Its text is fixed: members in the order below, single values
/// without brackets.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package struct PolicyDocument: Sendable {
  /// The version whose documents know policy variables.
  package static let version = "2012-10-17"

  /// The statements, in order.
  package var statements: [PolicyStatement]

  /// A document of these statements.
  package init(_ statements: [PolicyStatement]) {
    self.statements = statements
  }

  /// The document as ordered JSON.
  package var json: JSONValue {
    ["Version": .string(Self.version), "Statement": .array(statements.map(\.json))]
  }

  /// The document's text: two spaces a level and one member a line, without a line break at the
  /// end.
  package var text: String { json.text(.pretty) }

  /// The length that counts against ``PolicySizeLimit``.
  package var size: Int { PolicySizeLimit.size(of: json) }

  /// The same length in bytes of UTF-8, in which S3 and KMS limit their policies.
  package var byteCount: Int { json.text().utf8.count }
}

/// A statement's effect.
package enum PolicyEffect: String, Sendable, Hashable {
  case allow = "Allow"
  case deny = "Deny"
}

/// A statement to be handed out.
package struct PolicyStatement: Sendable {
  /// The name, `[A-Za-z0-9]*`.
  package var sid: String?
  /// Allow or Deny.
  package var effect: PolicyEffect
  /// The ARNs or account ids that `Principal.AWS` names; `nil` in a policy of an identity.
  package var principals: [String]?
  /// The actions.
  package var actions: [String]
  /// The resources; `nil` in a trust policy.
  package var resources: [String]?
  /// The conditions, all of which must hold.
  package var conditions: [PolicyCondition]

  /// A statement that allows, unless said otherwise.
  package init(
    sid: String? = nil, effect: PolicyEffect = .allow, principals: [String]? = nil, actions: [String],
    resources: [String]? = nil, conditions: [PolicyCondition] = []
  ) {
    self.sid = sid
    self.effect = effect
    self.principals = principals
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
  }

  /// The statement as ordered JSON.
  package var json: JSONValue {
    var members = JSONObject()
    members["Sid"] = sid.map { .string($0) }
    members["Effect"] = .string(effect.rawValue)
    members["Principal"] = principals.map { ["AWS": .oneOrMany($0)] }
    members["Action"] = .oneOrMany(actions)
    members["Resource"] = resources.map { .oneOrMany($0) }
    if !conditions.isEmpty { members["Condition"] = conditionBlock }
    return JSONValue(.object(members))
  }

  private var conditionBlock: JSONValue {
    var operators = JSONObject()
    for condition in conditions {
      var keys = operators[condition.operatorName]?.objectValue ?? JSONObject()
      keys[condition.key] = .oneOrMany(condition.values)
      operators[condition.operatorName] = JSONValue(.object(keys))
    }
    return JSONValue(.object(operators))
  }
}

/// One key of a condition block with its operator and values.
package struct PolicyCondition: Sendable {
  /// The operator: `StringEquals`, `ArnNotEquals`, …
  package var operatorName: String
  /// The context key: `sts:ExternalId`, `s3:prefix`, …
  package var key: String
  /// The values, any of which will do (with a negated operator: none of which may match).
  package var values: [String]

  /// A condition; a statement holds an operator and key once.
  package init(_ operatorName: String, _ key: String, _ values: [String]) {
    self.operatorName = operatorName
    self.key = key
    self.values = values
  }
}

extension JSONValue {
  /// A single value without brackets, others as an array: the grammar leaves the brackets of one
  /// value out.
  package static func oneOrMany(_ values: [String]) -> JSONValue {
    guard values.count == 1, let only = values.first else { return .array(values.map { .string($0) }) }
    return .string(only)
  }
}
