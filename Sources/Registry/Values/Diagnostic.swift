/// An error in, or a remark about, one value of a request or of an ICC.
package struct Diagnostic: Hashable, Sendable {
  /// The location of the value: a JSON pointer (RFC 6901) into the request's body or the
  /// representation, such as `/userArn`.
  package let pointer: String
  /// Stable, lower-case kebab with a dot between subject and error, such as `user-arn.is-user`.
  package let code: String
  /// The error in this value.
  package let detail: String
  /// The advice, and the place where the right value is found.
  package let hint: String?

  /// A diagnostic of the given parts.
  package init(pointer: String, code: String, detail: String, hint: String? = nil) {
    self.pointer = pointer
    self.code = code
    self.detail = detail
    self.hint = hint
  }
}
