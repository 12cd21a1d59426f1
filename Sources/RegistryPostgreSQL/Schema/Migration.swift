import EmbeddedFiles
import OpenSSLKit

/// One step of the schema: a file in `Migrations/postgresql/`, embedded in the binary.
package struct Migration: Sendable {
  /// The file's number, without gaps: 1 for `0001_init.sql`.
  package let number: Int64
  /// The file's name without `.sql`.
  package let name: String
  /// The SQL script.
  let script: String
  /// The SHA-256 of the file: 32 bytes.
  let checksum: [UInt8]

  private init(_ number: Int64, _ name: String, _ file: [UInt8]) {
    self.number = number
    self.name = name
    script = String(decoding: file, as: UTF8.self)
    checksum = SHA256.digest(of: file)
  }

  /// All migrations, in order.
  package static let all = EmbeddedFile.postgreSQLMigrations.enumerated().map { index, file in
    Migration(Int64(index + 1), String(file.path.dropLast(".sql".count)), file.content)
  }
}
