package import AWSPolicy

/// A principal that a policy allows in addition to what the ICC needs.
package struct OtherPrincipal: Sendable {
  /// Whose principal it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// A principal of the customer's own account.
    case ownAccount = "own-account"
    /// An AWS service.
    case awsService = "aws-service"
    /// Another session of InfoSum's role.
    case otherICC = "other-icc"
    /// A principal of another account, or of an identity provider.
    case foreign
    /// Everyone.
    case everyone = "public"
  }

  /// The principal as the policy writes it.
  package var principal: String
  /// The index of the statement, from 0.
  package var statement: Int
  /// The position of the principal.
  package var position: PolicyPosition
  /// The statement's conditions.
  package var conditions: [Policy.Condition]
  /// Whose principal it is.
  package var kind: Kind
  /// True if no condition restricts it.
  package var isUnrestricted: Bool

  /// True if it opens the role to someone outside the customer's account.
  var isUnsafe: Bool {
    guard isUnrestricted else { return false }
    switch kind {
    case .foreign, .everyone, .otherICC: return true
    case .ownAccount, .awsService: return false
    }
  }
}

extension OtherPrincipal.Kind {
  /// The kind of a principal entry, where `own` are the customer's accounts; nil if it matches no
  /// principal that exists.
  init?(_ entry: Policy.PrincipalEntry, own: [String?]) {
    switch entry.kind {
    case .service: self = .awsService
    case .federated, .canonicalUser: self = .foreign
    case .aws:
      switch PrincipalName(entry.text.value) {
      case .everyone: self = .everyone
      case .uniqueID, .other: return nil
      case .account(let account): self = own.contains(account) ? .ownAccount : .foreign
      case .arn(let arn): self = own.contains(arn.account) ? .ownAccount : .foreign
      }
    }
  }
}
