import Registry
import SQLiteKit

extension SQLiteWriter {
  func insert(_ icc: ICC) throws(StoreError) {
    try change(
      """
      INSERT INTO iccs (id, organisation, connector_type, created_at, created_by, name, name_folded, status, enabled,
        user_arn, session_name, bucket_name, prefix, kms_key_arn, external_id, pending_external_id, version, updated_at,
        updated_by, deleted_at, last_verification, description, bucket_owner, alarm_at, held, filenames)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .text(icc.id.text), .text(icc.organisation.text), .text(icc.connectorType.rawValue),
        .integer(icc.createdAt.milliseconds), .text(icc.createdBy.text),
      ] + changeable(icc))
    let row = connection.lastInsertedRow
    try issue(icc.externalID, .live, row, icc.createdAt)
    if let pending = icc.pendingExternalID { try issue(pending, .pending, row, icc.createdAt) }
  }

  func update(_ icc: ICC) throws(StoreError) {
    let row = try row(of: icc)
    try changeOne(
      """
      UPDATE iccs SET name = ?, name_folded = ?, status = ?, enabled = ?, user_arn = ?, session_name = ?,
        bucket_name = ?, prefix = ?, kms_key_arn = ?, external_id = ?, pending_external_id = ?, version = ?,
        updated_at = ?, updated_by = ?, deleted_at = ?, last_verification = ?, description = ?, bucket_owner = ?,
        alarm_at = ?, held = ?, filenames = ?
        WHERE seq = ? AND organisation = ? AND version = ?
      """,
      changeable(icc) + [.integer(row), .text(icc.organisation.text), .integer(icc.version &- 1)],
      orRefuse: "the change of an ICC does not have its next version")
    try updateExternalIDs(of: icc, row)
  }

  /// Returns the row number of an existing ICC in its organisation.
  func row(of icc: ICC) throws(StoreError) -> Int64 {
    let row = try mappingErrors { () throws(SQLiteError) in
      try connection.integer(
        "SELECT seq FROM iccs WHERE id = ? AND organisation = ?", .text(icc.id.text), .text(icc.organisation.text))
    }
    guard let row else { throw rejection("the ICC to change does not exist") }
    return row
  }

  /// The fields that can change, in the order of both statements.
  private func changeable(_ icc: ICC) -> [SQLiteValue] {
    [
      .text(icc.name.text), .text(icc.name.text.folded), .text(icc.status.rawValue), .bool(icc.isEnabled),
      .text(orNull: icc.userARN?.text), .text(icc.sessionName.text), .text(icc.bucketName.text),
      .text(icc.prefix.text), .text(orNull: icc.kmsKeyARN?.text), .blob(icc.externalID.bytes),
      .blob(orNull: icc.pendingExternalID?.bytes), .integer(icc.version), .integer(icc.updatedAt.milliseconds),
      .text(icc.updatedBy.text), .integer(orNull: icc.deletedAt?.milliseconds), .text(orNull: icc.lastVerification),
      .text(icc.description.text), .text(orNull: icc.bucketOwner?.text),
      .integer(orNull: icc.sharedRole?.raisedAt.milliseconds), .bool(icc.isHeld), .text(icc.filenames.storedText),
    ]
  }

  func rejection(_ reason: String) -> StoreError {
    let error = SQLiteError.rejected(reason)
    observer(error)
    return StoreError(error)
  }
}
