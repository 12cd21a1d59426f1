import OpenSSLKit

/// One step of the schema: a file in `Migrations/`, embedded in the binary.
package struct Migration: Sendable {
  /// The file's number, without gaps: 1 for `0001_init.sql`.
  package let number: Int64
  /// The file's name without `.sql`.
  package let name: String
  /// The SQL script.
  let script: String
  /// The SHA-256 of the file: 32 bytes.
  package let checksum: [UInt8]

  init(_ number: Int64, _ name: String, _ file: [UInt8]) {
    self.number = number
    self.name = name
    script = String(decoding: file, as: UTF8.self)
    checksum = SHA256.digest(of: file)
  }

  /// All migrations, in order. SwiftPM drops the first digit of a file's name, so this list is
  /// written by hand; a test compares it with the folder.
  package static let all = [
    Migration(1, "0001_init", PackageResources._001_init_sql),
    Migration(2, "0002_verifications", PackageResources._002_verifications_sql),
    Migration(3, "0003_reads_within_an_organisation", PackageResources._003_reads_within_an_organisation_sql),
    Migration(
      4, "0004_description_and_bucket_owner", PackageResources._004_description_and_bucket_owner_sql),
    Migration(5, "0005_last_characters_of_tokens", PackageResources._005_last_characters_of_tokens_sql),
    Migration(6, "0006_opaque_numbers", PackageResources._006_opaque_numbers_sql),
    Migration(7, "0007_makers_of_tokens", PackageResources._007_makers_of_tokens_sql),
    Migration(8, "0008_counts", PackageResources._008_counts_sql),
    Migration(9, "0009_held_iccs", PackageResources._009_held_iccs_sql),
    Migration(10, "0010_quotas", PackageResources._010_quotas_sql),
    Migration(11, "0011_filenames", PackageResources._011_filenames_sql),
    Migration(12, "0012_tokens_keep_their_origin", PackageResources._012_tokens_keep_their_origin_sql),
    Migration(13, "0013_usages", PackageResources._013_usages_sql),
    Migration(14, "0014_limits_of_tokens", PackageResources._014_limits_of_tokens_sql),
    Migration(15, "0015_versions_of_organisations", PackageResources._015_versions_of_organisations_sql),
    Migration(16, "0016_iccs_by_change_and_name", PackageResources._016_iccs_by_change_and_name_sql),
    Migration(17, "0017_hand_overs", PackageResources._017_hand_overs_sql),
  ]
}
