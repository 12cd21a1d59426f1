/// The order of a list of ICCs.
package enum ICCOrder: String, Sendable, CaseIterable {
  /// By creation, the oldest first.
  case oldest
  /// By creation, the newest first.
  case newest
  /// By organisation, then by name, ignoring case.
  case name
  /// By the last change, the newest first.
  case updated
}
