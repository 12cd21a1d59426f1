import HTTPWire
import System
import Testing

@testable import HTTPServer

/// The machine of a connection whose transport makes a handshake first.
struct HandshakeTests {
  @Test func `a request follows the handshake`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    #expect(driver.log == ["read"])
    #expect(driver.needsInput)
    driver.secured()
    driver.receive(ConnectionMachineTests.get)
    #expect(driver.log == ["read", "read", "respond /a", "write", "read"])
  }

  @Test func `the handshake and the head share the time of a head`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    #expect(driver.pass(milliseconds: 9_000) == nil)
    driver.machine.secured()
    driver.receive("GET")
    #expect(driver.pass(milliseconds: 999) == nil)
    #expect(driver.log.last == "read")
    #expect(driver.pass(milliseconds: 1) == nil)
    #expect(driver.log.contains { $0.hasPrefix("reject 408") })
  }

  @Test func `a handshake that takes too long is cut`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    #expect(driver.pass(milliseconds: 9_999) == nil)
    #expect(driver.pass(milliseconds: 1) == .handshake)
  }

  @Test func `after the handshake a silent client is idle`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    driver.secured()
    #expect(driver.isIdle)
    #expect(driver.pass(milliseconds: 59_999) == nil)
    #expect(driver.pass(milliseconds: 1) == .idle)
  }

  @Test func `a rejection during the handshake closes without a response`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    driver.machine.reject(HTTPError(503, "full"))
    driver.run()
    #expect(driver.log == ["read", "close"])
    #expect(driver.wire.isEmpty)
  }

  @Test func `an end during the handshake closes`() {
    let driver = MachineDriver(isSecuring: true)
    driver.end()
    #expect(driver.log == ["close"])
  }

  @Test func `a drain ends a handshake, except that a new client may finish it`() {
    let driver = MachineDriver(isSecuring: true)
    driver.run()
    driver.machine.drain(sparingNew: true)
    driver.run()
    #expect(driver.log == ["read", "read"])
    driver.drain()
    #expect(driver.log.last == "close")
  }

  @Test func `a full socket stops the handshake until it is writable`() {
    let driver = MachineDriver(isSecuring: true)
    driver.machine.stalled()
    driver.run()
    #expect(!driver.needsInput)
    driver.machine.writable()
    #expect(driver.needsInput)
  }
}
