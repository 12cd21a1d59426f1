import AWSPolicy

/// The permissions that a role's policy grants InfoSum beyond an import. The policy is evaluated,
/// so that wildcards are seen.
struct ExcessPermissions {
  private struct Excess {
    let action: String
    let resource: String
    let name: String
    /// True if it does harm, and is not merely superfluous.
    let isHarmful: Bool
  }

  private let probes: StorageProbes
  private let excesses: [Excess]

  init(_ subject: PolicyCheckSubject, _ probes: StorageProbes) {
    self.probes = probes
    let grant = subject.grant
    func object(_ key: String, in bucket: String = grant.bucket) -> String {
      ARN.object(partition: grant.partition, bucket: bucket, key: key).description
    }
    let inside = probes.storage.first { $0.action == "s3:GetObject" }?.resource ?? object(grant.prefix + "a")
    var all = [
      Excess(action: "s3:PutObject", resource: inside, name: "s3:PutObject", isHarmful: true),
      Excess(action: "s3:DeleteObject", resource: inside, name: "s3:DeleteObject", isHarmful: true),
      Excess(
        action: "s3:GetObject", resource: object("a", in: "not-" + grant.bucket), name: "reading other buckets",
        isHarmful: true),
      Excess(
        action: "iam:PassRole", resource: "arn:aws:iam::000000000000:role/x", name: "iam:PassRole", isHarmful: true),
      Excess(action: "s3:ListAllMyBuckets", resource: "*", name: "s3:ListAllMyBuckets", isHarmful: false),
      Excess(
        action: "s3:GetBucketLocation", resource: grant.bucketARN, name: "s3:GetBucketLocation", isHarmful: false),
      Excess(action: "s3:GetObjectVersion", resource: inside, name: "s3:GetObjectVersion", isHarmful: false),
    ]
    for key in subject.keysOutsidePrefix {
      all.append(
        Excess(
          action: "s3:GetObject", resource: object(key), name: "reading objects outside the prefix",
          isHarmful: false))
    }
    if let key = subject.keyOutsideFilenames {
      all.append(
        Excess(
          action: "s3:GetObject", resource: object(key), name: "reading objects that match no filename of the ICC",
          isHarmful: false))
    }
    excesses = all
  }

  /// A finding for each statement that allows any of it.
  func findings(_ policy: Policy) -> [CheckFinding] {
    var seen: [Int: [Excess]] = [:]
    let context = probes.subject.storageContext(listing: nil)
    for excess in excesses {
      let decision = probes.evaluate(
        policy, .init(name: "", action: excess.action, resource: excess.resource, context: context))
      guard decision.answer == .allow, let index = decision.deciding.first else { continue }
      seen[index, default: []].append(excess)
    }
    return policy.statements.compactMap { statement in
      guard let found = seen[statement.index] else { return nil }
      let harmful = found.filter(\.isHarmful)
      let names = (harmful.isEmpty ? found : harmful).map(\.name).removingDuplicates()
      return CheckFinding(
        .permission(.moreThanNeeded), harmful.isEmpty ? .info : .warning, at: statement.position,
        "\(statement.name) allows more than an import needs: \(names.joined(separator: ", ")).",
        hint: "If nothing else uses the role, allow only s3:ListBucket on the bucket and s3:GetObject on the objects "
          + (probes.subject.filenames.isEmpty ? "under the prefix." : "with the ICC's filenames."))
    }
  }
}
