import Glibc
import HTTPServer
import HTTPWire
import Synchronization

/// `/block/N` holds the loop for N milliseconds. Answers with what it was asked: `/echo` with method, path and body; `/slow` after another thread has had it; `/big/N` with N bytes.
struct EchoHandler: HTTPRequestHandler {
  /// `/held` is answered once the gate is open.
  var gate = Gate()

  func respond(to request: HTTPRequest, on connection: HTTPConnectionInfo) -> Eventual<HTTPResponse> {
    let isHeld = request.target.segments.first == "held"
    guard isHeld || request.target.segments.first == "slow" else { return .now(answer(to: request, connection)) }
    return .later {
      let milliseconds = UInt32(request.target.segments.last ?? "") ?? 20
      await withCheckedContinuation { continuation in
        let thread = SleepingThread(milliseconds: isHeld ? 0 : milliseconds) {
          if isHeld { gate.pass() }
          continuation.resume()
        }
        thread.start()
      }
      return answer(to: request, connection)
    }
  }

  private func answer(to request: HTTPRequest, _ connection: HTTPConnectionInfo) -> HTTPResponse {
    switch request.target.segments.first {
    case "block": usleep(1000 * (UInt32(request.target.segments.last ?? "") ?? 0))
    case "big": return answer([UInt8](repeating: 0x62, count: Int(request.target.segments.last ?? "") ?? 0))
    case "who": return answer(Array("\(connection.peerAddress)|\(connection.peerPort)".utf8))
    default: break
    }
    return answer(Array("\(request.method) \(request.target.text) ".utf8) + request.body + Array(".".utf8))
  }

  func respond(to error: HTTPError, on connection: HTTPConnectionInfo) -> HTTPResponse {
    HTTPResponse(status: error.status, body: Array("fault: \(error.reason)".utf8))
  }

  private func answer(_ body: [UInt8]) -> HTTPResponse {
    HTTPResponse(status: HTTPStatus(200), body: body)
  }
}

/// A thread that sleeps and then calls: stands for the store's writer, which answers from a thread of its own.
private struct SleepingThread {
  let milliseconds: UInt32
  let then: @Sendable () -> Void

  func start() {
    let body = unsafe Unmanaged.passRetained(Body(milliseconds: milliseconds, then: then))
    var thread = pthread_t()
    _ = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        usleep(body.milliseconds * 1000)
        body.then()
        return nil
      }, body.toOpaque())
    pthread_detach(thread)
  }

  private final class Body: Sendable {
    let milliseconds: UInt32
    let then: @Sendable () -> Void

    init(milliseconds: UInt32, then: @escaping @Sendable () -> Void) {
      (self.milliseconds, self.then) = (milliseconds, then)
    }
  }
}
