/// The state of an ICC's connection, as far as it is known.
package enum ICCStatus: String, Sendable, CaseIterable {
  /// There is no User ARN yet; it can be set later, with the external ID at hand.
  case draft
  /// The connection was not verified since the last change that bears on it.
  case unverified
  /// The last verification passed.
  case verified
  /// An attack succeeded that the role must reject.
  case insecure
  /// The last verification failed.
  case failing
}
