/// The values that a caller may set when an ICC is created; all others are the registry's.
package struct NewICC: Sendable {
  /// The organisation that it will belong to.
  package var organisation: OrganisationID
  /// Its name.
  package var name: ICCName
  /// Its purpose.
  package var description = ICCDescription.none
  /// The kind of storage from which it imports.
  package var connectorType: ConnectorType
  /// The customer's role; nil for a draft.
  package var userARN: UserARN?
  /// The session name.
  package var sessionName: SessionName
  /// The bucket.
  package var bucketName: BucketName
  /// The account that owns the bucket; nil if it is the role's.
  package var bucketOwner: AccountID?
  /// The part of the bucket.
  package var prefix: Prefix
  /// The files under the prefix.
  package var filenames = Filenames.all
  /// The key that encrypts the bucket.
  package var kmsKeyARN: KMSKeyARN?

  /// The given values.
  package init(
    organisation: OrganisationID, name: ICCName, connectorType: ConnectorType = .s3CrossAccount, userARN: UserARN?,
    sessionName: SessionName, bucketName: BucketName, prefix: Prefix, kmsKeyARN: KMSKeyARN? = nil
  ) {
    self.organisation = organisation
    self.name = name
    self.connectorType = connectorType
    self.userARN = userARN
    self.sessionName = sessionName
    self.bucketName = bucketName
    self.prefix = prefix
    self.kmsKeyARN = kmsKeyARN
  }
}

extension NewICC {
  /// Returns the ICC at version 1 that these values make.
  func icc(
    _ id: ICCID, _ externalID: ExternalID, pending: ExternalID? = nil, isEnabled: Bool = true, createdAt: Timestamp,
    _ context: ChangeContext
  ) -> ICC {
    ICC(
      id: id, organisation: organisation, name: name, connectorType: connectorType,
      status: userARN == nil ? .draft : .unverified, isEnabled: isEnabled, userARN: userARN,
      sessionName: sessionName, bucketName: bucketName, prefix: prefix, kmsKeyARN: kmsKeyARN,
      externalID: externalID, pendingExternalID: pending, version: 1, createdAt: createdAt, createdBy: context.actor,
      updatedAt: max(context.now, createdAt), updatedBy: context.actor, deletedAt: nil, description: description,
      bucketOwner: bucketOwner, filenames: filenames)
  }
}
