/// Writes records as RFC 4180 describes them: commas, CRLF, and quotation marks where needed.
package enum CSVWriter {
  /// The program that reads the text.
  package enum Reader: Sendable {
    /// One that takes each cell for text, such as `icc-registry import`.
    case program
    /// A spreadsheet, which runs a cell that starts with `=`, `+`, `-` or `@` as a formula. Such a
    /// cell gets an apostrophe in front, which spreadsheets take for "this is text" (OWASP, "CSV
    /// Injection").
    case spreadsheet
  }

  /// Appends a record.
  package static func append(_ cells: [String], to bytes: inout [UInt8], for reader: Reader = .program) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(cell, to: &bytes, reader)
    }
    bytes += [0x0D, 0x0A]
  }

  private static func append(_ cell: String, to bytes: inout [UInt8], _ reader: Reader) {
    var text = Array(cell.utf8)
    if reader == .spreadsheet, let first = text.first, startsFormula(first) { text.insert(UInt8(ascii: "'"), at: 0) }
    guard text.contains(where: needsQuotes) || text.first == 0x20 || text.last == 0x20 else { return bytes += text }
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsQuotes(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D
  }

  /// Returns true for a character after which spreadsheets look for a formula: they skip a tab or a
  /// line break in front of it.
  private static func startsFormula(_ byte: UInt8) -> Bool {
    [UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D].contains(byte)
  }
}
