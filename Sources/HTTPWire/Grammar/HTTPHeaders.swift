/// Header fields in the order in which they were sent, found by name without regard to case (RFC
/// 9110 section 5.1).
///
/// The fields stay bytes until they are asked for. A value is text by UTF-8; bytes that are not
/// UTF-8 (`obs-text` of RFC 9110 section 5.5 has no charset) read as U+FFFD, which no rule of this
/// package gives a meaning.
package struct HTTPHeaders: Sendable {
  /// One field line: the name as written, and the value without the white space around it.
  package struct Field: Sendable {
    /// The name as it was written.
    package let name: String
    /// The value, without leading and trailing SP and HTAB.
    package let value: String

    /// A field of the given name and value; neither may hold CR, LF or NUL.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The positions of one field's name and value in `text`.
  struct Line: Sendable {
    let name: Range<Int>
    let value: Range<Int>

    fileprivate func moved(by offset: Int) -> Line {
      Line(
        name: name.lowerBound + offset..<name.upperBound + offset,
        value: value.lowerBound + offset..<value.upperBound + offset)
    }
  }

  /// The bytes of a line as it is sent, in addition to those of name and value.
  private static let framing = 4

  private(set) var text: [UInt8]
  private(set) var lines: [Line]
  /// True if `text` is all the lines as a response is to have them: each was looked at when it was
  /// appended.
  private(set) var isReadyToSend: Bool

  /// The given fields, in their order.
  package init(_ fields: [Field] = []) {
    (text, lines, isReadyToSend) = ([], [], true)
    guard !fields.isEmpty else { return }
    reserve(fields: fields.count, bytes: fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count })
    for field in fields { append(field.name, field.value) }
  }

  /// Fields that the parser found in `text`, with the places of each name and value.
  init(text: [UInt8], lines: [Line]) {
    self.text = text
    self.lines = lines
    isReadyToSend = false
  }

  /// Reserves memory for this number of further fields, whose names and values take this number of
  /// bytes.
  package mutating func reserve(fields: Int, bytes: Int) {
    text.reserveCapacity(text.count + bytes + fields * Self.framing)
    lines.reserveCapacity(lines.count + fields)
  }

  /// All field lines, in order.
  package var fields: [Field] {
    lines.map { Field(string($0.name), string($0.value)) }
  }

  /// The number of field lines.
  package var count: Int { lines.count }

  /// Appends a field line.
  package mutating func append(_ name: String, _ value: String) {
    let (name, value) = (name.utf8.span, value.utf8.span)
    let start = text.count
    text.append(name)
    text.append(": ")
    text.append(value)
    text.append("\r\n")
    let valueStart = start + name.count + 2
    lines.append(Line(name: start..<start + name.count, value: valueStart..<valueStart + value.count))
    isReadyToSend = isReadyToSend && FieldLine.maySend(name, value)
  }

  /// Appends all fields of `others`.
  package mutating func append(_ others: HTTPHeaders) {
    let offset = text.count
    text.append(others.text.span)
    for line in others.lines { lines.append(line.moved(by: offset)) }
    isReadyToSend = isReadyToSend && others.isReadyToSend
  }

  /// Takes every field of this name away.
  package mutating func remove(_ name: String) {
    lines = lines.filter { !isNamed($0, name) }
    isReadyToSend = false
  }

  /// Puts the authority of a target in absolute form in the place of `Host` (RFC 9112 section
  /// 3.2.2).
  mutating func replaceHost(with authority: String) {
    remove("Host")
    append("Host", authority)
  }

  /// The value of the first field of this name; nil where there is none.
  package func first(_ name: String) -> String? {
    for line in lines where isNamed(line, name) { return string(line.value) }
    return nil
  }

  /// The values of every field of this name, in order.
  package func all(_ name: String) -> [String] {
    var values: [String] = []
    for line in lines where isNamed(line, name) { values.append(string(line.value)) }
    return values
  }

  /// Lends the value of each field of this name, in order, without making text of it.
  package func forEachValue(_ name: String, _ body: (Span<UInt8>) -> Void) {
    for line in lines where isNamed(line, name) { body(text.span.extracting(line.value)) }
  }

  /// Returns true if there is a field of this name.
  package func contains(_ name: String) -> Bool {
    lines.contains { isNamed($0, name) }
  }

  private func isNamed(_ line: Line, _ name: String) -> Bool {
    guard line.name.count == name.utf8.count else { return false }
    var index = line.name.lowerBound
    for byte in name.utf8 {
      guard text[index].lowered == byte.lowered else { return false }
      index += 1
    }
    return true
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: text[range], as: UTF8.self)
  }
}
