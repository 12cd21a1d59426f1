import CLinux
import Glibc
import System

/// Waits until a condition holds, for 30 seconds at most: a busy machine needs more than a fixed pause.
func until(_ holds: () -> Bool) -> Bool {
  let end = ContinuousClock.now + .seconds(30)
  while !holds() {
    if ContinuousClock.now > end { return false }
    pause(milliseconds: 1)
  }
  return true
}

/// Sleeps on the thread: a suspended test would wake late while others keep the pool's threads.
func pause(milliseconds: UInt32) {
  usleep(milliseconds * 1000)
}

/// Holds a handler, and with it the loop, until the test opens the gate.
final class Gate: Sendable {
  private let isOpen = Locked(false)

  func open() { isOpen.withLock { $0 = true } }

  func pass() { _ = until { isOpen.withLock { $0 } } }
}

extension RawClient {
  /// Waits until the server has accepted this IPv4 connection and has read everything that was sent on it.
  func waitUntilRead() -> Bool {
    until { isRead }
  }

  /// Waits until the server can send nothing more on this IPv4 connection, because this end does not read.
  func waitUntilStalled() -> Bool {
    until { isStalled }
  }

  /// True if the server's end has a program and no unread bytes.
  private var isRead: Bool {
    guard let fields = serverEnd else { return false }
    return !fields[9].elementsEqual("0".utf8) && fields[4].suffix(8).allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// True if the server's end only probes whether it may send again.
  private var isStalled: Bool { serverEnd?[5].starts(with: "04:".utf8) == true }

  /// The columns of the server's end in the kernel's table: local and remote address, state, `tx_queue:rx_queue`, the
  /// active timer (4 is the probe of a window of zero), and in the tenth place the inode, which is 0 before the
  /// connection is accepted (https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt).
  private var serverEnd: [ArraySlice<UInt8>]? {
    guard let (own, server) = ports, let table = try? Self.table() else { return nil }
    return table.split(separator: 0x0A).lazy.map { $0.split(separator: 0x20) }.first { fields in
      fields.count > 9 && Self.port(fields[1]) == server && Self.port(fields[2]) == own
    }
  }

  private static func table() throws -> [UInt8] {
    let file = try Descriptor(opening: "/proc/net/tcp", O_RDONLY)
    var bytes: [UInt8] = []
    while true {
      let piece = try file.read(upTo: 65_536)
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }

  private static func port(_ address: ArraySlice<UInt8>) -> UInt16? {
    UInt16(String(decoding: address.suffix(4), as: UTF8.self), radix: 16)
  }

  /// The ports of this end and of the server's.
  private var ports: (UInt16, UInt16)? {
    var (own, server) = (sockaddr_in(), sockaddr_in())
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = unsafe withUnsafeMutablePointer(to: &own) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getsockname(descriptor, $0, &length) }
    }
    let other = unsafe withUnsafeMutablePointer(to: &server) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe getpeername(descriptor, $0, &length) }
    }
    return status == 0 && other == 0 ? (UInt16(bigEndian: own.sin_port), UInt16(bigEndian: server.sin_port)) : nil
  }
}
