/// The reason why the rules of the lifecycle reject a change. Nothing was written.
package enum LifecycleError: Error, Sendable {
  /// There is no such thing, or it belongs to another organisation: the two look the same.
  case notFound
  /// The caller's precondition does not hold for the present version.
  case versionMismatch(current: Int64)
  /// A live ICC of the organisation has the name already, ignoring case.
  case nameTaken(by: ICC)
  /// Members are not as the rules want them.
  case invalid([Diagnostic])
  /// The organisation that a new ICC or token names does not exist.
  case organisationUnknown(OrganisationID)
  /// An organisation of this identifier exists, or existed once.
  case organisationTaken(OrganisationID)
  /// The organisation still has `count` live ICCs, of which these are the first.
  case organisationNotEmpty(first: [ICC], count: Int)
  /// The organisation has as many ICCs as it can have.
  case tooManyICCs(limit: Int)
  /// The organisation has as many valid tokens as it can have.
  case tooManyTokens(limit: Int)
  /// The default organisation stays.
  case organisationIsDefault
  /// A rotation is already in progress.
  case rotationPending(ICC)
  /// No rotation is in progress.
  case noRotationPending(ICC)
  /// Import jobs use the ICC: all their usages.
  case inUse([Usage])
  /// The ICC is disabled: import jobs cannot announce that they use it.
  case disabled
  /// The ICC has the maximum number of usages.
  case tooManyUsages
  /// The ICC has the maximum number of open hand-overs.
  case tooManyHandOvers(limit: Int)
  /// The hand-over has expired, was revoked or used up, or its ICC is deleted.
  case handOverOver(HandOver)
}
