import CLinux
import Glibc
import System

/// A socket that listens.
///
/// For a network address each loop has its own, on the same port. `SO_REUSEPORT` lets each loop
/// have a queue of its own, but it also lets any later process of the same user share the port. So
/// the first socket binds and listens without it, which the kernel fails if another socket listens
/// there already; only then it takes the option, and its siblings join. A second server's first
/// socket fails in turn, however the two race.
///
/// A Unix socket, or one that the process was started with, is shared by all loops: each new
/// connection wakes all of them, and the first takes it.
final class ListeningSocket: Sendable {
  let descriptor: Descriptor
  /// The address that it is bound to.
  let address: HTTPAddress
  /// True if only processes of this machine can reach it by its path.
  var isLocal: Bool { if case .local = address { true } else { false } }
  /// The file to remove at the end.
  private let path: String?

  /// The sockets of all addresses for each loop.
  static func open(_ settings: HTTPServerSettings, count: Int) throws(HTTPServerError) -> [[ListeningSocket]] {
    var loops = [[ListeningSocket]](repeating: [], count: count)
    for address in settings.addresses {
      let sockets = try open(address, settings, count: count)
      for index in loops.indices { loops[index].append(sockets[index % sockets.count]) }
    }
    return loops
  }

  private static func open(
    _ address: HTTPAddress, _ settings: HTTPServerSettings, count: Int
  ) throws(HTTPServerError) -> [ListeningSocket] {
    switch address {
    case .network(let host, let port):
      let first = try ListeningSocket(settings, host: host, port: port, isSibling: false)
      try first.set(SOL_SOCKET, SO_REUSEPORT, "setsockopt(SO_REUSEPORT)")
      var all = [first]
      while all.count < count {
        let bound = SocketAddress.localPort(of: first.descriptor.number)
        all.append(try ListeningSocket(settings, host: host, port: bound, isSibling: true))
      }
      return all
    case .local(let path, let mode): return [try ListeningSocket(settings, path: path, mode: mode)]
    case .inherited(let number): return [try ListeningSocket(inheriting: number, settings)]
    }
  }

  private init(
    _ settings: HTTPServerSettings, host: String, port: UInt16, isSibling: Bool
  ) throws(HTTPServerError) {
    let numeric = try SocketAddress.numeric(host: host, port: port)
    descriptor = try Self.socket(numeric.family)
    path = nil
    // Connections of a server that ended a moment ago are in TIME-WAIT and must not keep its
    // successor from starting.
    try Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, to: 1, "setsockopt(SO_REUSEADDR)")
    if isSibling { try Self.set(descriptor, SOL_SOCKET, SO_REUSEPORT, to: 1, "setsockopt(SO_REUSEPORT)") }
    try Self.setOptions(descriptor, settings)
    let asked = HTTPAddress.network(host: host, port: port)
    try Self.check(numeric.bind(descriptor.number), "bind", asked)
    try Self.check(listen(descriptor.number, settings.backlog), "listen", asked)
    address = .network(host: host, port: SocketAddress.localPort(of: descriptor.number))
  }

  /// A Unix socket. The file of a server that ended without removing it is replaced.
  private init(_ settings: HTTPServerSettings, path: String, mode: UInt32) throws(HTTPServerError) {
    let asked = HTTPAddress.local(path: path, mode: mode)
    descriptor = try Self.bound(path, mode, asked, settings)
    // From here on this server owns the file, and removes it at the end.
    (address, self.path) = (asked, path)
  }

  private static func bound(
    _ path: String, _ mode: UInt32, _ asked: HTTPAddress, _ settings: HTTPServerSettings
  ) throws(HTTPServerError) -> Descriptor {
    guard let place = SocketAddress.local(path: path) else { throw .pathTooLong(path) }
    let descriptor = try socket(AF_UNIX)
    if place.connect(descriptor.number) == 0 { throw .addressInUse(asked) }
    // connect(2) fails like this for any other file too, which must stay.
    if errno == ECONNREFUSED {
      guard File.isSocket(path) else { throw .systemCall(SystemError("bind", path, number: ENOTSOCK)) }
      _ = unsafe unlink(path)
    }
    try check(place.bind(descriptor.number), "bind", asked)
    // No client can connect before listen(2), with any umask.
    try check(unsafe chmod(path, mode), "chmod", asked)
    try check(listen(descriptor.number, settings.backlog), "listen", asked)
    return descriptor
  }

  private init(inheriting number: Int32, _ settings: HTTPServerSettings) throws(HTTPServerError) {
    descriptor = try HTTPServerError.translating { () throws(SystemError) in
      try Descriptor(number, from: "accept")
    }
    path = nil
    var isListening: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(number, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0, isListening == 1,
      fcntl(number, F_SETFD, FD_CLOEXEC) == 0, fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK) == 0
    else { throw .notListening(descriptor: number) }
    address = SocketAddress.bound(number) ?? .inherited(number)
    if case .network = address { try Self.setOptions(descriptor, settings) }
  }

  deinit {
    if let path { _ = unsafe unlink(path) }
  }

  private static func socket(_ family: Int32) throws(HTTPServerError) -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    return try HTTPServerError.translating { () throws(SystemError) in
      try Descriptor(Glibc.socket(family, type, 0), from: "socket")
    }
  }

  /// Connections inherit these. An answer leaves in one write, and Nagle's algorithm could only
  /// delay its end.
  private static func setOptions(
    _ descriptor: borrowing Descriptor, _ settings: HTTPServerSettings
  ) throws(HTTPServerError) {
    try set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, to: 1, "setsockopt(TCP_NODELAY)")
    if let size = settings.sendBuffer { try set(descriptor, SOL_SOCKET, SO_SNDBUF, to: size, "setsockopt(SO_SNDBUF)") }
    if let size = settings.maxUnsent {
      try set(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, to: size, "setsockopt(TCP_NOTSENT_LOWAT)")
    }
  }

  private func set(_ level: Int32, _ option: Int32, _ call: String) throws(HTTPServerError) {
    try Self.set(descriptor, level, option, to: 1, call)
  }

  private static func set(
    _ descriptor: borrowing Descriptor, _ level: Int32, _ option: Int32, to value: Int32, _ call: String
  ) throws(HTTPServerError) {
    var value = value
    let status = unsafe setsockopt(descriptor.number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    if status != 0 { throw .systemCall(SystemError(call)) }
  }

  private static func check(_ status: Int32, _ call: String, _ address: HTTPAddress) throws(HTTPServerError) {
    if status == 0 { return }
    if errno == EADDRINUSE { throw .addressInUse(address) }
    throw .systemCall(SystemError(call, address.text))
  }
}
