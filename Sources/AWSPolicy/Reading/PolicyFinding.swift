package import JSON

/// A position in a policy document.
package struct PolicyPosition: Sendable, Hashable {
  /// The line and column; nil if the document was given as a JSON value.
  package var location: JSONLocation?
  /// The JSON Pointer from the root of the document.
  package var pointer: JSONPointer

  /// Creates a position from a line and column, where known, and a pointer.
  package init(_ location: JSONLocation?, _ pointer: JSONPointer) {
    self.location = location
    self.pointer = pointer
  }

  /// The position of a field's value.
  func member(_ name: String, _ value: JSONValue) -> PolicyPosition {
    PolicyPosition(value.location, pointer.appending(name))
  }

  /// The position of a field's name.
  func name(of member: JSONObject.Member) -> PolicyPosition {
    PolicyPosition(member.nameLocation ?? member.value.location, pointer.appending(member.name))
  }

  /// The position of an array's element.
  func element(_ index: Int, _ value: JSONValue) -> PolicyPosition {
    PolicyPosition(value.location, pointer.appending(index))
  }
}

/// A message about a policy document.
package struct PolicyFinding<Code: Hashable & Sendable>: Sendable, Hashable {
  /// The kind of message.
  package var code: Code
  /// The level of the finding.
  package var severity: FindingSeverity
  /// The position; nil if the finding is about something that is missing from the whole document.
  package var position: PolicyPosition?
  /// The description of the error.
  package var message: String
  /// The advice.
  package var hint: String?
  /// True if AWS rejects a document with this error.
  package var isRejectedByAWS: Bool

  /// Creates a finding.
  package init(
    _ code: Code, _ severity: FindingSeverity, at position: PolicyPosition?, _ message: String, hint: String? = nil,
    isRejectedByAWS: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.position = position
    self.message = message
    self.hint = hint
    self.isRejectedByAWS = isRejectedByAWS
  }

  /// Returns the same finding with its code in another type.
  package func withCode<Other>(_ convert: (Code) -> Other) -> PolicyFinding<Other> {
    PolicyFinding<Other>(
      convert(code), severity, at: position, message, hint: hint, isRejectedByAWS: isRejectedByAWS)
  }
}

/// The level of a finding.
package enum FindingSeverity: String, Sendable, Hashable {
  /// The policy does not do what it is for, or allows what it must not.
  case error
  /// The policy works, but needs a look.
  case warning
  /// Worth knowing.
  case info
}

/// A finding of the parser.
package typealias GrammarFinding = PolicyFinding<GrammarCode>
