/// The reason why a text is not a value of the required type: all of its independent errors, each
/// with the pointer of its member.
package struct InvalidValue: Error, Hashable {
  /// The errors, at least one, in the order in which they are reported.
  package let diagnostics: [Diagnostic]

  /// Creates the error of a value with these errors in it.
  package init(diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}
