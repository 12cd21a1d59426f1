/// The kind of event.
package enum EventKind: String, Sendable, CaseIterable {
  /// An ICC was created.
  case iccCreated = "icc.created"
  /// An ICC was imported from a file, with the external ID that it had before.
  case iccImported = "icc.imported"
  /// Members of an ICC were changed.
  case iccUpdated = "icc.updated"
  /// An ICC was deleted; it can be restored.
  case iccDeleted = "icc.deleted"
  /// A deleted ICC came back.
  case iccRestored = "icc.restored"
  /// An ICC may be used again.
  case iccEnabled = "icc.enabled"
  /// An ICC may not be used for now.
  case iccDisabled = "icc.disabled"
  /// A pending external ID was drawn.
  case externalIDRotated = "external-id.rotated"
  /// The pending external ID became the current one.
  case externalIDPromoted = "external-id.promoted"
  /// The pending external ID was retired.
  case externalIDCancelled = "external-id.cancelled"
  /// An ICC was tried against AWS.
  case iccVerified = "icc.verified"
  /// An administrator ended the alarm of an ICC. For administrators only.
  case iccReleased = "icc.released"
  /// A link to the set-up of an ICC was created.
  case handOverCreated = "hand-over.created"
  /// A link to the set-up of an ICC was revoked.
  case handOverRevoked = "hand-over.revoked"
  /// An organisation was created.
  case organisationCreated = "organisation.created"
  /// An organisation was renamed.
  case organisationUpdated = "organisation.updated"
  /// An organisation was deleted.
  case organisationDeleted = "organisation.deleted"
  /// A token was created.
  case tokenCreated = "token.created"
  /// A token was revoked.
  case tokenRevoked = "token.revoked"
  /// Two organisations name the same role: the sign of a confused deputy. For administrators only.
  case userARNShared = "user-arn.shared"

  /// True if it begins the life of its subject, and so is the first of its events.
  package var isCreation: Bool {
    switch self {
    case .iccCreated, .iccImported, .organisationCreated, .tokenCreated: true
    default: false
    }
  }

  /// True if it is about a link to an ICC: its subject is the ICC, which it does not change.
  var isAboutHandOver: Bool { self == .handOverCreated || self == .handOverRevoked }

  /// True if its subject is an ICC.
  var isAboutICC: Bool {
    switch self {
    case .organisationCreated, .organisationUpdated, .organisationDeleted, .tokenCreated, .tokenRevoked: false
    default: true
    }
  }

  /// The number within the subject, for kinds without a stored number or a version: a token has one
  /// of each, and the deletion of an organisation had no version at first.
  package var fixedNumber: Int64? {
    switch self {
    case .organisationCreated, .tokenCreated: 1
    case .organisationDeleted, .tokenRevoked: 2
    default: nil
    }
  }

  /// True if tenants who read only ICCs must not see it.
  package var isForAdministratorsOnly: Bool {
    switch self {
    case .organisationCreated, .organisationUpdated, .organisationDeleted, .tokenCreated, .tokenRevoked,
      .userARNShared, .iccReleased:
      true
    default: false
    }
  }
}
