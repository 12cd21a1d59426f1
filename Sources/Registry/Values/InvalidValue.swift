/// The reason why a text is no value of the type that was asked for: all of its independent faults,
/// each with the pointer of its member.
package struct InvalidValue: Error, Hashable {
  /// The faults, at least one, in the order in which they are told.
  package let diagnostics: [Diagnostic]

  /// The refusal of a value for these faults.
  package init(diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}
