import Glibc
import JSON
import Registry
import System
import Testing

@testable import icc_registry

struct LogTests {
  private static let hostile = "a\n{\"level\":\"error\"}\r\u{1B}[2J\u{2028}\"\\\0"

  private static func line(asJSON: Bool) -> String {
    var line = LogLine(.info, "request", at: Timestamp(milliseconds: 0), asJSON: asJSON)
    line.field("path", hostile)
    line.field("status", 200)
    line.field("token", nil as String?)
    return line.finished { line in String(decoding: line.indices.map { line[$0] }, as: UTF8.self) }
  }

  @Test func `a JSON line is one object for any values`() throws {
    let line = Self.line(asJSON: true)
    #expect(line.utf8.filter { $0 == 0x0A }.count == 1)
    let object = try JSONValue(parsing: line)
    #expect(object["path"]?.stringValue == Self.hostile)
    #expect(object["status"]?.numberValue?.int == 200)
    #expect(object["time"]?.stringValue == "1970-01-01T00:00:00.000Z")
    #expect(object["token"] == nil)
  }

  @Test func `a text line has no control character`() {
    let line = Self.line(asJSON: false)
    #expect(line.hasPrefix("1970-01-01T00:00:00.000Z INFO request path=\"a\\n"))
    #expect(line.hasSuffix(" status=200\n"))
    #expect(line.utf8.dropLast().allSatisfy { $0 >= 0x20 && $0 != 0x7F })
  }

  @Test func `lines arrive in order and complete`() throws {
    let pipe = try Pipe()
    let log = try Log(level: .info, format: .json, descriptor: pipe.writing)
    for number in 0..<500 { log.event(.info, "test") { $0.field("number", number) } }
    log.event(.debug, "quiet")
    log.close()
    let lines = String(decoding: pipe.readAll(), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 500)
    for (number, line) in lines.enumerated() {
      #expect(try JSONValue(parsing: String(line))["number"]?.numberValue?.int == number)
    }
  }

  @Test func `closing returns right after the last line`() throws {
    let pipe = try Pipe()
    for _ in 0..<20 {
      let log = try Log(level: .info, format: .json, descriptor: pipe.writing)
      log.event(.info, "last")
      #expect(log.close())
    }
    #expect(String(decoding: pipe.readAll(), as: UTF8.self).split(separator: "\n").count == 20)
  }

  @Test func `the level off logs nothing`() throws {
    let pipe = try Pipe()
    let log = try Log(level: .off, format: .text, descriptor: pipe.writing)
    log.event(.error, "test")
    log.close()
    #expect(pipe.readAll().isEmpty)
  }

  @Test func `lines are dropped and counted if the log is not read`() throws {
    let pipe = try Pipe()
    let log = try Log(level: .info, format: .text, descriptor: pipe.writing)
    let text = String(repeating: "x", count: 100_000)
    for _ in 0..<200 { log.event(.info, "test") { $0.field("text", text) } }
    #expect(log.droppedLines > 0)
    try SystemThread.detach { pipe.drain(until: "log-lines-dropped") }
    pipe.drained.wait(milliseconds: 10_000)
    #expect(pipe.sawEnd)
    log.close()
  }
}

/// A pipe that plays standard error.
private final class Pipe: Sendable {
  let reading: Int32
  let writing: Int32
  let drained: WakeUp
  private let found = Found()

  private final class Found: @unchecked Sendable {
    /// Written before `drained` is signalled and read after.
    var value = false
  }

  init() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    (reading, writing) = (ends[0], ends[1])
    drained = try WakeUp()
  }

  deinit {
    close(reading)
    close(writing)
  }

  var sawEnd: Bool { found.value }

  func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    var ready = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&ready, 1, 0) > 0 {
      let count = unsafe read(reading, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  func drain(until text: String) {
    var tail: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while !String(decoding: tail, as: UTF8.self).contains(text) {
      let count = unsafe read(reading, &chunk, chunk.count)
      if count <= 0 { return }
      tail = (tail + chunk[..<count]).suffix(66000)
    }
    found.value = true
    drained.signal()
  }
}
