import HTTPWire
import Testing

@testable import HTTPServer

/// Deadlines of the machine, at the limit and one past it.
struct DeadlineTests {
  @Test(arguments: [(59_999, nil), (60_000, HTTPCutReason.idle)])
  func `an idle connection is closed after its deadline`(milliseconds: Int, reason: HTTPCutReason?) {
    let driver = MachineDriver()
    #expect(driver.pass(milliseconds: milliseconds) == reason)
    #expect(driver.wire.isEmpty)
  }

  @Test func `the idle deadline restarts with a request but not with empty lines`() {
    let driver = MachineDriver()
    driver.pass(milliseconds: 50_000)
    driver.receive(ConnectionMachineTests.get)
    #expect(driver.pass(milliseconds: 50_000) == nil)
    driver.receive("\r\n")
    #expect(driver.pass(milliseconds: 10_000) == .idle)
  }

  /// A byte each second does not help.
  @Test(arguments: [(9, false), (10, true)]) func `a head that takes too long is answered 408`(
    seconds: Int, isRejected: Bool
  ) {
    let driver = MachineDriver()
    driver.receive("G")
    for _ in 0..<seconds {
      driver.pass(milliseconds: 1000)
      driver.receive("E")
    }
    #expect(driver.wire.hasPrefix("HTTP/1.1 408 ") == isRejected)
    if isRejected { #expect(driver.log.contains("shutDown") && driver.wait?.kind == .lingering) }
  }

  @Test func `each head has its own deadline`() {
    let driver = MachineDriver()
    let get = ConnectionMachineTests.get
    driver.receive(String(get.prefix(5)))
    driver.pass(milliseconds: 9000)
    driver.receive(String(get.dropFirst(5)) + String(get.prefix(5)))
    #expect(driver.pass(milliseconds: 9000) == nil)
    #expect(!driver.wire.contains("408"))
    driver.pass(milliseconds: 1000)
    #expect(driver.wire.contains("408"))
  }

  /// 500 bytes a second over periods of 10 s.
  @Test(arguments: [(499, true), (500, false)]) func `a body below the minimum rate is answered 408`(
    bytesEachSecond: Int, isRejected: Bool
  ) {
    let driver = MachineDriver()
    driver.receive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n")
    for _ in 0..<38 where !driver.wire.contains("408") {
      driver.receive(String(repeating: "x", count: bytesEachSecond))
      driver.pass(milliseconds: 1000)
    }
    #expect(driver.wire.contains("408") == isRejected)
    if !isRejected {
      driver.receive(String(repeating: "x", count: 1000))
      #expect(driver.bodies == ["POST /p 20000"])
    }
  }

  /// Much in one period does not serve for the next.
  @Test func `a burst does not count for the next period`() {
    let body = MachineDriver()
    body.receive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n")
    body.receive(String(repeating: "x", count: 12_000))
    body.pass(milliseconds: 10_000)
    #expect(body.wire.isEmpty)
    body.pass(milliseconds: 10_000)
    #expect(body.wire.hasPrefix("HTTP/1.1 408 "))

    let reader = MachineDriver { $0.maxHeldOutput = 50_000 }
    reader.room = 1
    reader.receive(String(repeating: ConnectionMachineTests.get, count: 500))
    reader.evictOne(12_000)
    #expect(reader.pass(milliseconds: 10_000) == nil)
    #expect(reader.pass(milliseconds: 10_000) == .stalledReader)
  }

  @Test func `a body that takes too long is answered 408`() {
    let driver = MachineDriver()
    driver.receive("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n")
    for _ in 0..<59 {
      driver.receive(String(repeating: "x", count: 600))
      driver.pass(milliseconds: 1000)
    }
    #expect(driver.wire.isEmpty)
    driver.pass(milliseconds: 1000)
    #expect(driver.wire.hasPrefix("HTTP/1.1 408 "))
  }

  @Test(arguments: [(499, HTTPCutReason.stalledReader), (500, nil)])
  func `a reader below the minimum rate is cut`(bytesEachSecond: Int, reason: HTTPCutReason?) {
    let driver = MachineDriver { $0.maxHeldOutput = 50_000 }
    driver.room = 1
    driver.receive(String(repeating: ConnectionMachineTests.get, count: 500))
    var cut: HTTPCutReason?
    for _ in 0..<30 where cut == nil {
      driver.evictOne(bytesEachSecond)
      cut = driver.pass(milliseconds: 1000)
    }
    #expect(cut == reason)
  }

  @Test func `lingering is bounded whatever the client sends`() {
    let driver = MachineDriver()
    driver.receive(ConnectionMachineTests.last)
    for _ in 0..<4 {
      driver.pass(milliseconds: 1000)
      driver.receive("x")
    }
    #expect(driver.log.last == "read")
    driver.pass(milliseconds: 1000)
    #expect(driver.log.last == "close")
  }

  @Test func `a request in progress has no deadline`() {
    let driver = MachineDriver()
    driver.holdsAnswers = true
    driver.receive(ConnectionMachineTests.get)
    #expect(driver.pass(milliseconds: 1_000_000) == nil)
    driver.answer()
    #expect(driver.bodies == ["late"])
  }
}
