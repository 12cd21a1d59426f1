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
  package static let all = [
    Migration(1, "0001_init", PackageResources._001_init_sql),
    Migration(2, "0002_hand_overs", PackageResources._002_hand_overs_sql),
    Migration(3, "0003_leases", PackageResources._003_leases_sql),
  ]
}
