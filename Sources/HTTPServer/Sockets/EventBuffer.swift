import CLinux

/// The events of one epoll_wait(2).
@safe struct EventBuffer: ~Copyable {
  /// So many at once: connections that come meanwhile wait until all of them are served.
  static let capacity = 64

  private var events = unsafe [epoll_event](repeating: epoll_event(), count: EventBuffer.capacity)

  /// The readiness of a descriptor.
  struct Readiness {
    /// The tag that its owner gave when it was watched.
    let tag: UInt64
    /// Bytes or the end of input.
    let isReadable: Bool
    /// Room for output.
    let isWritable: Bool
    /// An error, or both directions ended.
    let isBroken: Bool
  }

  /// Lets a call write events; it returns how many, or a negated `errno`.
  mutating func fill(_ call: (UnsafeMutablePointer<epoll_event>?, Int32) -> Int) -> Int {
    unsafe events.withUnsafeMutableBufferPointer { unsafe call($0.baseAddress, Int32($0.count)) }
  }

  subscript(index: Int) -> Readiness {
    let (bits, tag) = unsafe (events[index].events, events[index].data.u64)
    return Readiness(
      tag: tag,
      isReadable: bits & EPOLLIN.rawValue != 0,
      isWritable: bits & EPOLLOUT.rawValue != 0,
      isBroken: bits & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0)
  }
}
