package import HTTPWire
package import System

/// Everything about the server that an operator may set. Times are in milliseconds, sizes in bytes.
package struct HTTPServerSettings: Sendable {
  /// The addresses to listen on, at least one. Loopback by default: being reachable from
  /// elsewhere is a decision.
  package var addresses = [HTTPAddress.network(host: "127.0.0.1", port: 0)]
  /// The proxies whose connections begin with a header of the PROXY protocol, version 2. From
  /// others a header is a malformed request.
  package var proxyProtocolPeers: [AddressBlock] = []
  /// The number of event loops, each on its own thread; nil is the number of processors that the
  /// process may use.
  package var loops: Int?
  /// The length to which the kernel's queue of connections not yet accepted may grow, for each
  /// loop; the kernel cuts it to `net.core.somaxconn`. Long enough that a burst of thousands of
  /// connects does not push an honest client out.
  package var backlog: Int32 = 4096
  /// The size limits of the parser.
  package var limits = HTTPLimits()
  /// The time that a client may take.
  package var deadlines = HTTPDeadlines()
  /// The number of connections that are open at once; nil is the limit on descriptors in force at
  /// the start, less a reserve for the database, the log and the sockets of the server itself. All
  /// loops share it.
  package var maxConnections: Int?
  /// The number of connections that one address may have open; nil is no cap of its own, since all
  /// that comes through a reverse proxy comes from one address. A connection past the cap is
  /// answered `429` and closed.
  package var maxConnectionsPerAddress: Int?
  /// The number of requests that one connection may send; the last is answered with `Connection:
  /// close`, so that clients spread over loops and servers again.
  package var maxRequestsPerConnection = 100_000
  /// The number of answers to pipelined requests that are held to leave in one write; past it they
  /// leave, and the other connections get their turn before another request of this one is read.
  /// This limits the time that a thousand such clients keep an honest one waiting; a write for
  /// every 16 answers costs little compared with making them.
  package var maxPipelined = 16
  /// The number of bytes of answers that may wait for a client that does not read before no further
  /// request of it is read. The memory that a slow reader costs is at most this and one answer.
  package var maxHeldOutput = 8 * 1024
  /// The maximum number of bytes that all clients that do not read make the server hold. Past it
  /// the largest holders are cut. Contents that several wait for count once. 4 MiB are a thousand
  /// usual responses: enough for every client on a bad line, and too little for attackers to
  /// exhaust the memory, even with what the allocator adds.
  package var maxHeldForReaders = 4 * 1024 * 1024
  /// The maximum memory of all requests that have not arrived completely. Past it the largest are
  /// answered `503`.
  package var maxInputInFlight = 64 * 1024 * 1024
  /// The kernel's buffer for what a connection sends, `SO_SNDBUF`; the kernel doubles it for its
  /// own bookkeeping. Left to itself the kernel lets it grow to 4 MB (`net.ipv4.tcp_wmem`), so that
  /// each client that never reads would cause a thousand answers and keep their memory before the
  /// server noticed. 128 KiB in flight fill 10 Mbit/s over a round trip of 100 ms; nil leaves it to
  /// the kernel.
  package var sendBuffer: Int32? = 128 * 1024
  /// The number of bytes that the kernel takes from the server before it has sent them,
  /// `TCP_NOTSENT_LOWAT` (`tcp_notsent_lowat` in
  /// https://docs.kernel.org/networking/ip-sysctl.html). What is in flight is not among them, so
  /// that a long round trip is filled as before; but a client that does not read closes its window,
  /// and then this and not the whole `sendBuffer` is how many answers it causes before the server
  /// notices. nil sets no bound.
  package var maxUnsent: Int32? = 16 * 1024
  /// The time, in milliseconds, that new connections wait while every connection has a request in
  /// progress. After that they are answered `503` until there is room. Most requests take
  /// milliseconds: a short wait serves more clients than an error.
  package var rejectAfterMilliseconds = 1000
  /// The maximum number of connections beyond `maxConnections` that are open to be answered `503`.
  /// Few, because the reserve of descriptors is for the database and the log.
  package var maxRejectedAtOnce = 16
  /// The number of bytes that are discarded after the last answer of a connection, for a client
  /// that is still sending. A client whose connection is reset while it sends may lose the answer
  /// (RFC 9112 section 9.6).
  package var maxDiscarded = 16 * 1024 * 1024

  /// The defaults.
  package init() {}
}
