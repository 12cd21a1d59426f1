/// What is wrong, or worth knowing, about one value of a request or of an ICC.
package struct Diagnostic: Hashable, Sendable {
  /// Where the value stands: a JSON pointer (RFC 6901) into the request's body or the
  /// representation, such as `/userArn`.
  package let pointer: String
  /// Stable, lower-case kebab with a dot between subject and fault, such as `user-arn.is-user`.
  package let code: String
  /// What is wrong with this value.
  package let detail: String
  /// What to do, and where to look for the right value.
  package let hint: String?

  /// A diagnostic of the given parts.
  package init(pointer: String, code: String, detail: String, hint: String? = nil) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
    self.hint = hint
  }
}
