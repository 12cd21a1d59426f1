import Glibc
import SQLiteKit
import System

/// Why a database is not opened: each says what was found and what to do. Nothing in the file was changed.
package enum StoreOpeningError: Error, Hashable, Sendable {
  /// The folder that the database should be in does not exist or may not be entered.
  case folder(String, reason: String)
  /// The database was initialised once and is gone.
  case missing(String, marker: String)
  /// The file is there and has no content.
  case empty(String)
  /// The file is no SQLite database, or is another program's.
  case foreign(String)
  /// The file is damaged.
  case damaged(String, detail: String)
  /// A newer version of this program has worked on it.
  case newer(String, migration: String)
  /// A migration was applied to it whose text is another than this program's.
  case migrationEdited(String, migration: String)
  /// It needs migrations that this command may not apply now.
  case migrationsPending(String)
  /// Another server has it open.
  case inUse(String, lock: String)
  /// The file or its file system can only be read.
  case readOnly(String)
  /// The disk is full.
  case full(String)
  /// Anything else, with what the system or SQLite said of it.
  case failed(String, reason: String)
}

extension StoreOpeningError: CustomStringConvertible {
  /// One line for whoever started the program.
  package var description: String {
    switch self {
    case .folder(let folder, let reason):
      "cannot use the folder \(folder): \(reason). Make it, or name another with --database."
    case .missing(let file, let marker):
      "the database \(file) is gone, though it was initialised once (\(marker) says so). Bring it back, or restore a "
        + "backup with `icc-registry restore FILE`. To start afresh and give up what it held, remove \(marker) too."
    case .empty(let file):
      "the database \(file) is empty. Restore a backup with `icc-registry restore FILE`. To start afresh, remove the "
        + "file and the \(DatabaseFiles.markerSuffix) file beside it."
    case .foreign(let file):
      "\(file) is not a database of icc-registry. Name another file with --database."
    case .damaged(let file, let detail):
      "the database \(file) is damaged (\(detail)). Restore a backup with `icc-registry restore FILE`."
    case .newer(let file, let migration):
      "the database \(file) is newer than this program: it has the migration \(migration). Use the newer program."
    case .migrationEdited(let file, let migration):
      "the migration \(migration) was applied to \(file) with another text than this program has. Use the program that "
        + "made the database; an applied migration must never be edited."
    case .migrationsPending(let file):
      "the database \(file) needs a migration, and a server has it open. Stop the server, then run `icc-registry migrate`."
    case .inUse(let file, let lock):
      "another icc-registry has the database \(file) open (it holds \(lock)). Stop that one first."
    case .readOnly(let file):
      "the database \(file) can only be read. Give this user the right to write it and its folder."
    case .full(let file):
      "there is no room on the disk of the database \(file). Make some, and start again."
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
    default: self = .failed(file, reason: error.description)
    }
  }

  init(_ error: SystemError, _ file: String) {
    switch error.number {
    case EROFS, EACCES, EPERM: self = .readOnly(file)
    case ENOSPC, EDQUOT: self = .full(file)
    default: self = .failed(file, reason: error.description)
    }
  }

  /// What `body` gives; a failed call of SQLite becomes the reason why `file` is not opened.
  static func translating<Value>(
    _ file: String, _ body: () throws(SQLiteError) -> Value
  ) throws(StoreOpeningError) -> Value {
    do { return try body() } catch { throw StoreOpeningError(error, file) }
  }

  /// What `body` gives; a failed system call becomes the reason why `file` is not opened.
  static func translatingFiles<Value>(
    _ file: String, _ body: () throws(SystemError) -> Value
  ) throws(StoreOpeningError) -> Value {
    do { return try body() } catch { throw StoreOpeningError(error, file) }
  }
}
