import Registry
import System
import Text

/// The time of the last backup, in a file next to the database: the command that makes a backup is
/// not the server, and a backup must change nothing in the database.
enum BackupRecord {
  /// Stores the time of the state that the backup contains.
  static func write(_ files: DatabaseFiles, _ time: Timestamp) throws(SystemError) {
    try File.replace(files.lastBackup, with: "\(time)\n", ownedLike: files.database)
  }

  /// Returns the stored time; nil if there was no backup.
  static func read(_ files: DatabaseFiles) -> Timestamp? {
    guard let bytes = try? File.prefix(files.lastBackup, 64) else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "\n").first.flatMap { RFC3339.milliseconds(String($0)) }.map(
      Timestamp.init(milliseconds:))
  }
}
