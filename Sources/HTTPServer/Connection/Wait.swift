import System

/// The thing that a connection waits for, and since when. A connection whose request is with the
/// handler has no wait.
struct Wait: Equatable, Sendable {
  /// The kinds. Each has a constant period, so that of two waits of one kind the one that began
  /// first ends first.
  enum Kind: Int, CaseIterable, Sendable {
    /// The first byte of a request.
    case idle
    /// The rest of a head.
    case head
    /// The rest of a body.
    case body
    /// Room in the socket for output.
    case reader
    /// The client's end of input, after the last response.
    case lingering
    /// The same, of a connection or request that the server had no room for.
    case rejected
    /// The connection's next turn: it has sent more requests than are answered at once. It has no
    /// deadline, because the client waits for the server, but it may be evicted.
    case turn

    /// True if bytes that are still in the socket may end the wait.
    var isForInput: Bool {
      switch self {
      case .idle, .head, .body: true
      case .reader, .lingering, .rejected, .turn: false
      }
    }
  }

  var kind: Kind
  var since: Instant
}

extension HTTPDeadlines {
  /// Returns the period after which a wait of this kind is checked, in milliseconds. At least 1: a
  /// wait that is renewed and expires at once would hold the loop for ever.
  func period(of kind: Wait.Kind) -> Int {
    let period =
      switch kind {
      case .idle: idle
      case .head: head
      case .body, .reader: ratePeriod
      case .lingering: lingering
      case .rejected: rejected
      case .turn: Int.max
      }
    return max(period, 1)
  }
}

extension HTTPConnectionState {
  /// The state of a connection with this wait.
  init(_ wait: Wait?) {
    self =
      switch wait?.kind {
      case nil: .handling
      case .idle?: .idle
      case .head?, .body?: .reading
      case .reader?: .writing
      case .turn?: .queued
      case .lingering?, .rejected?: .closing
      }
  }
}
