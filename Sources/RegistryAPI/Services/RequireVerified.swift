/// The condition under which an ICC must be verified before import workers may use it.
package enum RequireVerified: String, Sendable, CaseIterable {
  /// If this registry can verify, since it has AWS credentials.
  case auto
  /// Always.
  case always
  /// Never.
  case never
}
