import SQLiteKit
import System

/// The reason why a database was not opened, with the action to take. The file was not changed.
package enum StoreOpeningError: Error, Hashable, Sendable {
  /// The database's folder does not exist or cannot be entered.
  case folder(String, reason: String)
  /// The database was initialised before, and is missing.
  case missing(String, marker: String)
  /// The file is empty.
  case empty(String)
  /// The file is not an SQLite database, or it belongs to another program.
  case foreign(String)
  /// The file is damaged.
  case damaged(String, detail: String)
  /// A newer version of this program has migrated it.
  case newer(String, migration: String)
  /// An applied migration differs from this program's migration of the same number.
  case migrationEdited(String, migration: String)
  /// Its tables, indexes or triggers are not those that its migrations create.
  case schemaChanged(String, difference: String)
  /// The file does not exist, and the command does not create it.
  case notCreated(String)
  /// The path leads to a folder, a pipe or a device.
  case notAFile(String)
  /// It needs migrations that cannot be applied while a server has it open.
  case migrationsPending(String)
  /// Another server has it open.
  case inUse(String, lock: String)
  /// The file or its file system is read-only.
  case readOnly(String)
  /// The disk is full.
  case full(String)
  /// Any other error, with the message of the system or of SQLite.
  case failed(String, reason: String)
}

extension StoreOpeningError: CustomStringConvertible {
  /// One line for the operator.
  package var description: String {
    switch self {
    case .folder(let folder, let reason):
      "cannot use the folder \(folder): \(reason). Create it, or choose another file with --database."
    case .missing(let file, let marker):
      "the database \(file) is missing, but \(marker) shows that it existed. Put it back, or restore a backup with "
        + "`icc-registry restore FILE`. To start with an empty database and lose its data, remove \(marker) too."
    case .empty(let file):
      "the database file \(file) is empty. Restore a backup with `icc-registry restore FILE`. To start with an empty "
        + "database, remove the file and \(file)\(DatabaseFiles.markerSuffix)."
    case .foreign(let file):
      "\(file) is not a database of icc-registry. Choose another file with --database."
    case .damaged(let file, let detail):
      "the database \(file) is damaged (\(detail)). Restore a backup with `icc-registry restore FILE`."
    case .newer(let file, let migration):
      "the database \(file) is newer than this program: it has the migration \(migration). Use the newer version."
    case .migrationEdited(let file, let migration):
      "the migration \(migration) in \(file) differs from this program's. Use the version that created the "
        + "database: an applied migration must never be edited."
    case .schemaChanged(let file, let difference):
      "the schema of the database \(file) was changed by another program: \(difference). Restore a backup with "
        + "`icc-registry restore FILE`."
    case .notCreated(let file):
      "the database \(file) does not exist. Choose another file with --database, or create it with "
        + "`icc-registry migrate`."
    case .notAFile(let file):
      "\(file) is not a regular file. Choose another file with --database."
    case .migrationsPending(let file):
      "the database \(file) needs a migration, and a server has it open. Stop the server, then run "
        + "`icc-registry migrate`."
    case .inUse(let file, let lock):
      "another icc-registry has the database \(file) open (it holds \(lock)). Stop that one first."
    case .readOnly(let file):
      "the database \(file) is read-only. Give this user permission to write to it and its folder."
    case .full(let file):
      "the disk of the database \(file) is full. Free some space, then try again."
    case .failed(let file, let reason):
      "cannot open the database \(file): \(reason)"
    }
  }
}

extension StoreOpeningError {
  init(_ error: SQLiteError, _ file: String) {
    switch error.code {
    case .corrupt: self = .damaged(file, detail: error.message)
    case .notADatabase: self = .damaged(file, detail: error.message)
    case .readOnly: self = .readOnly(file)
    case .full: self = .full(file)
    default: self = Self.known(error.systemError, file) ?? .failed(file, reason: error.description)
    }
  }

  init(_ error: SystemError, _ file: String) {
    self = Self.known(error.number, file) ?? .failed(file, reason: error.description)
  }

  private static func known(_ number: Int32, _ file: String) -> StoreOpeningError? {
    switch SystemError.kind(of: number) {
    case .noSpace: .full(file)
    case .readOnly: .readOnly(file)
    case nil: nil
    }
  }

  /// Returns the result of `body`, and converts an SQLite error to the reason why `file` was not
  /// opened.
  static func translating<Value>(
    _ file: String, _ body: () throws(SQLiteError) -> Value
  ) throws(StoreOpeningError) -> Value {
    do { return try body() } catch { throw StoreOpeningError(error, file) }
  }

  /// Returns the result of `body`, and converts a failed system call to the reason why `file` was
  /// not opened.
  static func translatingFiles<Value>(
    _ file: String, _ body: () throws(SystemError) -> Value
  ) throws(StoreOpeningError) -> Value {
    do { return try body() } catch { throw StoreOpeningError(error, file) }
  }
}
