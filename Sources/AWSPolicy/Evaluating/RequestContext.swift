/// What is known of a request's context keys. Keys are compared without case.
package struct RequestContext: Sendable {
  /// What is known of one key.
  package enum Knowledge: Sendable, Hashable {
    /// The request has these values; mostly one.
    case values([String])
    /// The request does not have the key.
    case absent
    /// It cannot be told.
    case unknown

    /// One value.
    package static func value(_ text: String) -> Knowledge { .values([text]) }
  }

  private var keys: [String: Knowledge] = [:]
  private var families: [(prefix: String, knowledge: Knowledge)] = []

  /// A context of which nothing is known.
  package init() {}

  /// What is known of a key; for a key that nothing was said of, what was said of its family, else `unknown`.
  package subscript(key: String) -> Knowledge {
    get {
      let key = key.lowercased()
      if let known = keys[key] { return known }
      return families.last { key.hasPrefix($0.prefix) }?.knowledge ?? .unknown
    }
    set {
      keys[key.lowercased()] = newValue
    }
  }

  /// Says the same of every key with this beginning, such as `aws:RequestTag/`; what is said of a key itself comes first.
  package mutating func setFamily(_ prefix: String, _ knowledge: Knowledge) {
    families.append((prefix.lowercased(), knowledge))
  }
}

/// Who asks: a session of a role.
package struct RequestPrincipal: Sendable, Hashable {
  /// The partition of the account.
  package var partition: String
  /// The account's 12 digits.
  package var account: String
  /// The role's ARN, with its path.
  package var roleARN: String
  /// The session's ARN; `nil` if the session's name is not known.
  package var sessionARN: String?

  /// A session of a role.
  package init(partition: String, account: String, roleARN: String, sessionARN: String?) {
    self.partition = partition
    self.account = account
    self.roleARN = roleARN
    self.sessionARN = sessionARN
  }
}

/// What is asked for.
package struct PolicyRequest: Sendable {
  /// Who asks.
  package var principal: RequestPrincipal
  /// The action, such as `sts:AssumeRole`.
  package var action: String
  /// The resource's ARN; `nil` where the policy's own owner is the resource (a trust policy's role).
  package var resource: String?
  /// What is known of the rest.
  package var context: RequestContext

  /// A request.
  package init(principal: RequestPrincipal, action: String, resource: String? = nil, context: RequestContext) {
    self.principal = principal
    self.action = action
    self.resource = resource
    self.context = context
  }
}
