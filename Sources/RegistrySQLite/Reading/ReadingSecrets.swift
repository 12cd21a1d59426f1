import Registry
import SQLiteKit

extension SQLiteReader {
  func cursorKey() throws(StoreError) -> [UInt8] {
    try mappingErrors { () throws(SQLiteError) in
      guard let key = try connection.first("SELECT value FROM secrets WHERE name = 'cursors'", [], { $0.blob(0) })
      else {
        throw .unreadable("secrets.cursors")
      }
      return key
    }
  }
}
