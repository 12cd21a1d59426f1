import System

/// What a connection is waiting for, its client to do mostly, and since when. A connection whose request is with the handler has none.
struct Wait: Equatable, Sendable {
  /// The kinds, each with a constant period: of two connections that wait for the same thing the one that began first ends first.
  enum Kind: Int, CaseIterable, Sendable {
    /// The first byte of a request.
    case idle
    /// The rest of a head.
    case head
    /// The rest of a body.
    case body
    /// Room for output that was refused by the socket.
    case reader
    /// The client's end of input, after the last answer.
    case lingering
    /// Its own next turn: more requests have come than are answered at once. It has no deadline, for it is the server that is waited for;
    /// but a connection that asks for so much is no busy one that others must wait for.
    case turn
  }

  var kind: Kind
  var since: Instant
}
