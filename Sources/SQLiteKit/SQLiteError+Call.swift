import CSQLite
import Glibc

extension SQLiteError {
  /// Creates the error of a call that has just failed on this connection, or that has not returned
  /// one. Must be the first call on this thread since.
  init(of connection: OpaquePointer?, _ code: Int32, _ operation: Operation, sql: String? = nil) {
    // sqlite3_system_errno() would be the same, but it is not set when a COMMIT fails.
    let number = errno
    guard let connection = unsafe connection else {
      let message = unsafe String(cString: sqlite3_errstr(code))
      self.init(code: SQLiteResultCode(rawValue: code), operation: operation, message: message, sql: sql)
      return
    }
    let extended = unsafe sqlite3_extended_errcode(connection)
    let full = SQLiteResultCode(rawValue: extended & 0xFF == code & 0xFF ? extended : code)
    let isOfSystem = full.primary == .inputOutput || full.primary == .cannotOpen
    self.init(
      code: full, operation: operation, message: unsafe String(cString: sqlite3_errmsg(connection)),
      systemError: isOfSystem ? number : 0, sql: sql)
  }
}
