import CSQLite

/// An extended result code of SQLite (https://sqlite.org/rescode.html).
///
/// Errors are distinguished by code, never by text. In `~=` a primary code matches all of its
/// extended codes, so `case .busy` also matches `SQLITE_BUSY_SNAPSHOT`; an extended code matches
/// only itself.
package struct SQLiteResultCode: RawRepresentable, Hashable, Sendable {
  /// The extended code that SQLite returned.
  package let rawValue: Int32

  /// Creates a code from its number.
  package init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The code without its extension: the low eight bits.
  package var primary: SQLiteResultCode { SQLiteResultCode(rawValue: rawValue & 0xFF) }

  /// Returns true if `code` is `pattern` or one of its extended codes.
  package static func ~= (pattern: SQLiteResultCode, code: SQLiteResultCode) -> Bool {
    code == pattern || code.primary == pattern
  }

  /// The SQL is invalid, or an operation without a code of its own failed.
  package static let error = SQLiteResultCode(rawValue: SQLITE_ERROR)
  /// The statement ran for longer than it may.
  package static let interrupted = SQLiteResultCode(rawValue: SQLITE_INTERRUPT)
  /// The file's permissions do not allow the access.
  package static let permission = SQLiteResultCode(rawValue: SQLITE_PERM)
  /// Another connection held the lock for longer than the busy timeout.
  package static let busy = SQLiteResultCode(rawValue: SQLITE_BUSY)
  /// A read transaction cannot become a write transaction: another connection has written since it
  /// began.
  package static let busySnapshot = SQLiteResultCode(rawValue: SQLITE_BUSY | (2 << 8))
  /// A table is locked within this connection.
  package static let locked = SQLiteResultCode(rawValue: SQLITE_LOCKED)
  /// Out of memory.
  package static let noMemory = SQLiteResultCode(rawValue: SQLITE_NOMEM)
  /// The database, its file or its file system is read-only.
  package static let readOnly = SQLiteResultCode(rawValue: SQLITE_READONLY)
  /// A read, write, sync or lock of the operating system failed.
  package static let inputOutput = SQLiteResultCode(rawValue: SQLITE_IOERR)
  /// A read failed.
  package static let inputOutputRead = SQLiteResultCode(rawValue: SQLITE_IOERR | (1 << 8))
  /// A file is shorter than it must be.
  package static let inputOutputShortRead = SQLiteResultCode(rawValue: SQLITE_IOERR | (2 << 8))
  /// A sync of a file failed.
  package static let inputOutputSync = SQLiteResultCode(rawValue: SQLITE_IOERR | (4 << 8))
  /// A sync of a folder failed.
  package static let inputOutputFolderSync = SQLiteResultCode(rawValue: SQLITE_IOERR | (5 << 8))
  /// The database is malformed.
  package static let corrupt = SQLiteResultCode(rawValue: SQLITE_CORRUPT)
  /// The disk is full.
  package static let full = SQLiteResultCode(rawValue: SQLITE_FULL)
  /// The file cannot be opened.
  package static let cannotOpen = SQLiteResultCode(rawValue: SQLITE_CANTOPEN)
  /// A constraint of the schema was violated.
  package static let constraint = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT)
  /// A `CHECK` constraint was violated.
  package static let constraintCheck = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (1 << 8))
  /// A foreign key was violated.
  package static let constraintForeignKey = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (3 << 8))
  /// A primary key is not unique.
  package static let constraintPrimaryKey = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (6 << 8))
  /// A trigger rejected the change with `RAISE`.
  package static let constraintTrigger = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (7 << 8))
  /// A value in a `UNIQUE` column is not unique.
  package static let constraintUnique = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (8 << 8))
  /// The value's type is not that of its column in a `STRICT` table.
  package static let constraintDataType = SQLiteResultCode(rawValue: SQLITE_CONSTRAINT | (12 << 8))
  /// The operation does not accept the value's type.
  package static let mismatch = SQLiteResultCode(rawValue: SQLITE_MISMATCH)
  /// The library was used incorrectly.
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
