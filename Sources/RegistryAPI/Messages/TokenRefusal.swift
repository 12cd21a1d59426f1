/// The reason why a request has no valid token. The response does not say which.
enum TokenRefusal: String, CaseIterable {
  case missing, malformed, unknown, expired, revoked
}
