import CSQLite

/// An extended result code of SQLite (https://sqlite.org/rescode.html).
///
/// A fault is told apart by its code and never by its text. `~=` matches a primary code against every extended code
/// below it, so `case .busy` also takes `SQLITE_BUSY_SNAPSHOT`, while an extended code matches itself alone.
package struct SQLiteResultCode: RawRepresentable, Hashable, Sendable {
  /// The extended code as SQLite reports it.
  package let rawValue: Int32

  /// The code with the given number.
  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The code without its extension: the low eight bits.
  package var primary: SQLiteResultCode { SQLiteResultCode(rawValue: rawValue & 0xFF) }

  /// Whether `code` is `pattern` or, where `pattern` is a primary code, one of its extensions.
  package static func ~= (pattern: SQLiteResultCode, code: SQLiteResultCode) -> Bool {
    code == pattern || code.primary == pattern
  }

  /// Success.
  package static let ok = SQLiteResultCode(rawValue: SQLITE_OK)
  /// A step has a row.
  package static let row = SQLiteResultCode(rawValue: SQLITE_ROW)
  /// A statement is finished.
  package static let done = SQLiteResultCode(rawValue: SQLITE_DONE)
  /// The SQL is wrong, or an operation that SQLite has no better word for failed.
  package static let error = SQLiteResultCode(rawValue: SQLITE_ERROR)
  /// A file that may not be read or written.
  package static let permission = SQLiteResultCode(rawValue: SQLITE_PERM)
  /// Another connection holds the lock longer than the busy timeout.
  package static let busy = SQLiteResultCode(rawValue: SQLITE_BUSY)
  /// A read transaction cannot become a write transaction: another connection has written since.
  package static let busySnapshot = SQLiteResultCode(rawValue: SQLITE_BUSY | (2 << 8))
  /// A table is locked inside this connection.
  package static let locked = SQLiteResultCode(rawValue: SQLITE_LOCKED)
  /// No memory.
  package static let noMemory = SQLiteResultCode(rawValue: SQLITE_NOMEM)
  /// The database, its file or its file system may not be written.
  package static let readOnly = SQLiteResultCode(rawValue: SQLITE_READONLY)
  /// Interrupted by the caller.
  package static let interrupt = SQLiteResultCode(rawValue: SQLITE_INTERRUPT)
  /// The operating system failed a read, write, sync or lock.
  package static let inputOutput = SQLiteResultCode(rawValue: SQLITE_IOERR)
  /// The database is malformed.
  package static let corrupt = SQLiteResultCode(rawValue: SQLITE_CORRUPT)
  /// The disk is full.
  package static let full = SQLiteResultCode(rawValue: SQLITE_FULL)
  /// The file cannot be opened.
  package static let cannotOpen = SQLiteResultCode(rawValue: SQLITE_CANTOPEN)
  /// The schema changed under a statement more often than SQLite would prepare it again.
  package static let schema = SQLiteResultCode(rawValue: SQLITE_SCHEMA)
  /// A value is larger than SQLite's limit.
  package static let tooBig = SQLiteResultCode(rawValue: SQLITE_TOOBIG)
  /// A constraint of the schema was violated.
  package static let constraint = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT)
  /// A `CHECK` constraint was violated.
  package static let constraintCheck = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (1 << 8))
  /// A foreign key was violated.
  package static let constraintForeignKey = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (3 << 8))
  /// A `NOT NULL` constraint was violated.
  package static let constraintNotNull = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (5 << 8))
  /// A primary key was used twice.
  package static let constraintPrimaryKey = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (6 << 8))
  /// A trigger refused the change with `RAISE`.
  package static let constraintTrigger = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (7 << 8))
  /// A value of a `UNIQUE` column was used twice.
  package static let constraintUnique = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (8 << 8))
  /// A value has another type than its column of a `STRICT` table.
  package static let constraintDataType = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (12 << 8))
  /// A value has a type that the operation does not take.
  package static let mismatch = SQLiteResultCode(rawValue: SQLITE_MISMATCH)
  /// The library was called in a way that it does not allow.
  package static let misuse = SQLiteResultCode(rawValue: SQLITE_MISUSE)
  /// A parameter's index is out of range.
  package static let range = SQLiteResultCode(rawValue: SQLITE_RANGE)
  /// The file is not a database.
  package static let notADatabase = SQLiteResultCode(rawValue: SQLITE_NOTADB)
}

extension SQLiteResultCode: CustomStringConvertible {
  /// The name of the primary code and the extended number, for the log.
  package var description: String {
    let name = Self.names[primary.rawValue] ?? "SQLITE"
    return rawValue == primary.rawValue ? name : "\(name)(\(rawValue))"
  }

  private static let names: [Int32: String] = [
    SQLITE_OK: "SQLITE_OK", SQLITE_ERROR: "SQLITE_ERROR", SQLITE_PERM: "SQLITE_PERM", SQLITE_BUSY: "SQLITE_BUSY",
    SQLITE_LOCKED: "SQLITE_LOCKED", SQLITE_NOMEM: "SQLITE_NOMEM", SQLITE_READONLY: "SQLITE_READONLY",
    SQLITE_INTERRUPT: "SQLITE_INTERRUPT", SQLITE_IOERR: "SQLITE_IOERR", SQLITE_CORRUPT: "SQLITE_CORRUPT",
    SQLITE_FULL: "SQLITE_FULL", SQLITE_CANTOPEN: "SQLITE_CANTOPEN", SQLITE_SCHEMA: "SQLITE_SCHEMA",
    SQLITE_TOOBIG: "SQLITE_TOOBIG", SQLITE_CONSTRAINT: "SQLITE_CONSTRAINT", SQLITE_MISMATCH: "SQLITE_MISMATCH",
    SQLITE_MISUSE: "SQLITE_MISUSE", SQLITE_RANGE: "SQLITE_RANGE", SQLITE_NOTADB: "SQLITE_NOTADB",
    SQLITE_ROW: "SQLITE_ROW", SQLITE_DONE: "SQLITE_DONE",
  ]
}
