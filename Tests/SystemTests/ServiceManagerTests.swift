import Glibc
import Testing

@testable import System

struct ServiceManagerTests {
  private static func manager(_ environment: [(String, String)]) -> ServiceManager {
    ServiceManager(environment: environment.map { (name: $0, value: $1) }, processID: 42)
  }

  @Test(
    arguments: [
      ([("LISTEN_PID", "42"), ("LISTEN_FDS", "2")], [3, 4]), ([("LISTEN_PID", "41"), ("LISTEN_FDS", "2")], []),
      ([("LISTEN_FDS", "2")], []), ([("LISTEN_PID", "42")], []), ([], []),
      ([("LISTEN_PID", "42"), ("LISTEN_FDS", "-1")], []), ([("LISTEN_PID", "42"), ("LISTEN_FDS", "x")], []),
    ] as [([(String, String)], [Int32])])
  func `sockets are counted from 3, if they are for this process`(environment: [(String, String)], sockets: [Int32]) {
    #expect(Self.manager(environment).sockets == sockets)
  }

  @Test func `a number of sockets that no unit has is cut`() {
    #expect(Self.manager([("LISTEN_PID", "42"), ("LISTEN_FDS", "2000000000")]).sockets.count == 64)
  }

  @Test(
    arguments: [
      ([("WATCHDOG_USEC", "30000000")], 30_000), ([("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", "42")], 30_000),
      ([("WATCHDOG_USEC", "30000000"), ("WATCHDOG_PID", "41")], nil), ([("WATCHDOG_USEC", "0")], nil),
      ([("WATCHDOG_USEC", "-5")], nil), ([("WATCHDOG_USEC", "10")], 1), ([], nil),
    ] as [([(String, String)], Int?)])
  func `the watchdog of this process has a period`(environment: [(String, String)], milliseconds: Int?) {
    #expect(Self.manager(environment).watchdogMilliseconds == milliseconds)
  }

  @Test(arguments: ["", "relative", "/nowhere/socket", "@", "/" + String(repeating: "x", count: 200)])
  func `a manager that cannot be reached is no error`(address: String) {
    Self.manager([("NOTIFY_SOCKET", address)]).ready()
  }
}
