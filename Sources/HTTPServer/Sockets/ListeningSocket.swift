import CLinux
import Glibc
import System

/// A socket that listens, and its siblings on the same port for the other loops.
///
/// `SO_REUSEPORT` lets each loop have a queue of its own, but it also lets any later process of the
/// same user share the port. So the first socket binds and listens without it, which the kernel
/// fails if another socket listens there already; only then it takes the option, and its siblings
/// join. A second server's first socket fails in turn, however the two race.
final class ListeningSocket: Sendable {
  let descriptor: Descriptor

  /// As many sockets as there are loops, all on one port, which is also returned.
  static func open(_ settings: HTTPServerSettings, count: Int) throws(HTTPServerError) -> ([ListeningSocket], UInt16) {
    let first = try ListeningSocket(settings, port: settings.port, isSibling: false)
    try first.set(SOL_SOCKET, SO_REUSEPORT, "setsockopt(SO_REUSEPORT)")
    let bound = SocketAddress.localPort(of: first.descriptor.number)
    var all = [first]
    while all.count < count {
      all.append(try ListeningSocket(settings, port: bound, isSibling: true))
    }
    return (all, bound)
  }

  private init(_ settings: HTTPServerSettings, port: UInt16, isSibling: Bool) throws(HTTPServerError) {
    let address = try SocketAddress.numeric(host: settings.host, port: port)
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = try HTTPServerError.translating { () throws(SystemError) in
      try Descriptor(socket(address.family, type, 0), from: "socket")
    }
    // Connections of a server that ended a moment ago are in TIME-WAIT and must not keep its
    // successor from starting.
    try set(SOL_SOCKET, SO_REUSEADDR, "setsockopt(SO_REUSEADDR)")
    if isSibling { try set(SOL_SOCKET, SO_REUSEPORT, "setsockopt(SO_REUSEPORT)") }
    // Connections inherit these three. An answer leaves in one write, and Nagle's algorithm could
    // only delay its end.
    try set(Int32(IPPROTO_TCP), TCP_NODELAY, "setsockopt(TCP_NODELAY)")
    if let size = settings.sendBuffer { try set(SOL_SOCKET, SO_SNDBUF, to: size, "setsockopt(SO_SNDBUF)") }
    if let size = settings.maxUnsent {
      try set(Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, to: size, "setsockopt(TCP_NOTSENT_LOWAT)")
    }
    try Self.check(address.bind(descriptor.number), "bind", settings.host, port)
    try Self.check(listen(descriptor.number, settings.backlog), "listen", settings.host, port)
  }

  private func set(_ level: Int32, _ option: Int32, to value: Int32 = 1, _ call: String) throws(HTTPServerError) {
    var value = value
    let status = unsafe setsockopt(descriptor.number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    if status != 0 { throw .systemCall(SystemError(call)) }
  }

  private static func check(_ status: Int32, _ call: String, _ host: String, _ port: UInt16) throws(HTTPServerError) {
    if status == 0 { return }
    if errno == EADDRINUSE { throw .addressInUse(host: host, port: port) }
    throw .systemCall(SystemError(call))
  }
}
