package import JSON

/// Where something stands in a policy document.
package struct PolicyPlace: Sendable, Hashable {
  /// The place in the text; `nil` if the document came as a value.
  package var location: JSONLocation?
  /// The way from the document's root.
  package var pointer: JSONPointer

  /// A place by its line and column, where known, and its pointer.
  package init(_ location: JSONLocation?, _ pointer: JSONPointer) {
    self.location = location
    self.pointer = pointer
  }

  /// The place of a member's value.
  func member(_ name: String, _ value: JSONValue) -> PolicyPlace {
    PolicyPlace(value.location, pointer.appending(name))
  }

  /// The place of an element.
  func element(_ index: Int, _ value: JSONValue) -> PolicyPlace {
    PolicyPlace(value.location, pointer.appending(index))
  }
}

/// Something to say about a policy document.
package struct PolicyFinding: Sendable, Hashable {
  /// How much it matters.
  package enum Severity: String, Sendable, Hashable {
    /// The policy does not do what it is for, or lets in whom it must not.
    case error
    /// It works, and should be looked at.
    case warning
    /// Worth knowing.
    case info
  }

  /// Stable, lower-case kebab with a dot between subject and fault.
  package var code: String
  /// How much it matters.
  package var severity: Severity
  /// Where it stands; `nil` where it concerns what is missing from the whole document.
  package var place: PolicyPlace?
  /// What is the matter.
  package var message: String
  /// What to do.
  package var hint: String?
  /// Whether AWS refuses to store a document with this fault.
  package var isRefusedByAWS: Bool

  /// A finding.
  package init(
    _ code: String, _ severity: Severity, at place: PolicyPlace?, _ message: String, hint: String? = nil,
    isRefusedByAWS: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.place = place
    self.message = message
    self.hint = hint
    self.isRefusedByAWS = isRefusedByAWS
  }
}
