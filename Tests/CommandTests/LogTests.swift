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
    #expect(log.lostLines[.queueFull] > 0)
    try SystemThread.detach { pipe.drain(until: "log-lines-dropped") }
    pipe.drained.wait(milliseconds: 10_000)
    #expect(pipe.sawEnd)
    log.close()
  }
}

/// A log that cannot be written.
struct LostLineTests {
  @Test func `a log in a pipe is not opened again, and says nothing`() throws {
    let pipe = try Pipe()
    let log = try Log(level: .info, format: .text, descriptor: pipe.writing)
    log.reopen()
    log.close()
    #expect(pipe.readAll().isEmpty)
  }

  @Test func `lines that a full disk does not take are counted`() throws {
    let full = try Descriptor(opening: "/dev/full", O_WRONLY)
    let log = try Log(level: .info, format: .json, descriptor: full.number)
    for number in 0..<30 { log.event(.info, "test") { $0.field("number", number) } }
    log.close()
    #expect(log.lostLines[.writeFailed] == 30 && log.lostLines[.queueFull] == 0)
  }

  @Test func `the first write after a failed one says how many lines are missing`() throws {
    let pipe = try Pipe()
    let log = try Log(level: .info, format: .json, descriptor: pipe.writing)
    log.event(.info, "before")
    while pipe.isEmpty { usleep(1000) }
    let full = try Descriptor(opening: "/dev/full", O_WRONLY)
    let saved = dup(pipe.writing)
    defer { close(saved) }
    dup2(full.number, pipe.writing)
    for _ in 0..<3 { log.event(.info, "lost") }
    while log.lostLines[.writeFailed] < 3 { usleep(1000) }
    dup2(saved, pipe.writing)
    log.event(.info, "after")
    log.close()
    let lines = try String(decoding: pipe.readAll(), as: UTF8.self).split(separator: "\n").map {
      try JSONValue(parsing: String($0))
    }
    #expect(lines.map { $0["event"]?.stringValue } == ["before", "log-lines-dropped", "after"])
    #expect(lines[1]["count"]?.numberValue?.int == 3 && lines[1]["reason"]?.stringValue == "write-failed")
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

  /// True if there is nothing to read.
  var isEmpty: Bool {
    var ready = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&ready, 1, 0) == 0
  }

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
