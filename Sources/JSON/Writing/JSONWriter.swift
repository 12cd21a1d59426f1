/// Writes JSON in the order of its calls straight into bytes.
///
/// The caller keeps the calls balanced and gives each member of an object a name; the writer puts
/// the commas, the line breaks and the escapes. It never looks back at what it wrote, so writing
/// costs one append a piece.
package struct JSONWriter: ~Copyable {
  /// The layout of the text.
  package enum Style: Sendable {
    /// Without white space.
    case compact
    /// Two spaces a level, one member or element a line, a space after a colon; empty containers on
    /// one line.
    case pretty
  }

  var buffer: GrowingBytes

  private let pretty: Bool
  private var depth = 0
  private var needsComma = false
  private var afterName = false

  /// A writer with `capacity` bytes reserved before it must grow.
  package init(_ style: Style = .compact, capacity: Int = 256) {
    pretty = style == .pretty
    buffer = GrowingBytes(capacity: capacity)
  }

  /// All that has been written so far.
  package var bytes: [UInt8] { buffer.array }

  /// Lends what has been written so far.
  package func withBytes<Result>(_ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    try buffer.withSpan(body)
  }

  /// The text, for tests and messages.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Opens an object, as a value.
  package mutating func beginObject() { begin(UInt8(ascii: "{")) }
  /// Closes the object that was opened last.
  package mutating func endObject() { end(UInt8(ascii: "}")) }
  /// Opens an array, as a value.
  package mutating func beginArray() { begin(UInt8(ascii: "[")) }
  /// Closes the array that was opened last.
  package mutating func endArray() { end(UInt8(ascii: "]")) }

  /// The name of the member whose value is written next; it must need no escape.
  package mutating func memberName(_ name: StaticString) {
    if pretty { separate() }
    buffer.append(name: name, afterComma: needsComma && !pretty)
    if pretty { buffer.append(UInt8(ascii: " ")) }
    afterName = true
  }

  /// The name of the member whose value is written next, escaped where needed.
  package mutating func memberName(escaping name: String) {
    separate()
    appendQuoted(name)
    buffer.append(UInt8(ascii: ":"))
    if pretty { buffer.append(UInt8(ascii: " ")) }
    afterName = true
  }

  /// A member with a string.
  package mutating func member(_ name: StaticString, _ value: String) {
    memberName(name)
    string(value)
  }

  /// A string, as a value.
  package mutating func string(_ value: String) {
    beginValue()
    appendQuoted(value)
  }

  /// A string of UTF-8 that needs no escape, as a value.
  package mutating func string(plain bytes: Span<UInt8>) {
    beginValue()
    appendQuoted(plain: bytes)
  }

  /// An integer, as a value.
  package mutating func int(_ value: Int) {
    beginValue()
    appendDecimal(value)
  }

  /// A boolean, as a value.
  package mutating func bool(_ value: Bool) {
    beginValue()
    buffer.append(value ? "true" : "false")
  }

  /// `null`, as a value.
  package mutating func null() {
    beginValue()
    buffer.append("null")
  }

  /// A number as it was written, as a value.
  package mutating func number(_ value: JSONNumber) {
    beginValue()
    buffer.append(value.text.utf8.span)
  }

  /// A line break after what has been written: for text of one JSON value a line.
  package mutating func endLine() {
    buffer.append(UInt8(ascii: "\n"))
  }

  /// A value that is JSON already, copied as it is.
  package mutating func raw(_ json: Span<UInt8>) {
    beginValue()
    buffer.append(json)
  }

  /// Writes what comes before every value: the comma and the line break, unless a name has just
  /// been written.
  private mutating func beginValue() {
    if !afterName { separate() }
    afterName = false
    needsComma = true
  }

  private mutating func begin(_ bracket: UInt8) {
    beginValue()
    buffer.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    depth -= 1
    if pretty, needsComma { breakLine() }
    buffer.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { buffer.append(UInt8(ascii: ",")) }
    if pretty, depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(UInt8(ascii: " "), count: 2 * depth)
  }
}
