import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  func insert(_ organisation: Organisation) throws(StoreError) {
    try change(
      """
      INSERT INTO organisations (id, name, created_at, created_by)
      VALUES (\(organisation.id.text), \(organisation.name), \(organisation.createdAt.milliseconds),
        \(organisation.createdBy.text))
      """)
  }

  func update(_ organisation: Organisation) throws(StoreError) {
    try changeOne(
      """
      UPDATE organisations SET name = \(organisation.name), version = \(organisation.version)
      WHERE id = \(organisation.id.text) AND version = \(organisation.version &- 1) AND deleted_at IS NULL
      """, orRefuse: "the organisation to rename does not exist, or the change does not have its next version")
  }

  func delete(_ organisation: Organisation, at time: Timestamp) throws(StoreError) {
    let id = organisation.id.text
    try changeOne(
      """
      UPDATE organisations SET deleted_at = \(time.milliseconds), version = \(organisation.version)
      WHERE id = \(id) AND version = \(organisation.version &- 1) AND deleted_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM iccs WHERE organisation = \(id) AND deleted_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM tokens WHERE organisation = \(id) AND revoked_at IS NULL
          AND (expires_at IS NULL OR expires_at > \(time.milliseconds)))
      """, orRefuse: "the organisation to delete is in use or does not exist")
  }
}
