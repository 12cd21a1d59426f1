import Glibc
import HTTPWire

/// Moves bytes between a connection's machine and its socket, through its encryption if it has one.
extension EventLoop {
  /// Receives once. Returns the number of bytes, 0 if there are none now or no more, and nil if the
  /// connection is closed.
  func receiveOnce(_ connection: Connection) -> Int? {
    if connection.machine.isSecuring, !secure(connection) { return table[connection.tag] == nil ? nil : 0 }
    if let transport = connection.transport { return receive(connection, through: transport) }
    return take(receive(connection, atMost: ReceiveBuffer.capacity), connection)
  }

  /// Sends what waits. Returns the number of bytes, or a negated `errno`.
  func send(_ connection: Connection) -> Int {
    guard let transport = connection.transport else {
      return connection.machine.output.withPending { system.send(connection.descriptor, $0, $1) }
    }
    return connection.machine.output.withPending { first, second in
      let sent = send(first, through: transport)
      guard sent == first.count else { return sent }
      let more = send(second, through: transport)
      return more >= 0 ? sent + more : more == -Int(EAGAIN) && sent > 0 ? sent : more
    }
  }

  /// Ends the output; false if the connection is broken. What the socket does not take now is sent
  /// when it is writable.
  func endOutput(_ connection: Connection) -> Bool {
    connection.hasUnsentEnd = connection.transport?.endOutput() == -Int(EAGAIN)
    guard connection.hasUnsentEnd else { return system.shutDownOutput(connection.descriptor) >= 0 }
    connection.machine.stalled()
    return true
  }

  /// True if the client has ended its input. For that an encrypted connection reads a record,
  /// unless it has one of the next request already.
  func inputHasEnded(_ connection: Connection) -> Bool {
    guard connection.transport != nil else { return system.inputHasEnded(connection.descriptor) }
    guard !connection.machine.hasBufferedInput, receiveOnce(connection) != nil else { return false }
    return connection.machine.inputHasEnded
  }

  /// The machine takes what a call received.
  private func take(_ count: Int, _ connection: Connection) -> Int? {
    switch count {
    case 0: connection.machine.inputEnded()
    case 1...: connection.machine.received(received.bytes.span.extracting(0..<count))
    case -Int(EAGAIN), -Int(EINTR): return 0
    default:
      cut(connection, .reset)
      return nil
    }
    return count
  }

  /// Receives a whole record: the poller does not report what has left the socket.
  private func receive(_ connection: Connection, through transport: any SecureTransport) -> Int? {
    var total = 0
    repeat {
      guard let count = take(received.fill(from: transport), connection) else { return nil }
      total += count
    } while transport.hasDecrypted
    if transport.needsOutput { connection.machine.stalled() }
    return total
  }

  private func receive(_ connection: Connection, atMost count: Int) -> Int {
    system.receive(connection.descriptor, into: &received, atMost: count)
  }

  /// Continues what comes before the first request; false if that is not done, or has failed and
  /// the connection is closed.
  private func secure(_ connection: Connection) -> Bool {
    guard readProxyHeader(connection) else { return false }
    guard let transport = connection.transport else {
      connection.machine.secured()
      return true
    }
    return secure(connection, transport)
  }

  /// Reads the header of the PROXY protocol if the connection has one; false if it is not complete,
  /// or the connection is closed or rejected.
  private func readProxyHeader(_ connection: Connection) -> Bool {
    while let state = connection.proxyHeader?.state {
      switch state {
      case .needs(let missing):
        let count = receive(connection, atMost: missing)
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return false }
        guard count > 0 else {
          cut(connection, .handshake)
          return false
        }
        connection.proxyHeader?.append(received.bytes.span.extracting(0..<count))
      case .client(let address, let port):
        connection.info = HTTPConnectionInfo(peerAddress: address, peerPort: port)
        connection.proxyHeader = nil
        return countForAddress(connection)
      case .proxyItself:
        connection.proxyHeader = nil
        return countForAddress(connection)
      case .invalid:
        observer?.observed(.handshakeFailed("not a header of PROXY protocol v2", connection.info))
        cut(connection, .handshake)
        return false
      }
    }
    return true
  }

  /// Continues the handshake; false if it is not done, or has failed and the connection is closed.
  private func secure(_ connection: Connection, _ transport: any SecureTransport) -> Bool {
    guard !isPlain(connection) else {
      // Nothing has been read from the socket, and the request is not read either.
      connection.transport = nil
      connection.machine.secured()
      connection.machine.reject(HTTPError(400, "This port accepts HTTPS only. Use https:// in the URL."))
      return false
    }
    switch transport.handshake() {
    case 0:
      connection.info.isEncrypted = true
      connection.info.clientSubject = transport.clientSubject
      connection.info.clientFingerprint = transport.clientFingerprint
      connection.machine.secured()
      return true
    case -Int(EAGAIN):
      if transport.needsOutput { connection.machine.stalled() }
    default:
      observer?.observed(.handshakeFailed(transport.failure, connection.info))
      cut(connection, .handshake)
    }
    return false
  }

  /// True if the connection begins with a request without TLS. A handshake begins with 22 (RFC 8446
  /// section 5.1).
  private func isPlain(_ connection: Connection) -> Bool {
    guard !connection.hasBegun, let byte = system.firstByte(connection.descriptor) else { return false }
    connection.hasBegun = true
    return switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), 0x0D, 0x0A: true
    default: false
    }
  }

  /// Sends bytes until the socket is full. Returns the number of bytes, or a negated `errno`.
  private func send(_ bytes: Span<UInt8>, through transport: any SecureTransport) -> Int {
    var sent = 0
    while sent < bytes.count {
      let count = transport.send(bytes.extracting(sent..<bytes.count))
      if count == -Int(EAGAIN) && sent > 0 { return sent }
      guard count > 0 else { return count }
      sent += count
    }
    return sent
  }
}
