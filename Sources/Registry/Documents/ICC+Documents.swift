import AWSPolicy
package import JSON

/// The documents that the customer needs in AWS. They are views of the ICC, and never stored.
extension ICC {
  /// The ARN of the one session that imports for this ICC.
  package func principal(_ connector: ConnectorIdentity) -> String {
    connector.principal(for: sessionName)
  }

  /// The external IDs that InfoSum may send: the current one, and while a rotation is pending the coming one behind it.
  package var acceptedExternalIDs: [ExternalID] {
    [externalID] + (pendingExternalID.map { [$0] } ?? [])
  }

  /// The trust policy of the customer's role: pretty-printed it has the article's 17 lines, and the principal on line 7.
  package func trustPolicy(_ connector: ConnectorIdentity) -> JSONValue {
    trustPolicyDocument(connector).json
  }

  /// What the customer's role must be allowed: list the bucket under the prefix, read the objects there, and decrypt
  /// with the key where there is one.
  package func permissionPolicy(_ connector: ConnectorIdentity) -> JSONValue {
    permissionPolicyDocument(connector).json
  }

  /// The statement for the key's policy, as a document that holds it alone; nil without a key or without a User ARN.
  package func keyPolicy(_ connector: ConnectorIdentity) -> JSONValue? {
    guard let userARN, let statement = readGrant(connector).keyPolicyStatement(role: userARN.text) else { return nil }
    return PolicyDocument([statement.named("InfoSumDecrypt")]).json
  }
}

extension ICC {
  func trustPolicyDocument(_ connector: ConnectorIdentity) -> PolicyDocument {
    .trust([TrustGrant(principal: principal(connector), externalIDs: acceptedExternalIDs.map(\.hex))])
  }

  func permissionPolicyDocument(_ connector: ConnectorIdentity) -> PolicyDocument {
    readGrant(connector).permissionPolicy
  }

  func readGrant(_ connector: ConnectorIdentity) -> S3ReadGrant {
    S3ReadGrant(
      partition: connector.partition, bucket: bucketName.text, prefix: prefix.text, kmsKeyARN: kmsKeyARN?.text)
  }
}

extension JSONValue {
  /// The value as the text of a file: two spaces a level, one member a line, and a line break at the end.
  package var documentText: String { text(.pretty) + "\n" }
}

extension PolicyStatement {
  /// The statement with a `Sid`, so that it can be told from the customer's own.
  func named(_ sid: String) -> PolicyStatement {
    var named = self
    named.sid = sid
    return named
  }
}
