import Glibc
package import PostgreSQLKit
import System

/// A PostgreSQL server of the tests' own, which runs until this process ends.
///
/// Without it the tests fail: a store that is not tested is not known to work.
package struct TestCluster: Sendable {
  /// Started at the first use; nil if that fails. A commit in a database with `synchronous_commit`
  /// set to `on` waits for a standby that does not exist: so a test can hold a COMMIT.
  package static let shared = TestCluster(settings: [
    "fsync=off", "max_connections=400", "synchronous_commit=local", "synchronous_standby_names=nobody",
  ])

  /// The folder of the server's socket.
  private let folder: String

  private init?(settings: [String]) {
    let script = #filePath.split(separator: "/").dropLast(2).reduce("") { $0 + "/" + $1 } + "/Peers/postgresql"
    guard let output = Self.start([script] + settings) else { return nil }
    guard let folder = Self.line(of: output) else { return nil }
    self.folder = folder
  }

  /// The address of a database.
  package func address(_ database: String) throws -> PostgreSQLAddress {
    guard let address = PostgreSQLAddress("postgres://registry@/\(database)?host=\(folder)") else { throw Missing() }
    return address
  }

  /// The error if the server has not started.
  package struct Missing: Error {
    /// Creates the error.
    package init() {}
  }

  /// Starts the script, whose standard input ends with this process. Returns its standard output.
  private static func start(_ arguments: [String]) -> Int32? {
    var (input, output) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    guard unsafe pipe(&input) == 0, unsafe pipe(&output) == 0 else { return nil }
    for descriptor in input + output { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, input[0], 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, output[1], 1)
    let words: [UnsafeMutablePointer<CChar>?] = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process = pid_t()
    let failure = unsafe posix_spawn(&process, arguments[0], &actions, nil, words, environ)
    close(input[0])
    close(output[1])
    return failure == 0 ? output[0] : nil
  }

  private static func line(of descriptor: Int32) -> String? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while unsafe read(descriptor, &byte, 1) == 1 {
      if byte == 10 { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }
}
