/// Why the store could not do what it was asked, told apart by the database's own codes. Nothing was written.
package enum StoreError: Error, Hashable, Sendable {
  /// Another process holds the database for longer than the store waits: try again.
  case busy
  /// The disk, or the quota, is full. Reads go on; writes work again once there is room.
  case full
  /// The file or the file system can only be read.
  case readOnly
  /// The disk failed to read, write or sync.
  case ioFailure
  /// The file is damaged.
  case corrupt
  /// The file is not a database of this registry.
  case notADatabase
  /// The store is closed or closing: the server is draining.
  case closed
  /// The database refused a row that the rules of the domain had let through: a fault of this program.
  case constraint
  /// Any other result code, which the log names.
  case internalFailure
}
