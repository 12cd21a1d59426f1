import Registry
import SQLiteKit

extension SQLiteWriter {
  func insert(_ organisation: Organisation) throws(StoreError) {
    try change(
      "INSERT INTO organisations (id, name, created_at, created_by) VALUES (?, ?, ?, ?)",
      [
        .text(organisation.id.text), .text(organisation.name), .integer(organisation.createdAt.milliseconds),
        .text(organisation.createdBy.text),
      ])
  }

  func update(_ organisation: Organisation) throws(StoreError) {
    try changeOne(
      "UPDATE organisations SET name = ?2, version = ?3 WHERE id = ?1 AND version = ?3 - 1 AND deleted_at IS NULL",
      [.text(organisation.id.text), .text(organisation.name), .integer(organisation.version)],
      orRefuse: "the organisation to rename does not exist, or the change does not have its next version")
  }

  func delete(_ organisation: Organisation, at time: Timestamp) throws(StoreError) {
    try changeOne(
      """
      UPDATE organisations SET deleted_at = ?2, version = ?3
        WHERE id = ?1 AND version = ?3 - 1 AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM iccs WHERE organisation = ?1 AND deleted_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM tokens WHERE organisation IS NOT NULL AND organisation = ?1
          AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?2))
      """, [.text(organisation.id.text), .integer(time.milliseconds), .integer(organisation.version)],
      orRefuse: "the organisation to delete is in use or does not exist")
  }
}
