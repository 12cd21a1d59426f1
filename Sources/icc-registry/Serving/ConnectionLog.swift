import HTTPServer
import HTTPWire
import RegistryAPI
import System

/// Logs the events of connections other than requests and answers.
struct ConnectionLog: HTTPServerObserver {
  let log: Log

  func observed(_ event: HTTPServerEvent) {
    switch event {
    case .rejected(let error, let connection):
      log.event(.debug, "message-rejected") { line in
        line.field("status", error.status.code)
        line.field("reason", error.reason)
        line.field("address", connection.peerAddress)
      }
    case .cut(let reason, let connection):
      log.event(.debug, "connection-cut") { line in
        line.field("reason", reason.rawValue)
        line.field("address", connection.peerAddress)
      }
    case .contentFailed(let error, let connection):
      log.event(.warning, "content-failed") { line in
        let failure = error as? ContentFailure
        line.field("requestId", failure?.requestID)
        line.field("cause", failure?.cause ?? String(describing: error))
        line.field("address", connection.peerAddress)
      }
    case .handshakeFailed(let reason, let connection):
      log.event(.debug, "tls-handshake-failed") { line in
        line.field("reason", reason)
        line.field("address", connection.peerAddress)
      }
    case .acceptPaused(let number):
      log.event(.warning, "accept-paused") { $0.field("reason", SystemError.message(of: number)) }
    }
  }
}
