/// The known context keys of a request. Key names are not case-sensitive.
package struct RequestContext: Sendable {
  /// The knowledge about one key.
  package indirect enum Knowledge: Sendable, Hashable {
    /// The request has the key with these values, usually one.
    case values([String])
    /// The request does not have the key.
    case absent
    /// The registry cannot know it.
    case unknown
    /// The request has the key, but its value cannot be known.
    case present
    /// One of these is true.
    case oneOf([Knowledge])
    /// A value that starts with a prefix and continues with unknown characters up to 21 in all, and
    /// ends with a suffix: `AROA…:session`.
    case uniqueID(prefix: String, suffix: String)

    /// One value.
    package static func value(_ text: String) -> Knowledge { .values([text]) }
  }

  private var keys: [String: Knowledge] = [:]
  private var families: [(prefix: String, knowledge: Knowledge)] = []
  private let otherKeys: Knowledge
  /// The budget of the evaluations in this context.
  package var budget: StepBudget

  /// Creates a context. `otherKeys` is the knowledge about every key that is not set.
  package init(otherKeys: Knowledge = .unknown, budget: StepBudget = StepBudget()) {
    self.otherKeys = otherKeys
    self.budget = budget
  }

  /// The knowledge about a key. A key that was not set has the knowledge of its family, or that of
  /// all other keys. A name without a service, such as a template variable that was not replaced,
  /// is in no request.
  package subscript(key: String) -> Knowledge {
    get {
      let key = key.lowercased()
      if let known = keys[key] { return known }
      guard key.utf8.contains(UInt8(ascii: ":")) else { return .absent }
      if key.hasPrefix("aws:"), !GlobalConditionKeys.contains(key) { return .absent }
      return families.last { key.hasPrefix($0.prefix) }?.knowledge ?? otherKeys
    }
    set {
      keys[key.lowercased()] = newValue
    }
  }

  /// Sets the knowledge for every key with a prefix, such as `aws:RequestTag/`. A key that is set
  /// itself comes first.
  package mutating func setFamily(_ prefix: String, _ knowledge: Knowledge) {
    families.append((prefix.lowercased(), knowledge))
  }
}

/// The caller: a session of a role.
package struct RequestPrincipal: Sendable, Hashable {
  /// The partition of the account.
  package var partition: String
  /// The account's 12 digits.
  package var account: String
  /// The role's ARN, with its path.
  package var roleARN: String
  /// The session's ARN; nil if the session's name is not known.
  package var sessionARN: String?

  /// Creates a caller.
  package init(partition: String, account: String, roleARN: String, sessionARN: String?) {
    self.partition = partition
    self.account = account
    self.roleARN = roleARN
    self.sessionARN = sessionARN
  }
}

/// A request to AWS.
package struct PolicyRequest: Sendable {
  /// The caller.
  package var principal: RequestPrincipal
  /// The action, such as `sts:AssumeRole`.
  package var action: String
  /// The resource's ARN; nil for a trust policy, where the role itself is the resource.
  package var resource: String?
  /// The known context keys.
  package var context: RequestContext

  /// Creates a request.
  package init(principal: RequestPrincipal, action: String, resource: String? = nil, context: RequestContext) {
    self.principal = principal
    self.action = action
    self.resource = resource
    self.context = context
  }
}
