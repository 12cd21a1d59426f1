/// The kind of an error, by its SQLSTATE code
/// (https://www.postgresql.org/docs/15/errcodes-appendix.html). Never decided by a message.
package enum PostgreSQLState: Hashable, Sendable {
  /// libpq is not installed.
  case libraryMissing
  /// The server cannot be reached, or the connection ended; also the rest of class 08.
  case connectionLost
  /// The server or a pooler does not accept a request of this kind (08P01).
  case protocolViolated
  /// The server has not answered within the time limit of the connection.
  case deadlineExceeded
  /// The server rejects the user or the password (class 28).
  case notAuthorised
  /// The database does not exist (3D000).
  case databaseUnknown
  /// The server is starting, stopping, or was told to end the connection (57P01 to 57P05, 25P03).
  case serverStopping
  /// The server has no connection to spare (53300).
  case tooManyConnections
  /// The disk is full (53100).
  case diskFull
  /// Memory or another resource is exhausted (rest of class 53).
  case outOfResources
  /// A change in a read-only transaction or on a standby (25006).
  case readOnly
  /// A statement in a transaction that an error has ended (25P02).
  case transactionFailed
  /// A lock was not granted in time (55P03), or a deadlock or conflict ended the transaction
  /// (class 40).
  case notLocked
  /// A statement took longer than its time limit, or was cancelled (57014).
  case cancelled
  /// A row violates a constraint (class 23), or a value is too long or malformed (class 22).
  case constraint
  /// A prepared statement does not exist (26000), or one of this name exists already (42P05).
  case statementUnknown
  /// A table does not exist (42P01).
  case tableUnknown
  /// The role lacks a permission (42501).
  case notPermitted
  /// A file of the database cannot be read or written (58030).
  case ioFailure
  /// A page or an index is damaged (XX001, XX002).
  case corrupt
  /// Any other code.
  case other(String)

  /// Creates the kind of a code: five ASCII characters.
  package init(code: String) {
    switch code {
    case "08P01": self = .protocolViolated
    case "3D000": self = .databaseUnknown
    case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03": self = .serverStopping
    case "53300": self = .tooManyConnections
    case "53100": self = .diskFull
    case "25006": self = .readOnly
    case "25P02": self = .transactionFailed
    case "55P03": self = .notLocked
    case "57014": self = .cancelled
    case "26000", "42P05": self = .statementUnknown
    case "42P01": self = .tableUnknown
    case "42501": self = .notPermitted
    case "58030": self = .ioFailure
    case "XX001", "XX002": self = .corrupt
    default: self = Self.classes[String(code.prefix(2))] ?? .other(code)
    }
  }

  private static let classes: [String: PostgreSQLState] = [
    "08": .connectionLost, "22": .constraint, "23": .constraint, "28": .notAuthorised, "40": .notLocked,
    "53": .outOfResources,
  ]
}
