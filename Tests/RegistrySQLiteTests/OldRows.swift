import Registry
import SQLiteKit
import StoreConformance

/// Rows of databases from before the last migrations.
enum OldRows {
  /// Inserts an ICC with the columns of the first migration.
  static func insert(
    _ number: Int, of organisation: String = "default", role: String = "arn", status: String = "unverified",
    deletedAt: Int64 = 0, in connection: SQLiteConnection
  ) throws {
    try connection.run(
      """
      INSERT INTO iccs (id, organisation, name, name_folded, connector_type, status, enabled, user_arn, session_name,
        bucket_name, prefix, external_id, version, created_at, created_by, updated_at, updated_by, deleted_at)
      VALUES (?1, ?2, ?1, ?1, 's3-cross-account', ?3, 1, ?4, 'ab', 'abc', '', ?5, 1, 1, 'x', 1, 'x', nullif(?6, 0))
      """, .text(Samples.iccID(number).text), .text(organisation), .text(status), .text(role),
      .blob(ExternalID.random().bytes), .integer(deletedAt))
  }
}
