import PostgreSQLKit
import Registry

extension ICC {
  /// The columns of `init(row:)`, in its order.
  static let columns: PostgreSQLQuery = """
    seq, id, organisation, name, connector_type, status, enabled, user_arn, session_name, bucket_name, prefix, \
    kms_key_arn, external_id, pending_external_id, version, created_at, created_by, updated_at, updated_by, deleted_at, \
    last_verification, description, bucket_owner, alarm_at, held, filenames
    """

  init(row: PostgreSQLRow) throws(PostgreSQLError) {
    guard let connectorType = ConnectorType(rawValue: row.text(4)) else { throw .unreadable("iccs.connector_type") }
    guard let status = ICCStatus(rawValue: row.text(5)) else { throw .unreadable("iccs.status") }
    guard let filenames = Filenames(storedText: row.text(25)) else { throw .unreadable("iccs.filenames") }
    guard let externalID = ExternalID(bytes: row.bytes(12)) else { throw .unreadable("iccs.external_id") }
    self.init(
      id: ICCID(stored: row.text(1)), organisation: OrganisationID(stored: row.text(2)),
      name: ICCName(stored: row.text(3)), connectorType: connectorType, status: status, isEnabled: row.integer(6) != 0,
      userARN: row.textOrNil(7).map(UserARN.init(stored:)), sessionName: SessionName(stored: row.text(8)),
      bucketName: BucketName(stored: row.text(9)), prefix: Prefix(stored: row.text(10)),
      kmsKeyARN: row.textOrNil(11).map(KMSKeyARN.init(stored:)), externalID: externalID,
      pendingExternalID: row.bytesOrNil(13).flatMap(ExternalID.init(bytes:)), version: row.integer(14),
      createdAt: row.timestamp(15), createdBy: Actor(stored: row.text(16)), updatedAt: row.timestamp(17),
      updatedBy: Actor(stored: row.text(18)), deletedAt: row.timestampOrNil(19),
      lastVerification: row.textOrNil(20), description: ICCDescription(stored: row.text(21)),
      bucketOwner: row.textOrNil(22).map(AccountID.init(stored:)),
      sharedRole: row.timestampOrNil(23).map { SharedRoleAlarm(raisedAt: $0, isHeld: row.integer(24) == 1) },
      filenames: filenames)
  }
}
