import JSON
import Registry
import RegistryAPI
import System
import Text

/// Reads a file of ICCs entry by entry, with one entry in memory.
struct EntryReader: ~Copyable {
  /// The maximum number of bytes of an entry: that of a request.
  static let maxBytes = 64 * 1024

  private let format: TransferFormat
  private var file: HashedFile
  private var line = 1
  private var columns: [String]?
  private var hasEnded = false

  /// Opens the file.
  init(_ path: String, _ format: TransferFormat) throws(SystemError) {
    self.format = format
    file = try HashedFile(path)
  }

  /// The number of bytes read so far.
  var readBytes: Int64 { file.readBytes }

  /// The file's size and the time of its last change.
  func stamp() throws(SystemError) -> Descriptor.Stamp { try file.stamp() }

  /// Returns the file's SHA-256, if its end was reached.
  consuming func hash() -> String { file.hash() }

  /// Returns the next entries, at most `count`; none at the end of the file.
  mutating func next(_ count: Int) throws(SystemError) -> [TransferEntry] {
    var entries: [TransferEntry] = []
    while entries.count < count, !hasEnded {
      guard let entry = format == .csv ? try nextRecord() : try nextLine() else { continue }
      entries.append(entry)
    }
    return entries
  }
}

extension EntryReader {
  /// Returns the entry of the next line; nil if the line is blank.
  private mutating func nextLine() throws(SystemError) -> TransferEntry? {
    let start = line
    var (bytes, isTooLong): ([UInt8], Bool) = ([], false)
    while true {
      guard let byte = try file.byte() else {
        hasEnded = true
        break
      }
      if byte == UInt8(ascii: "\n") { break }
      if bytes.count < Self.maxBytes { bytes.append(byte) } else { isTooLong = true }
    }
    line += 1
    if isTooLong { return TransferEntry(start, code: "line.too-long", "The line is longer than 64 KiB.") }
    return bytes.allSatisfy(ASCII.isWhitespace) ? nil : Self.entry(start, bytes)
  }

  private static func entry(_ line: Int, _ bytes: [UInt8]) -> TransferEntry {
    do throws(JSONError) {
      let value = try JSONValue(parsing: bytes)
      if let fields = value.objectValue { return TransferEntry(line, fields) }
      return TransferEntry(line, code: "line.wrong-type", "The line is \(value.kind); it must be a JSON object.")
    } catch {
      return TransferEntry(
        line, code: "json." + error.code.rawValue, "\(error.message) (column \(error.location.column))")
    }
  }
}

extension EntryReader {
  /// Returns the entry of the next CSV record; nil for the header and for an empty line.
  private mutating func nextRecord() throws(SystemError) -> TransferEntry? {
    let start = line
    var reader = CSVReader(maxBytes: Self.maxBytes)
    try read(into: &reader)
    let cells: [String]
    do throws(CSVReader.Mistake) {
      cells = try reader.record()
    } catch {
      // Without a valid header or the end of a record, the next one cannot be found.
      if error == .tooLong || columns == nil { hasEnded = true }
      return Self.entry(start, error)
    }
    if cells == [""] { return hasEnded && columns == nil ? missingHeader(start) : nil }
    guard let columns else { return readHeader(start, cells) }
    guard cells.count == columns.count else {
      return TransferEntry(
        start, code: "csv.cells", "The entry has \(cells.count) cells, but the header has \(columns.count).",
        hint: "Write each cell that contains a comma, a quotation mark or a line break in quotation marks.")
    }
    return TransferEntry(start, ICCRecord.record(columns, cells))
  }

  /// Reads the bytes of a record, and counts the ends of lines.
  private mutating func read(into reader: inout CSVReader) throws(SystemError) {
    var previous: UInt8 = 0
    while let byte = try file.byte() {
      let (isComplete, wantsAgain) = reader.take(byte)
      if wantsAgain { return file.unread() }
      if byte == 0x0D || byte == 0x0A && previous != 0x0D { line += 1 }
      previous = byte
      if isComplete { return }
    }
    hasEnded = true
    reader.finish()
  }

  private mutating func readHeader(_ line: Int, _ cells: [String]) -> TransferEntry? {
    let errors = ICCRecord.errors(inColumns: cells)
    columns = cells
    guard !errors.isEmpty else { return nil }
    hasEnded = true
    if cells.count == 1, cells[0].contains(where: { $0 == ";" || $0 == "\t" }) {
      return TransferEntry(line, code: "csv.separator", "The header has one column.", hint: "Separate cells by commas.")
    }
    return TransferEntry(line, error: .init(diagnostics: errors))
  }

  private mutating func missingHeader(_ line: Int) -> TransferEntry {
    columns = []
    return TransferEntry(
      line, code: "csv.header", "The file has no header.", hint: "The first line contains the names of the fields.")
  }

  private static func entry(_ line: Int, _ mistake: CSVReader.Mistake) -> TransferEntry {
    let (detail, hint) =
      switch mistake {
      case .quoteInPlainCell:
        (
          "A quotation mark is in a cell that does not start with one.",
          "Put the cell in quotation marks, and double those in it."
        )
      case .textAfterQuote:
        ("Text follows the closing quotation mark of a cell.", "Double each quotation mark in a cell.")
      case .openQuote:
        ("The file ends inside a cell.", "Add the closing quotation mark.")
      case .notUTF8:
        ("The entry is not UTF-8.", "Save the file as “CSV UTF-8”.")
      case .tooLong:
        ("The entry is longer than 64 KiB. The entries after it were not checked.", "Check its quotation marks.")
      }
    return TransferEntry(line, code: "csv.malformed", detail, hint: hint)
  }
}
