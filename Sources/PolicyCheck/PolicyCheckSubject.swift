package import AWSPolicy
package import Registry

/// The values against which pasted policies are checked: the ICC's, and what the registry knows of
/// external IDs.
package struct PolicyCheckSubject: Sendable {
  /// The registry's knowledge of an external ID that is not the ICC's own.
  package enum KnownExternalID: Sendable, Hashable {
    /// It was this ICC's, until the moment.
    case retired(Timestamp?)
    /// It belongs to another ICC of the same organisation.
    case otherICC(name: String)
  }

  /// Another ICC of the organisation that uses the same role.
  package struct Sibling: Sendable, Hashable {
    /// The name for readers who must not learn the other ICCs' names.
    package static let unnamed = "another ICC"

    /// The same without its name.
    package var anonymous: Sibling {
      Sibling(id: id, name: Self.unnamed, sessionName: sessionName, externalIDs: externalIDs)
    }

    /// The ICC's id.
    package var id: String
    /// The ICC's name.
    package var name: String
    /// The ICC's session name.
    package var sessionName: String
    /// The external IDs: the current one first, then the pending one.
    package var externalIDs: [String]

    /// Creates a sibling from its values.
    package init(id: String, name: String, sessionName: String, externalIDs: [String]) {
      self.id = id
      self.name = name
      self.sessionName = sessionName
      self.externalIDs = externalIDs
    }

    /// Creates a sibling from an ICC.
    package init(_ icc: ICC) {
      self.init(
        id: icc.id.text, name: icc.name.text, sessionName: icc.sessionName.text,
        externalIDs: [icc.externalID.hex] + (icc.pendingExternalID.map { [$0.hex] } ?? []))
    }
  }

  /// The filenames relative to the prefix; empty for all objects under the prefix.
  package var filenames: [String] = []
  /// The organisation's other ICCs on the same role.
  package var siblings: [Sibling] = []
  /// The account that owns the bucket, if it is known.
  package var bucketOwner: String?
  /// InfoSum's side.
  package var connector: ConnectorIdentity
  /// The ICC's session name.
  package var sessionName: String
  /// The external ID that InfoSum sends.
  package var externalID: String
  /// The external ID that it will send when the rotation is promoted.
  package var pendingExternalID: String?
  /// The customer's role; `nil` in a draft.
  package var roleARN: String?
  /// The bucket.
  package var bucket: String
  /// The prefix; empty for the whole bucket.
  package var prefix: String
  /// The key that encrypts the bucket.
  package var kmsKeyARN: String?
  /// The time of the check.
  package var now: Timestamp
  /// The steps that the evaluation of one policy may take.
  package var budget = StepBudget()
  /// Looks an external ID up among those that the caller may know of; `nil` for any other text.
  package var recognise: @Sendable (String) -> KnownExternalID?

  /// A subject of its parts, for a check without a store.
  package init(
    connector: ConnectorIdentity, sessionName: String, externalID: String, pendingExternalID: String?,
    roleARN: String?, bucket: String, prefix: String, kmsKeyARN: String?, now: Timestamp,
    recognise: @escaping @Sendable (String) -> KnownExternalID? = { _ in nil }
  ) {
    self.connector = connector
    self.sessionName = sessionName
    self.externalID = externalID
    self.pendingExternalID = pendingExternalID
    self.roleARN = roleARN
    self.bucket = bucket
    self.prefix = prefix
    self.kmsKeyARN = kmsKeyARN
    self.now = now
    self.recognise = recognise
  }

  /// The subject of an ICC.
  package init(
    _ icc: ICC, connector: ConnectorIdentity, now: Timestamp,
    recognise: @escaping @Sendable (String) -> KnownExternalID? = { _ in nil }
  ) {
    self.connector = connector
    sessionName = icc.sessionName.text
    externalID = icc.externalID.hex
    pendingExternalID = icc.pendingExternalID?.hex
    roleARN = icc.userARN?.text
    bucket = icc.bucketName.text
    bucketOwner = icc.bucketOwner?.text
    prefix = icc.prefix.text
    filenames = icc.filenames.patterns
    kmsKeyARN = icc.kmsKeyARN?.text
    self.now = now
    self.recognise = recognise
  }

  /// The session that the trust policy must name.
  var session: ARN {
    .assumedRole(
      partition: connector.partition, account: connector.accountID, role: connector.roleName, session: sessionName)
  }

  /// InfoSum's role, which is what `aws:PrincipalArn` holds at the second hop.
  var connectorRole: String { "arn:\(connector.partition):iam::\(connector.accountID):role/\(connector.roleName)" }

  /// True if the bucket is known to belong to another account than the role.
  var isBucketInOtherAccount: Bool {
    guard let bucketOwner, let role = roleARN.flatMap({ ARN($0) }) else { return false }
    return bucketOwner != role.account
  }

  /// The external IDs that belong into the policy: the current one, and while a rotation is pending
  /// the next.
  var externalIDs: [String] { [externalID] + (pendingExternalID.map { [$0] } ?? []) }

  /// Prefixes other than the ICC's; none if it has no prefix. The one like it is for `data*`, which
  /// covers `data_private/` too when `data/` is meant.
  var otherPrefixes: [String] {
    guard !prefix.isEmpty else { return [] }
    return (prefix.hasSuffix("/") ? [prefix.dropLast() + "-other/"] : []) + ["0-other/"]
  }

  /// Keys under other prefixes, some with the ICC's own filenames; none if it has no prefix.
  var keysOutsidePrefix: [String] {
    let names = filenames.prefix(3).map { ObjectKeyPattern(prefix: "", filename: $0).key(replacingRunsWith: "a") }
    return otherPrefixes.flatMap { prefix in (["a"] + names).map { prefix + $0 } }
  }

  /// A key under the prefix that no filename matches; nil if the ICC has no filenames, or if they
  /// match all the keys that are tried.
  var keyOutsideFilenames: String? {
    guard !filenames.isEmpty else { return nil }
    let patterns = grant.keyPatterns
    return ["0-other", "0-other.bin", "0/other/file.tmp", "o"].lazy.map { prefix + $0 }.first { key in
      !patterns.contains { $0.matches(key, budget) }
    }
  }

  /// The permissions that the reader of the bucket needs.
  var grant: S3ReadGrant {
    S3ReadGrant(
      partition: connector.partition, bucket: bucket, prefix: prefix, filenames: filenames, kmsKeyARN: kmsKeyARN)
  }
}
