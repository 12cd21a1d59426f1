/// What is known of an ICC's connection.
package enum ICCStatus: String, Sendable, CaseIterable {
  /// There is no User ARN yet; it can be set later, with the external ID at hand.
  case draft
  /// The connection was not verified since the last change that bears on it.
  case unverified
  /// The last verification passed.
  case verified
  /// A probe that must be refused got in.
  case insecure
  /// The last verification failed.
  case failing
}
