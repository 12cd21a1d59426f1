import AWSPolicy
package import JSON

/// The documents that the customer needs in AWS. They are derived from the ICC and never stored.
extension ICC {
  /// The ARN of the session that imports for this ICC, the only one that the role must trust.
  package func principal(_ connector: ConnectorIdentity) -> String {
    connector.principal(for: sessionName)
  }

  /// The external IDs that InfoSum may send: the current one, then the pending one of a rotation.
  package var acceptedExternalIDs: [ExternalID] {
    [externalID] + (pendingExternalID.map { [$0] } ?? [])
  }

  /// Returns the trust policy with this ICC's statement only. Pretty-printed it has the 17 lines of
  /// InfoSum's article, with the principal on line 7.
  package func trustPolicy(_ connector: ConnectorIdentity) -> JSONValue {
    trustPolicyDocument(connector).json
  }

  /// Returns the permission policy of the customer's role: it lists the bucket under the prefix,
  /// reads the files there, and decrypts with the key if there is one.
  package func permissionPolicy(_ connector: ConnectorIdentity) -> JSONValue {
    permissionPolicyDocument(connector).json
  }

  /// Returns a document with the statement for the key policy; nil without a key or a User ARN.
  package func keyPolicy(_ connector: ConnectorIdentity) -> JSONValue? {
    userARN.flatMap { readGrant(connector).keyPolicy(role: $0, suffix: statementSuffix)?.json }
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
      partition: connector.partition, bucket: bucketName.text, prefix: prefix.text, filenames: filenames.patterns,
      kmsKeyARN: kmsKeyARN?.text)
  }
}

extension JSONValue {
  /// The value as the text of a file: indented by two spaces, one member per line, with a final
  /// line feed.
  package var documentText: String { text(.pretty) + "\n" }
}
