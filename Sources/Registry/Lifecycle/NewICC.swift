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
