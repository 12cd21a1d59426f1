/// An Import Connector Config: what a customer set up at InfoSum so that data can be imported from
/// the customer's bucket.
package struct ICC: Equatable, Sendable {
  /// Its identifier, for ever.
  package let id: ICCID
  /// The organisation that it belongs to, for ever.
  package let organisation: OrganisationID
  /// Unique among the organisation's live ICCs, ignoring case.
  package internal(set) var name: ICCName
  /// Its purpose, in the customer's words.
  package internal(set) var description: ICCDescription
  /// The kind of storage from which it imports.
  package let connectorType: ConnectorType
  /// The state of its connection, as far as it is known.
  package internal(set) var status: ICCStatus
  /// True if import workers may use it.
  package internal(set) var isEnabled: Bool
  /// The customer's role; nil in a draft.
  package internal(set) var userARN: UserARN?
  /// The session name of InfoSum's side.
  package internal(set) var sessionName: SessionName
  /// The bucket.
  package internal(set) var bucketName: BucketName
  /// The account that owns the bucket; nil if it is the role's.
  package internal(set) var bucketOwner: AccountID?
  /// The part of the bucket.
  package internal(set) var prefix: Prefix
  /// The files under the prefix.
  package internal(set) var filenames: Filenames
  /// The key that encrypts the bucket, if the customer has one.
  package internal(set) var kmsKeyARN: KMSKeyARN?
  /// The external ID that InfoSum sends.
  package internal(set) var externalID: ExternalID
  /// The one that a rotation makes current when it is promoted; nil if no rotation is in progress.
  package internal(set) var pendingExternalID: ExternalID?
  /// 1 at first, one more at every change.
  package internal(set) var version: Int64
  /// The time at which it was created.
  package let createdAt: Timestamp
  /// The actor that created it.
  package let createdBy: Actor
  /// The time at which it was changed last; never before `createdAt`.
  package internal(set) var updatedAt: Timestamp
  /// The actor that changed it last.
  package internal(set) var updatedBy: Actor
  /// The time at which it was deleted; nil while it lives.
  package internal(set) var deletedAt: Timestamp?
  /// The result of the last verification, as `Verification.text` has it; nil before the first. The
  /// store keeps it unchanged.
  package internal(set) var lastVerification: String?
  /// The alarm about its role, or nil. The representation for its organisation does not contain it.
  package internal(set) var sharedRole: SharedRoleAlarm?

  /// An ICC of the given parts, read back from the store or made by the rules of the lifecycle.
  package init(
    id: ICCID, organisation: OrganisationID, name: ICCName, connectorType: ConnectorType, status: ICCStatus,
    isEnabled: Bool, userARN: UserARN?, sessionName: SessionName, bucketName: BucketName, prefix: Prefix,
    kmsKeyARN: KMSKeyARN?, externalID: ExternalID, pendingExternalID: ExternalID?, version: Int64,
    createdAt: Timestamp, createdBy: Actor, updatedAt: Timestamp, updatedBy: Actor, deletedAt: Timestamp?,
    lastVerification: String? = nil, description: ICCDescription = .none, bucketOwner: AccountID? = nil,
    sharedRole: SharedRoleAlarm? = nil, filenames: Filenames = .all
  ) {
    self.sharedRole = sharedRole
    self.description = description
    self.bucketOwner = bucketOwner
    self.filenames = filenames
    self.id = id
    self.organisation = organisation
    self.name = name
    self.connectorType = connectorType
    self.status = status
    self.isEnabled = isEnabled
    self.userARN = userARN
    self.sessionName = sessionName
    self.bucketName = bucketName
    self.prefix = prefix
    self.kmsKeyARN = kmsKeyARN
    self.externalID = externalID
    self.pendingExternalID = pendingExternalID
    self.version = version
    self.createdAt = createdAt
    self.createdBy = createdBy
    self.updatedAt = updatedAt
    self.updatedBy = updatedBy
    self.deletedAt = deletedAt
    self.lastVerification = lastVerification
  }
}
