import HTTPWire

extension ConnectionMachine {
  /// The driver's next step. After each except `read`, `wait` and `close` it calls `next` again.
  enum Action {
    /// Give the request to the handler, and its response to `answer`.
    case respond(HTTPRequest)
    /// Ask the handler whether it accepts the content of a request whose head is complete. Then
    /// call
    /// `acceptContent`, or `answer` with the response that rejects it.
    case authorise(HTTPRequestHead)
    /// Give the error to the handler, and its response to `answer`.
    case reject(HTTPError)
    /// Make the next part of the content that is sent, and give it to `append`; or call `close` if
    /// that fails.
    case make(HTTPContentPart.Maker)
    /// Send the bytes in `output`, then call `wrote` or `stalled`.
    case write
    /// Shut down the sending side and continue reading: the first half of a lingering close.
    case shutDownOutput
    /// Wait for bytes or the end of input.
    case read
    /// Wait for the handler, or for room in the socket.
    case wait
    /// Close the connection and forget the machine.
    case close
  }

  enum Phase {
    /// The transport makes its handshake. Next: `reading` or `closed`.
    case securing
    /// Requests are read. Next: `authorising`, `handling`, `rejecting`, `closing` or `closed`.
    case reading
    /// A head is complete and its content is not. Next: `reading` or `closing`.
    case authorising
    /// The handler has a request. Next: `sendingParts`, `reading` or `closing`.
    case handling
    /// The content of the response is made and sent in parts. Next: `reading` or `closing`.
    case sendingParts
    /// An error waits for its response. Next: `closing`.
    case rejecting(HTTPError)
    /// The last response is in the output, and no further request is read. Next: `lingering` or
    /// `closed`.
    case closing
    /// The last response is sent and the output is shut down; input is discarded. Next: `closed`.
    case lingering
    /// The end.
    case closed

    var isClosed: Bool { if case .closed = self { true } else { false } }
  }

  enum Draining {
    case no
    /// The connection may still send its first request.
    case afterFirstRequest
    case now
  }
}
