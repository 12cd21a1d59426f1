/// A place in a JSON text.
///
/// Lines end at LF, CRLF or a lone CR. Columns count Unicode scalars, which is what an editor shows
/// for text without combining marks; a tab is one column.
package struct JSONLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let storedLine: UInt32
  private let storedColumn: UInt32
  private let storedOffset: UInt32

  /// A place by its line and column (both from 1) and its byte offset (from 0). Values beyond 32
  /// bits are clamped.
  package init(line: Int, column: Int, offset: Int) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
    storedOffset = UInt32(clamping: offset)
  }

  /// The line, from 1.
  package var line: Int { Int(storedLine) }
  /// The column in Unicode scalars, from 1.
  package var column: Int { Int(storedColumn) }
  /// The offset in bytes of UTF-8, from 0.
  package var offset: Int { Int(storedOffset) }

  /// "line 3, column 14", for messages.
  package var description: String { "line \(line), column \(column)" }

  package static func < (left: JSONLocation, right: JSONLocation) -> Bool {
    left.storedOffset < right.storedOffset
  }

  /// The place of a byte offset in a text that need not be valid UTF-8, found by one pass from its
  /// beginning.
  package init(offset: Int, in bytes: [UInt8]) {
    let end = min(max(offset, 0), bytes.count)
    var line = 1
    var column = 1
    var index = 0
    while index < end {
      let byte = bytes[index]
      index += 1
      let endsLine = byte == 0x0A || (byte == 0x0D && !(index < bytes.count && bytes[index] == 0x0A))
      if endsLine {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    self.init(line: line, column: column, offset: end)
  }
}
