import System
import TestSupport
import Testing

@Suite struct AppendingTests {
  private let folder = TemporaryFolder()

  @Test func `lines are appended to a private file`() throws {
    for line in ["first", "", "third"] { try File.append(line: line, to: folder("lines")) }
    #expect(folder.content(of: "lines") == Array("first\n\nthird\n".utf8))
    #expect(folder.mode(of: "lines") == 0o600)
  }

  @Test func `a part of a line is ended first`() throws {
    folder.write(Array("first\npar".utf8), to: "lines")
    try File.append(line: "third", to: folder("lines"))
    #expect(folder.content(of: "lines") == Array("first\npar\nthird\n".utf8))
  }

  @Test func `a missing folder is an error`() {
    #expect(throws: SystemError.self) { try File.append(line: "x", to: folder("missing/lines")) }
  }
}
