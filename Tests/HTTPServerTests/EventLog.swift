import HTTPWire
import System

@testable import HTTPServer

/// Remembers what the server told.
final class EventLog: HTTPServerObserver {
  private let lines = Locked<[String]>([])

  func observed(_ event: HTTPServerEvent) {
    let line =
      switch event {
      case .rejected(let error, _): "rejected \(error.status)"
      case .cut(let reason, _): "cut \(reason.rawValue)"
      case .contentFailed(let error, _): "failed \(error)"
      case .handshakeFailed(let reason, _): "handshake failed \(reason ?? "")"
      case .acceptPaused(let errno): "paused \(errno)"
      }
    lines.withLock { $0.append(line) }
  }

  var all: [String] { lines.withLock { $0 } }
}
