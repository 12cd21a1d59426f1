/// The action that a request needs. Each route names one, and `AccessTable` names the roles that
/// may do it.
package enum Action: String, Sendable, CaseIterable {
  /// Create an ICC.
  case createICC = "icc.create"
  /// Read the list of ICCs.
  case listICCs = "icc.list"
  /// Read one ICC, its values and the documents made of it.
  case readICC = "icc.read"
  /// Change members of an ICC.
  case changeICC = "icc.change"
  /// Delete an ICC.
  case deleteICC = "icc.delete"
  /// Bring a deleted ICC back.
  case restoreICC = "icc.restore"
  /// Let import workers use an ICC, or not.
  case switchICC = "icc.switch"
  /// Rotate the external ID of an ICC, in stages.
  case rotateExternalID = "icc.rotate"
  /// Check pasted policies against an ICC.
  case checkICC = "icc.check"
  /// Verify an ICC against AWS.
  case verifyICC = "icc.verify"
  /// End the alarm of an ICC whose role another organisation uses.
  case releaseICC = "icc.release"
  /// Read the list of alarms.
  case listAlarms = "alarm.list"
  /// Read the verifications of an ICC.
  case readVerifications = "icc.verifications"
  /// Read the usages of an ICC.
  case readUsages = "icc.usages"
  /// Announce and end usages of an ICC.
  case useICC = "icc.use"
  /// Read the audit trail of an ICC.
  case readICCEvents = "icc.events"
  /// Create a link to the set-up of an ICC, for someone without a token.
  case createHandOver = "hand-over.create"
  /// Read the list of links to the set-up of an ICC, without their secrets.
  case listHandOvers = "hand-over.list"
  /// Revoke a link to the set-up of an ICC.
  case revokeHandOver = "hand-over.revoke"
  /// Read the change feed.
  case readEvents = "event.list"
  /// See the actors, requests and changes of events.
  case readEventActors = "event.actors"
  /// See the addresses of events.
  case readEventAddresses = "event.addresses"
  /// See the events that are for administrators, which can concern several organisations.
  case readAdministratorsEvents = "event.administrators"
  /// Read organisations.
  case readOrganisations = "organisation.read"
  /// Create an organisation.
  case createOrganisation = "organisation.create"
  /// Change the name of an organisation.
  case changeOrganisation = "organisation.change"
  /// Delete an organisation.
  case deleteOrganisation = "organisation.delete"
  /// Read the list of tokens, which holds no token's text.
  case listTokens = "token.list"
  /// Create a token.
  case createToken = "token.create"
  /// Revoke a token.
  case revokeToken = "token.revoke"
  /// Learn what one's own token is and may.
  case readSession = "session.read"
  /// Keep a browser signed in with one's own token.
  case createSession = "session.create"
  /// Replace one's own token.
  case rotateSession = "session.rotate"
  /// Revoke one's own token.
  case endSession = "session.end"
  /// Read the server's counters.
  case readMetrics = "metrics.read"

  /// True if the action shows or changes what belongs to all organisations together: a token that
  /// is limited to some is never granted it.
  package var concernsAllOrganisations: Bool {
    switch self {
    case .readMetrics, .readAdministratorsEvents, .createOrganisation, .changeOrganisation, .deleteOrganisation,
      .listAlarms, .releaseICC:
      true
    default: false
    }
  }
}
