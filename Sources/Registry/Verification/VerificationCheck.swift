/// The result of one check of a verification.
package struct VerificationCheck: Equatable, Sendable {
  /// The name of a check, in the order of a verification; each verification has all of them.
  package enum Name: String, Sendable, CaseIterable {
    /// InfoSum's own role gives a session of the ICC's session name.
    case connectorRoleAssumable = "connector-role-assumable"
    /// That session may assume the customer's role with the right external ID.
    case roleAssumable = "role-assumable"
    /// It may not without an external ID.
    case externalIDRequired = "external-id-required"
    /// It may not with another external ID.
    case externalIDExact = "external-id-exact"
    /// Another session of InfoSum's role may not.
    case principalPinned = "principal-pinned"
    /// The bucket can be listed under the prefix.
    case bucketListable = "bucket-listable"
    /// An object under the prefix can be read.
    case objectReadable = "object-readable"

    /// True if AWS must reject the request.
    package var isProbe: Bool {
      switch self {
      case .externalIDRequired, .externalIDExact, .principalPinned: true
      case .connectorRoleAssumable, .roleAssumable, .bucketListable, .objectReadable: false
      }
    }
  }

  /// The outcome.
  package enum Status: String, Sendable, CaseIterable {
    /// It holds.
    case passed
    /// It does not hold, and AWS itself said so.
    case failed
    /// It was not looked at, because what it needs was not there.
    case skipped
    /// Nothing is known: anything but AWS's own word.
    case inconclusive
  }

  /// The thing that was checked.
  package let name: Name
  /// The outcome.
  package let status: Status
  /// The time it took.
  package let durationMilliseconds: Int
  /// The stable code of what is wrong; nil where nothing is.
  package let code: String?
  /// The observation, in a sentence; never a credential.
  package let detail: String
  /// The remedy.
  package let hint: String?

  /// A check of the given parts.
  package init(
    _ name: Name, _ status: Status, durationMilliseconds: Int = 0, code: String? = nil, detail: String,
    hint: String? = nil
  ) {
    self.name = name
    self.status = status
    self.durationMilliseconds = durationMilliseconds
    self.code = code
    self.detail = detail
    self.hint = hint
  }
}
