import CLibpq
import Glibc
import System

/// A connection to a server. It has one owner, which uses it on one thread at a time.
///
/// No call waits for longer than the time limit: the answer is read with poll(2) and not by a
/// blocking call. A connection whose server has not answered in time is closed: what it would send
/// later belongs to no call.
@safe package final class PostgreSQLConnection {
  /// The limits and the name of a connection.
  package struct Options: Sendable {
    /// The seconds in which each host must accept the connection; at least 2.
    package var connectSeconds = 5
    /// The maximum time of a statement in milliseconds.
    package var statementMilliseconds = 30_000
    /// The name that `pg_stat_activity` shows.
    package var name = "icc-registry"
    /// The servers to accept, of those that the URI names: a value of `target_session_attrs`.
    package var servers = "read-write"

    /// The defaults.
    package init() {}
  }

  private let library: clibpq
  private var connection: OpaquePointer?
  private var statements: [String: String] = [:]
  /// The maximum time of each of the following statements in milliseconds.
  package var statementMilliseconds: Int

  /// The maximum number of prepared statements. Lists with many filters have many texts.
  private static let maxStatements = 200

  /// Connects. The URI's own parameters have precedence over the defaults here.
  package init(_ address: PostgreSQLAddress, _ options: Options = Options()) throws(PostgreSQLError) {
    guard let library = PostgreSQLLibrary.shared else {
      throw PostgreSQLError(.libraryMissing, "libpq.so.5 is not installed")
    }
    self.library = library.functions
    statementMilliseconds = options.statementMilliseconds
    // The server of a lost host neither answers nor resets: keepalives notice it within 20 s, and
    // tcp_user_timeout what was sent and not acknowledged.
    let settings = [
      ("connect_timeout", String(options.connectSeconds)), ("tcp_user_timeout", "10000"), ("keepalives_idle", "5"),
      ("keepalives_interval", "5"), ("keepalives_count", "3"), ("target_session_attrs", options.servers),
      ("application_name", options.name), ("dbname", address.uri), ("client_encoding", "UTF8"),
    ]
    unsafe connection = unsafe Self.connect(library.functions, settings)
    guard let connection = unsafe connection, unsafe library.functions.status(connection) == 0 else {
      let error = unsafe Self.connectionError(library.functions, self.connection)
      close()
      throw error
    }
    unsafe clibpq_ignore_notices(library.functions, connection)
    _ = unsafe library.functions.setnonblocking(connection, 1)
  }

  deinit { close() }

  /// Ends the connection. Every later call throws `connectionLost`.
  package func close() {
    if let connection = unsafe connection { unsafe library.finish(connection) }
    unsafe connection = nil
    statements = [:]
  }

  /// True while the connection has not failed.
  package var isOpen: Bool {
    guard let connection = unsafe connection else { return false }
    return unsafe library.status(connection) == Int32(CLIBPQ_CONNECTION_OK)
  }

  /// True in a transaction that no error has ended.
  package var isInTransaction: Bool {
    guard let connection = unsafe connection else { return false }
    return unsafe library.transactionStatus(connection) == Int32(CLIBPQ_IN_TRANSACTION)
  }

  /// The number of the server's version, such as 150018.
  package var serverVersion: Int {
    guard let connection = unsafe connection else { return 0 }
    return unsafe Int(library.serverVersion(connection))
  }

  /// Runs statements without values, separated by semicolons; several are one transaction.
  package func run(script: String) throws(PostgreSQLError) {
    _ = try unsafe result(script) { connection in
      unsafe script.withCString { unsafe library.sendQuery(connection, $0) }
    }
  }

  /// Runs a change and returns the number of rows that it affected.
  @discardableResult
  package func run(_ query: PostgreSQLQuery) throws(PostgreSQLError) -> Int {
    try execute(query).changes
  }

  /// Returns what `read` makes of each row.
  package func rows<Value>(
    _ query: PostgreSQLQuery, _ read: (PostgreSQLRow) throws(PostgreSQLError) -> Value
  ) throws(PostgreSQLError) -> [Value] {
    let result = try execute(query)
    var values: [Value] = []
    values.reserveCapacity(Int(result.count))
    for index in 0..<result.count { values.append(try read(PostgreSQLRow(result: result, index: index))) }
    return values
  }

  /// Returns what `read` makes of the first row; nil if there is none.
  package func first<Value>(
    _ query: PostgreSQLQuery, _ read: (PostgreSQLRow) throws(PostgreSQLError) -> Value
  ) throws(PostgreSQLError) -> Value? {
    let result = try execute(query)
    return result.count == 0 ? nil : try read(PostgreSQLRow(result: result, index: 0))
  }

  private func execute(_ query: PostgreSQLQuery) throws(PostgreSQLError) -> PostgreSQLResult {
    let (text, values) = query.rendered
    let parameters = try PostgreSQLParameters(values, text)
    let name = try prepare(text)
    return try unsafe result(text) { connection in
      unsafe parameters.withPointers { count, values, lengths, formats in
        unsafe library.sendQueryPrepared(connection, name, count, values, lengths, formats, 1)
      }
    }
  }

  /// Returns the name of the prepared statement with this text.
  private func prepare(_ text: String) throws(PostgreSQLError) -> String {
    if let name = statements[text] { return name }
    if statements.count >= Self.maxStatements {
      try run(script: "DEALLOCATE ALL")
      statements = [:]
    }
    let name = "s\(statements.count)"
    _ = try unsafe result(text) { connection in unsafe library.sendPrepare(connection, name, text, 0, nil) }
    statements[text] = name
    return name
  }

  /// Sends a request and returns its result.
  private func result(
    _ statement: String, _ send: (OpaquePointer) -> Int32
  ) throws(PostgreSQLError) -> PostgreSQLResult {
    guard let connection = unsafe connection else { throw PostgreSQLError(.connectionLost, "the connection is closed") }
    let deadline = Instant.now.advanced(milliseconds: statementMilliseconds)
    guard unsafe send(connection) == 1 else { throw lost(statement) }
    try flush(until: deadline, statement)
    var last: PostgreSQLResult?
    while let result = try next(until: deadline, statement) {
      // The first error of a script is the one that counts.
      if last?.succeeded != false { last = result }
    }
    guard let result = last else { throw lost(statement) }
    guard !result.succeeded else { return result }
    guard isOpen || result.code != nil else { throw lost(statement) }
    throw PostgreSQLError(
      result.code.map(PostgreSQLState.init(code:)) ?? .other(""), result.message ?? "", statement: statement)
  }

  private func flush(until deadline: Instant, _ statement: String) throws(PostgreSQLError) {
    while let connection = unsafe connection {
      switch unsafe library.flush(connection) {
      case 0: return
      case 1:
        try wait(for: POLLIN | POLLOUT, until: deadline, statement)
        // The server may send while it does not read.
        if unsafe library.consumeInput(connection) == 0 { throw lost(statement) }
      default: throw lost(statement)
      }
    }
  }

  private func next(until deadline: Instant, _ statement: String) throws(PostgreSQLError) -> PostgreSQLResult? {
    guard let connection = unsafe connection else { return nil }
    while unsafe library.isBusy(connection) != 0 {
      try wait(for: POLLIN, until: deadline, statement)
      // A failure gives a last result with the server's own message, if it has sent one.
      if unsafe library.consumeInput(connection) == 0 { break }
    }
    return unsafe library.getResult(connection).map { unsafe PostgreSQLResult(library, $0) }
  }

  private func wait(for events: Int32, until deadline: Instant, _ statement: String) throws(PostgreSQLError) {
    guard let connection = unsafe connection else { return }
    let left = Int32(clamping: Instant.now.milliseconds(until: deadline))
    if left > 0, Descriptor.poll(unsafe library.socket(connection), events, milliseconds: left) { return }
    close()
    throw PostgreSQLError(
      .deadlineExceeded, "no answer within \(statementMilliseconds) ms", statement: statement)
  }

  private func lost(_ statement: String) -> PostgreSQLError {
    let error = unsafe Self.connectionError(library, connection)
    close()
    return PostgreSQLError(.connectionLost, error.message, statement: statement)
  }

  @unsafe private static func connectionError(_ library: clibpq, _ connection: OpaquePointer?) -> PostgreSQLError {
    guard let connection = unsafe connection, let text = unsafe library.errorMessage(connection) else {
      return PostgreSQLError(.connectionLost, "the connection was closed")
    }
    let lines = unsafe String(cString: text).split(separator: "\n")
    return PostgreSQLError(.connectionLost, lines.joined(separator: " "))
  }

  @unsafe private static func connect(_ library: clibpq, _ settings: [(String, String)]) -> OpaquePointer? {
    let keywords = unsafe settings.map { unsafe strdup($0.0) }
    let values = unsafe settings.map { unsafe strdup($0.1) }
    defer { unsafe (keywords + values).forEach { unsafe free($0) } }
    let names: [UnsafePointer<CChar>?] = unsafe keywords.map { unsafe UnsafePointer($0) } + [nil]
    let texts: [UnsafePointer<CChar>?] = unsafe values.map { unsafe UnsafePointer($0) } + [nil]
    return unsafe library.connectdbParams(names, texts, 1)
  }
}
