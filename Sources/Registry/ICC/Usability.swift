/// A reason why import workers must not use an ICC.
package enum UsabilityObstacle: String, Sendable, CaseIterable {
  /// An administrator or editor disabled it.
  case disabled
  /// It has no role yet.
  case draft
  /// It was deleted.
  case deleted
  /// Its role can be assumed by someone it should reject.
  case insecure
  /// Its last verification failed.
  case failing
  /// Its connection was not verified since the last change, and the registry requires that.
  case notVerified = "not-verified"
}

extension ICC {
  /// Returns every reason why import workers must not use the ICC; empty if they may. It follows
  /// from the stored row and a setting alone, so that an ETag stays true.
  package func usabilityObstacles(requiresVerified: Bool) -> [UsabilityObstacle] {
    let obstacles: [(Bool, UsabilityObstacle)] = [
      (!isEnabled, .disabled), (status == .draft, .draft), (deletedAt != nil, .deleted),
      (status == .insecure, .insecure), (status == .failing, .failing),
      (status == .unverified && requiresVerified, .notVerified),
    ]
    return obstacles.filter(\.0).map(\.1)
  }
}
