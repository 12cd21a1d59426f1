/// The permission of a hand-over that its maker can leave out. Reading the set-up of the ICC is
/// always allowed.
package enum HandOverPermission: String, Sendable, CaseIterable {
  /// Check pasted policies against the ICC.
  case check
  /// Set the User ARN of the ICC, and nothing else.
  case setUserARN = "set-user-arn"
  /// Verify the ICC against AWS.
  case verify
}
