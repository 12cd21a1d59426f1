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
  /// It is held because another organisation uses its role. Only tokens of all organisations see
  /// this.
  case held
}

extension ICC {
  /// Returns every reason why import workers must not use the ICC; empty if they may. It follows
  /// from the stored row, a setting and the reader's scope alone, so that an ETag stays true.
  /// `seesHold` is false for the ICC's own organisation, which must not learn of a hold.
  package func usabilityObstacles(requiresVerified: Bool, seesHold: Bool) -> [UsabilityObstacle] {
    let obstacles: [(Bool, UsabilityObstacle)] = [
      (!isEnabled, .disabled), (status == .draft, .draft), (deletedAt != nil, .deleted),
      (status == .insecure, .insecure), (status == .failing, .failing),
      (status == .unverified && requiresVerified, .notVerified), (seesHold && isHeld, .held),
    ]
    return obstacles.filter(\.0).map(\.1)
  }
}
