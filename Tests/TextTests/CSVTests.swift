import Testing
import Text

@Suite struct CSVTests {
  /// The records of a text; nil for one with an error.
  private static func records(_ text: [UInt8], maxBytes: Int = 1000) -> [[String]?] {
    var reader = CSVReader(maxBytes: maxBytes)
    var (found, index): ([[String]?], Int) = ([], 0)
    while index < text.count {
      let (isComplete, wantsAgain) = reader.take(text[index])
      index += wantsAgain ? 0 : 1
      if isComplete { found.append(try? reader.record()) }
    }
    reader.finish()
    if !reader.isAtStart { found.append(try? reader.record()) }
    return found
  }

  @Test(
    arguments: [
      ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
      ("a\rb\r", [["a"], ["b"]]), ("a\r\rb", [["a"], [""], ["b"]]), (",\n", [["", ""]]), ("\n", [[""]]),
      ("\"a\"\"b\",\"c\r\nd\"\r\n", [["a\"b", "c\r\nd"]]), ("\"\",\"\"", [["", ""]]), (" a , b ", [[" a ", " b "]]),
      ("a\"b,c\nd", [nil, ["d"]]), ("\"a\"b\nc", [nil, ["c"]]), ("\"a\nb", [nil]), ("\"a,b\n", [nil]),
      ("\"a\" \nb", [nil, ["b"]]), ("\u{0}\n", [["\u{0}"]]), ("é,日本\n", [["é", "日本"]]),
    ] as [(String, [[String]?])])
  func `records are those of RFC 4180, with any end of line`(text: String, expected: [[String]?]) {
    #expect(Self.records(Array(text.utf8)) == expected)
  }

  @Test func `a record that is too long or not UTF-8 is an error`() {
    #expect(Self.records(Array("abcd\n".utf8), maxBytes: 5) == [["abcd"]])
    #expect(Self.records(Array("abcde\n".utf8), maxBytes: 5).first == .some(nil))
    #expect(Self.records([0x61, 0xFF, 0x0A, 0x62, 0x0A]) == [nil, ["b"]])
  }

  @Test(arguments: [
    ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a\nb", "\"a\nb\""),
    (" a", "\" a\""), ("a ", "\"a \""), ("=1+1", "=1+1"), ("é", "é"),
  ])
  func `a cell is quoted only where needed`(cell: String, text: String) {
    var bytes: [UInt8] = []
    CSVWriter.append([cell, "x"], to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == text + ",x\r\n")
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=\"a\",b"])
  func `a spreadsheet gets no cell that is a formula`(cell: String) {
    var bytes: [UInt8] = []
    CSVWriter.append([cell], to: &bytes, for: .spreadsheet)
    #expect(Self.records(bytes) == [["'" + cell]])
  }

  @Test func `cells of any text are read as they were written`() {
    let parts = ["a", "\"", ",", "\r", "\n", "\r\n", " ", "é", "=", "\u{0}", "\t", "'", ";", "🙂"]
    for _ in 0..<2_000 {
      let record = (0..<Int.random(in: 2...5)).map { _ in
        (0..<Int.random(in: 0...6)).map { _ in parts.randomElement() ?? "" }.joined()
      }
      var bytes: [UInt8] = []
      for _ in 0..<2 { CSVWriter.append(record, to: &bytes) }
      let read = Self.records(bytes)
      guard read.map({ $0?.map { Array($0.utf8) } }) == [record, record].map({ $0.map { Array($0.utf8) } }) else {
        Issue.record("\(record): \(read)")
        return
      }
    }
  }
}
