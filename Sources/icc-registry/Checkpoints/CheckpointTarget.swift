import AWSClient
import System

/// The reason why a checkpoint was not kept, for the log.
struct CheckpointError: Error {
  let reason: String
}

/// Keeps checkpoints outside of the database. Each call blocks its thread.
enum CheckpointTarget: Sendable {
  case file(String)
  case endpoint(AWSEndpoint, path: String)

  /// Keeps one line; throws if the target does not confirm it. A file has no deadline.
  func keep(_ line: String, until deadline: Deadline) throws(CheckpointError) {
    switch self {
    case .file(let path):
      do { try File.append(line: line, to: path) } catch { throw CheckpointError(reason: error.description) }
    case .endpoint(let endpoint, let path):
      try Self.send(line, to: endpoint, path, until: deadline)
    }
  }

  private static func send(
    _ line: String, to endpoint: AWSEndpoint, _ path: String, until deadline: Deadline
  ) throws(CheckpointError) {
    guard let session = CurlSession() else { throw CheckpointError(reason: "libcurl is not installed") }
    let request = AWSRequest(
      "POST", endpoint, path: path, fields: [.init("content-type", "application/json")], body: Array(line.utf8))
    let status: Int
    do {
      status = try session.send(request, until: deadline).status
    } catch {
      throw CheckpointError(reason: "no response: \(error)")
    }
    if !(200...299).contains(status) { throw CheckpointError(reason: "the endpoint returned \(status)") }
  }
}
