/// Reads records as RFC 4180 describes them, byte by byte. Lines end with CRLF, LF or CR.
package struct CSVReader: Sendable {
  /// An error in a record.
  package enum Mistake: Error, Sendable {
    /// A quotation mark inside a cell that does not start with one.
    case quoteInPlainCell
    /// Text after the closing quotation mark of a cell.
    case textAfterQuote
    /// The file ends inside a quoted cell.
    case openQuote
    /// The bytes of a cell are not UTF-8.
    case notUTF8
    /// The record is longer than the limit. Its rest is not kept.
    case tooLong
  }

  private enum State { case start, plain, quoted, afterQuote, afterReturn }

  private var state = State.start
  private var cell: [UInt8] = []
  private var cells: [[UInt8]] = []

  private var mistake: Mistake?
  private var byteCount = 0

  private let maxBytes: Int

  /// A reader at the start of a record of at most `maxBytes`.
  package init(maxBytes: Int) {
    self.maxBytes = maxBytes
  }

  /// True before the first byte of a record.
  package var isAtStart: Bool { byteCount == 0 }

  /// Takes the next byte. `isComplete` is true if the record has ended or is too long, and
  /// `wantsAgain` if the byte belongs to the next record, after a CR alone.
  package mutating func take(_ byte: UInt8) -> (isComplete: Bool, wantsAgain: Bool) {
    if state == .afterReturn { return (true, byte != 0x0A) }
    byteCount += 1
    guard byteCount <= maxBytes else {
      note(.tooLong)
      return (true, false)
    }
    switch (state, byte) {
    case (.quoted, UInt8(ascii: "\"")): state = .afterQuote
    case (.quoted, _): cell.append(byte)
    case (_, UInt8(ascii: ",")): endCell()
    case (_, 0x0D): state = .afterReturn
    case (_, 0x0A): return (true, false)
    case (.start, UInt8(ascii: "\"")): state = .quoted
    case (.afterQuote, UInt8(ascii: "\"")):
      cell.append(byte)
      state = .quoted
    default: takePlain(byte)
    }
    return (false, false)
  }

  /// Ends the record at the end of the file.
  package mutating func finish() {
    if state == .quoted { note(.openQuote) }
  }

  /// Returns the cells of the complete record, or throws its first error. The reader is then at the
  /// start of the next record.
  package mutating func record() throws(Mistake) -> [String] {
    endCell()
    let texts = cells.compactMap { String(validating: $0, as: UTF8.self) }
    if texts.count < cells.count { note(.notUTF8) }
    let found = mistake
    self = CSVReader(maxBytes: maxBytes)
    if let found { throw found }
    return texts
  }

  private mutating func takePlain(_ byte: UInt8) {
    if state == .afterQuote { note(.textAfterQuote) }
    if byte == UInt8(ascii: "\"") { note(.quoteInPlainCell) }
    if state == .start { state = .plain }
    cell.append(byte)
  }

  private mutating func endCell() {
    cells.append(cell)
    cell = []
    state = .start
  }

  private mutating func note(_ found: Mistake) {
    if mistake == nil { mistake = found }
  }
}
