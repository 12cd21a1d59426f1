import System
import TestSupport
import Testing

@Suite struct LineReaderTests {
  private let folder = TemporaryFolder()

  private func lines(_ text: String) throws -> [String] {
    folder.write(Array(text.utf8), to: "lines")
    var reader = try LineReader(folder("lines"))
    var lines: [String] = []
    while let line = try reader.next() { lines.append("\(reader.number) " + String(decoding: line, as: UTF8.self)) }
    return lines
  }

  @Test func `lines come without their ends and with their numbers`() throws {
    #expect(try lines("").isEmpty)
    #expect(try lines("\n") == ["1 "])
    #expect(try lines("a\n\nb") == ["1 a", "2 ", "3 b"])
    #expect(try lines("a\r\nb\n") == ["1 a\r", "2 b"])
  }

  @Test func `a line of any length up to the maximum is read`() throws {
    let long = String(repeating: "x", count: LineReader.maximumLength)
    #expect(try lines("a\n" + long + "\nb\n") == ["1 a", "2 " + long, "3 b"])
    #expect(throws: SystemError.self) { try lines(long + "x" + long + "\n") }
  }

  @Test func `a missing file is an error`() {
    #expect(throws: SystemError.self) { _ = try LineReader(folder("missing")) }
  }
}
