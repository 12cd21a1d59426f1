import CLinux
import Glibc
import System

/// The system calls as Linux has them. Unsafe pointers are confined to this file, the buffers and
/// the listening socket.
struct LinuxSystem: SystemCalls {
  func accept(_ listener: Int32) -> Accepted {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let descriptor = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe accept4(
          listener, address, &length,
          Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
      }
    }
    guard descriptor >= 0 else { return .failure(errno) }
    return .connection(descriptor, SocketAddress.peer(storage))
  }

  func hasQueuedConnection(_ listener: Int32) -> Bool {
    var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&entry, 1, 0) > 0
  }

  func receive(_ descriptor: Int32, into buffer: inout ReceiveBuffer, atMost count: Int) -> Int {
    unsafe buffer.fill { unsafe result(recv(descriptor, $0, min($1, count), 0)) }
  }

  func inputHasEnded(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    return peek(descriptor, &byte) == 0
  }

  func firstByte(_ descriptor: Int32) -> UInt8? {
    var byte: UInt8 = 0
    return peek(descriptor, &byte) > 0 ? byte : nil
  }

  private func peek(_ descriptor: Int32, _ byte: inout UInt8) -> Int {
    unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
  }

  func send(_ descriptor: Int32, _ bytes: Span<UInt8>, _ more: Span<UInt8>) -> Int {
    unsafe bytes.withUnsafeBytes { first in
      guard !more.isEmpty else {
        return unsafe result(Glibc.send(descriptor, first.baseAddress, first.count, Int32(MSG_NOSIGNAL)))
      }
      return unsafe more.withUnsafeBytes { unsafe send(descriptor, first, $0) }
    }
  }

  private func send(_ descriptor: Int32, _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Int {
    // sendmsg(2) only reads what these point to, though their type says otherwise.
    var parts = unsafe (
      iovec(iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count),
      iovec(iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress), iov_len: second.count)
    )
    return unsafe withUnsafeMutableBytes(of: &parts) { bytes in
      var message = unsafe msghdr()
      unsafe message.msg_iov = bytes.baseAddress?.assumingMemoryBound(to: iovec.self)
      unsafe message.msg_iovlen = 2
      return unsafe result(sendmsg(descriptor, &message, Int32(MSG_NOSIGNAL)))
    }
  }

  func shutDownOutput(_ descriptor: Int32) -> Int {
    result(Int(shutdown(descriptor, Int32(SHUT_WR))))
  }

  func resetOnClose(_ descriptor: Int32) {
    var value = linger(l_onoff: 1, l_linger: 0)
    let status = unsafe setsockopt(
      descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    assert(status == 0, "SO_LINGER was rejected")
  }

  func close(_ descriptor: Int32) {
    // Linux frees the descriptor whatever close(2) returns; to call it again after EINTR could
    // close another's.
    let status = Glibc.close(descriptor)
    assert(status == 0 || errno != EBADF, "a descriptor was closed twice")
  }

  func watch(_ poller: Int32, _ change: WatchChange, _ descriptor: Int32, _ interest: Interest, tag: UInt64) -> Int {
    var bits: UInt32 = 0
    if interest.contains(.input) { bits |= EPOLLIN.rawValue }
    if interest.contains(.output) { bits |= EPOLLOUT.rawValue }
    if interest.contains(.wakeUp) { bits |= EPOLLIN.rawValue | EPOLLET.rawValue }
    var event = unsafe epoll_event(events: bits, data: epoll_data_t(u64: tag))
    let operation = change == .add ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    let status = unsafe epoll_ctl(poller, operation, descriptor, &event)
    assert(status == 0 || errno != EBADF, "a closed descriptor was to be watched")
    return result(Int(status))
  }

  func wait(_ poller: Int32, into events: inout EventBuffer, milliseconds: Int32) -> Int {
    unsafe events.fill { unsafe result(Int(epoll_wait(poller, $0, $1, milliseconds))) }
  }

  func now() -> Instant {
    .now
  }

  func returnMemory() {
    malloc_trim(0)
  }

  func wallClockSeconds() -> Int {
    WallClock.seconds
  }

  private func result(_ status: Int) -> Int {
    status < 0 ? -Int(errno) : status
  }
}
