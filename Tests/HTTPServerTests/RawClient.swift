import CLinux
import Glibc

/// A blocking TCP client that sends bytes as they are and reads whatever comes, each read bounded in time.
final class RawClient {
  let descriptor: Int32

  /// Connects to a loopback port. A small receive buffer makes a client that soon stalls the server.
  init(port: UInt16, receiveBuffer: Int32? = nil, ipv6: Bool = false) {
    descriptor = socket(ipv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    if var size = receiveBuffer {
      unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    if ipv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0[15] = 1 }
      connected(&address, MemoryLayout<sockaddr_in6>.size)
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      connected(&address, MemoryLayout<sockaddr_in>.size)
    }
  }

  /// True if the server has reset the connection instead of ending it.
  private(set) var wasReset = false

  deinit {
    Glibc.close(descriptor)
  }

  private func connected<Address>(_ address: inout Address, _ size: Int) {
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(descriptor, $0, socklen_t(size)) }
    }
    precondition(status == 0, "connect failed: \(errno)")
  }

  /// Sends all of it; false if the server has gone.
  @discardableResult
  func send(_ text: String) -> Bool {
    send(Array(text.utf8))
  }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.send(descriptor, $0.baseAddress.map { unsafe $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count <= 0 { return false }
      sent += count
    }
    return true
  }

  /// Says that nothing more is sent.
  func end() {
    shutdown(descriptor, Int32(SHUT_WR))
  }

  /// Closes with a reset instead of an end.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// One read; nil at the end, empty when nothing came in time.
  func read(milliseconds: Int32 = 30_000) -> [UInt8]? {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&waited, 1, milliseconds) > 0 else { return [] }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
    if count < 0 { wasReset = errno == ECONNRESET }
    return count > 0 ? Array(buffer[..<count]) : nil
  }

  /// Everything up to the end, or nil if no end came in time.
  func readToEnd(milliseconds: Int32 = 30_000) -> String? {
    var bytes: [UInt8] = []
    while let piece = read(milliseconds: milliseconds) {
      if piece.isEmpty { return nil }
      bytes += piece
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads until the bytes end with the given text; returns the bytes so far if they never do.
  func read(until end: String, milliseconds: Int32 = 30_000) -> String {
    var bytes: [UInt8] = []
    while !bytes.suffix(end.utf8.count).elementsEqual(end.utf8) {
      guard let piece = read(milliseconds: milliseconds), !piece.isEmpty else { break }
      bytes += piece
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
