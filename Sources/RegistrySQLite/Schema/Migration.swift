import OpenSSLKit

/// One step of the schema: a file of `Migrations/`, embedded in the binary.
package struct Migration: Sendable {
  /// The file's number: 1 for `0001_init.sql`, without gaps.
  package let number: Int64
  /// The file's name without `.sql`.
  package let name: String
  /// What it does.
  let script: String
  /// The 32 bytes of SHA-256 over the file.
  package let checksum: [UInt8]

  init(_ number: Int64, _ name: String, _ file: [UInt8]) {
    self.number = number
    self.name = name
    script = String(decoding: file, as: UTF8.self)
    checksum = SHA256.digest(of: file)
  }

  /// All of them, in order. SwiftPM drops the first digit of a file's name, so the list is kept by hand; a test holds it
  /// against the folder.
  package static let all = [
    Migration(1, "0001_init", PackageResources._001_init_sql),
    Migration(2, "0002_verifications", PackageResources._002_verifications_sql),
    Migration(3, "0003_reads_within_an_organisation", PackageResources._003_reads_within_an_organisation_sql),
  ]
}
