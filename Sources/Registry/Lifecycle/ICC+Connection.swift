extension ICC {
  /// The values on which a verification depends: a change of any of them makes its result void.
  struct Connection: Equatable {
    let userARN: UserARN?
    let sessionName: SessionName
    let bucketName: BucketName
    let bucketOwner: AccountID?
    let prefix: Prefix
    let filenames: Filenames
    let kmsKeyARN: KMSKeyARN?
    let externalID: ExternalID
    let isHeld: Bool
  }

  var connection: Connection {
    Connection(
      userARN: userARN, sessionName: sessionName, bucketName: bucketName, bucketOwner: bucketOwner,
      prefix: prefix, filenames: filenames, kmsKeyARN: kmsKeyARN, externalID: externalID, isHeld: isHeld)
  }

  /// The status of an ICC whose connection was not verified yet.
  var unverifiedStatus: ICCStatus { userARN == nil ? .draft : .unverified }

  /// Returns true if the customer's trust policy must be edited to go from the earlier state to
  /// this one: it names the session and the external IDs, and nothing else of the ICC.
  package func needsNewTrustPolicy(since earlier: ICC) -> Bool {
    sessionName != earlier.sessionName || externalID != earlier.externalID
      || pendingExternalID != earlier.pendingExternalID
  }
}
