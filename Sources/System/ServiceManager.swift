import Glibc

/// The service manager that started this process, such as systemd: sockets that it has opened,
/// notifications to it, and its watchdog.
///
/// The protocol is a few environment variables and a datagram, and its documentation invites
/// programs to implement it themselves (sd_listen_fds(3), sd_notify(3)). libsystemd would be one
/// more library of every release.
package struct ServiceManager: Sendable {
  /// SD_LISTEN_FDS_START: the first descriptor after standard error.
  private static let firstSocket: Int32 = 3
  /// More than any unit has; a larger number is a mistake.
  private static let maxSockets: Int32 = 64

  /// The listening sockets that this process was started with, in the order of the unit.
  package let sockets: [Int32]
  /// The time within which the manager expects a sign of life, in milliseconds; nil without a
  /// watchdog.
  package let watchdogMilliseconds: Int?
  private let address: [UInt8]?

  /// The manager that the environment names. Variables that are meant for another process than the
  /// one with this ID are ignored.
  package init(environment: [(name: String, value: String)], processID: Int32 = getpid()) {
    let value = { (name: String) in environment.first { $0.name == name }?.value }
    let own = String(processID)
    let count = value("LISTEN_PID") == own ? Int32(value("LISTEN_FDS") ?? "") ?? 0 : 0
    sockets = (0..<min(max(count, 0), Self.maxSockets)).map { Self.firstSocket + $0 }
    let microseconds = value("WATCHDOG_PID").map { $0 == own } ?? true ? Int(value("WATCHDOG_USEC") ?? "") : nil
    watchdogMilliseconds = microseconds.flatMap { $0 > 0 ? max($0 / 1000, 1) : nil }
    address = value("NOTIFY_SOCKET").flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? Array($0.utf8) : nil }
  }

  /// The service is ready, or its reload is over.
  package func ready() { notify("READY=1") }

  /// The service reloads its configuration.
  package func reloading() {
    // The manager compares this with the moment at which it sent the signal.
    notify("RELOADING=1\nMONOTONIC_USEC=\(Instant.now.nanoseconds / 1000)")
  }

  /// The service ends within this time: the manager waits at least as long before it kills it,
  /// whatever its own limit is (sd_notify(3)).
  package func stopping(withinSeconds seconds: Int) {
    notify("STOPPING=1\nEXTEND_TIMEOUT_USEC=\(seconds * 1_000_000)")
  }

  /// The service is alive.
  package func isAlive() { notify("WATCHDOG=1") }

  /// Sends a datagram. A manager that is gone is no reason to end.
  private func notify(_ text: String) {
    guard let address, let descriptor = try? Descriptor(socket(AF_UNIX, Self.type, 0), from: "socket") else { return }
    var target = sockaddr_un()
    guard address.count < MemoryLayout.size(ofValue: target.sun_path) else { return }
    target.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &target.sun_path) { path in
      unsafe path.copyBytes(from: address)
      // An abstract address (unix(7)) is written with an @.
      if address.first == UInt8(ascii: "@") { unsafe path[0] = 0 }
    }
    let bytes = Array(text.utf8)
    let length = socklen_t(MemoryLayout<sa_family_t>.size + address.count)
    _ = unsafe withUnsafePointer(to: target) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe sendto(descriptor.number, bytes, bytes.count, Int32(MSG_NOSIGNAL), address, length)
      }
    }
  }

  private static let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
}
