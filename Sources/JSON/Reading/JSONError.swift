/// The reason why a text is not the JSON that RFC 8259 describes, and where.
package struct JSONError: Error, Sendable, Equatable {
  /// The kinds of error. A kind's raw value is stable; messages may change.
  package enum Code: String, Sendable, CaseIterable {
    /// No value at all: an empty text, or white space alone.
    case empty
    /// The text ends inside a value.
    case unexpectedEnd = "unexpected-end"
    /// A character that is not allowed there.
    case unexpectedCharacter = "unexpected-character"
    /// The text begins with a byte order mark (RFC 8259 section 8.1).
    case byteOrderMark = "byte-order-mark"
    /// The text is UTF-16 or UTF-32.
    case wrongEncoding = "wrong-encoding"
    /// Bytes that are not UTF-8 (RFC 3629).
    case invalidUTF8 = "invalid-utf8"
    /// A control character inside a string, not escaped (RFC 8259 section 7).
    case controlCharacter = "control-character"
    /// A backslash that begins no escape.
    case invalidEscape = "invalid-escape"
    /// Half of a surrogate pair on its own.
    case loneSurrogate = "lone-surrogate"
    /// A number that begins with a superfluous zero.
    case leadingZero = "leading-zero"
    /// Another number that the grammar does not know: `+1`, `.5`, `1.`, `1e`.
    case invalidNumber = "invalid-number"
    /// `NaN`, `Infinity` and the like.
    case notFinite = "not-finite"
    /// A word other than `true`, `false` and `null`, or one of them in other case.
    case unknownWord = "unknown-word"
    /// A comment.
    case comment
    /// A comma before a closing bracket.
    case trailingComma = "trailing-comma"
    /// Two values or members without a comma between them.
    case missingComma = "missing-comma"
    /// A member's name without the colon after it.
    case missingColon = "missing-colon"
    /// A member's name that is not a string.
    case unquotedName = "unquoted-name"
    /// A string in single quotes.
    case singleQuote = "single-quote"
    /// Typographic quotation marks.
    case typographicQuote = "typographic-quote"
    /// A closing bracket of the other sort.
    case mismatchedBracket = "mismatched-bracket"
    /// A name that the object has already.
    case duplicateMember = "duplicate-member"
    /// More arrays and objects inside each other than the limit.
    case tooDeep = "too-deep"
    /// Something after the value.
    case trailingText = "trailing-text"
  }

  /// The kind of error.
  package var code: Code
  /// A sentence for people, without the place.
  package var message: String
  /// The position of the error.
  package var location: JSONLocation
  /// The location of the first field of the same name, for `duplicateMember`.
  package var firstLocation: JSONLocation?
  /// The value that was being read.
  package var pointer: JSONPointer

  /// Creates an error; `pointer` grows as the reader's calls unwind.
  package init(
    _ code: Code, _ message: String, at location: JSONLocation, first: JSONLocation? = nil,
    pointer: JSONPointer = .root
  ) {
    self.code = code
    self.message = message
    self.location = location
    self.firstLocation = first
    self.pointer = pointer
  }

  /// The same error as seen from the container that has the invalid value in `member`.
  func inside(_ member: String) -> JSONError {
    var error = self
    error.pointer = pointer.inside(member)
    return error
  }
}

extension JSONError: CustomStringConvertible {
  /// The message with the place.
  package var description: String {
    guard let firstLocation else { return "\(message) (\(location))" }
    return "\(message) (\(location); first at \(firstLocation))"
  }
}
