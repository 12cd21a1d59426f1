import Registry

/// A sample ICC of `serve --demo`.
struct DemoSample: Sendable {
  /// The state that the ICC is brought to.
  enum State: Sendable {
    case draft, unverified, verified, insecure, failing, disabled, rotating, deleted
  }

  let organisation: String
  let name: String
  let sessionName: String
  let bucket: String
  let prefix: String
  let state: State

  /// The organisations besides `default`.
  static let organisations = [
    ("acme", "Acme Retail"), ("globex", "Globex Media"), ("initech", "Initech Insurance"),
  ]

  /// Their AWS accounts, which are those of AWS's documentation. With one role for all, the ICCs of
  /// the later organisations would be held.
  private static let accounts = ["acme": "111122223333", "globex": "444455556666", "initech": "777788889999"]

  /// One ICC in every state, and some more.
  static let all = [
    DemoSample("acme", "Loyalty cards", "acme-loyalty", "acme-loyalty-exports", "cards/", .verified),
    DemoSample("acme", "Online orders", "acme-orders", "acme-orders", "daily/", .verified),
    DemoSample("acme", "Store visits", "acme-visits", "acme-visits", "", .failing),
    DemoSample("acme", "Returns (old bucket)", "acme-returns", "acme-returns-2024", "", .deleted),
    DemoSample("globex", "Subscribers", "globex-subscribers", "globex-crm", "subscribers/", .verified),
    DemoSample("globex", "Viewing figures", "globex-viewing", "globex-viewing-data", "hourly/", .insecure),
    DemoSample("globex", "Ad impressions", "globex-ads", "globex-ads", "impressions/", .rotating),
    DemoSample("globex", "Newsletter clicks", "globex-clicks", "globex-clicks", "", .disabled),
    DemoSample("initech", "Policy holders", "initech-policies", "initech-warehouse", "policies/", .unverified),
    DemoSample("initech", "Claims", "initech-claims", "initech-warehouse", "claims/", .draft),
  ]

  private init(
    _ organisation: String, _ name: String, _ sessionName: String, _ bucket: String, _ prefix: String, _ state: State
  ) {
    self.organisation = organisation
    self.name = name
    self.sessionName = sessionName
    self.bucket = bucket
    self.prefix = prefix
    self.state = state
  }

  /// The values of the ICC at its creation.
  var newICC: NewICC {
    NewICC(
      organisation: OrganisationID(stored: organisation), name: ICCName(stored: name),
      userARN: state == .draft ? nil : Self.accounts[organisation].map(Self.role(in:)),
      sessionName: SessionName(stored: sessionName), bucketName: BucketName(stored: bucket),
      prefix: Prefix(stored: prefix))
  }

  private static func role(in account: String) -> UserARN {
    UserARN(stored: "arn:aws:iam::\(account):role/infosum-import")
  }

  /// The checks of a verification that leads to the state; nil if the state needs none.
  func checks() -> [VerificationCheck]? {
    switch state {
    case .draft, .unverified, .deleted: nil
    case .verified, .disabled, .rotating: VerificationCheck.Name.allCases.map(Self.passed)
    case .insecure:
      VerificationCheck.Name.allCases.map { name in
        name != .externalIDRequired
          ? Self.passed(name)
          : VerificationCheck(
            name, .failed, durationMilliseconds: 96, code: "role.external-id-not-required",
            detail: "The role could be assumed without any external ID.",
            hint: "Add the condition StringEquals sts:ExternalId to the trust policy.")
      }
    case .failing:
      VerificationCheck.Name.allCases.map { name in
        switch name {
        case .bucketListable:
          VerificationCheck(
            name, .failed, durationMilliseconds: 120, code: "bucket.list-denied",
            detail: "The role may not list the bucket under the prefix.",
            hint: "Attach the permission policy of this ICC to the role.")
        case .objectReadable: VerificationCheck(name, .skipped, detail: "It needs a listing of the bucket.")
        default: Self.passed(name)
        }
      }
    }
  }

  private static func passed(_ name: VerificationCheck.Name) -> VerificationCheck {
    VerificationCheck(name, .passed, durationMilliseconds: 110, detail: "AWS returned what was expected.")
  }
}
