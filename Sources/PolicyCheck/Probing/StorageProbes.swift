import AWSPolicy
import Registry

/// The requests that an import makes to S3 and KMS.
struct StorageProbes {
  /// One request: the probe's name, the action, the resource and the context.
  struct Probe {
    var name: String
    var action: String
    var resource: String
    var context: RequestContext
    /// The ICC's filename that the request's object matches; nil if the ICC has no filenames, and
    /// for a request that is not about an object.
    var filename: String?
  }

  let subject: PolicyCheckSubject
  /// Every request to S3. The names of objects are not known in advance, so several forms of them
  /// are tried.
  let storage: [Probe]
  /// Every request to KMS: with the ARN of an object in the encryption context, and with the
  /// bucket's.
  let key: [Probe]

  var all: [Probe] { storage + key }

  init(subject: PolicyCheckSubject) {
    self.subject = subject
    let grant = subject.grant
    let reading = subject.storageContext(listing: nil)
    let objects = Self.objects(subject).map { key, filename in
      Probe(
        name: "getObject", action: "s3:GetObject",
        resource: ARN.object(partition: grant.partition, bucket: grant.bucket, key: key).description,
        context: reading, filename: filename)
    }
    let listing = Probe(
      name: "listBucket", action: "s3:ListBucket", resource: grant.bucketARN,
      context: subject.storageContext(listing: subject.prefix))
    storage = [listing] + objects
    let encrypted = Self.firstOfEachFilename(objects).map { ($0.resource, $0.filename) } + [(grant.bucketARN, nil)]
    key =
      subject.kmsKeyARN.map { key in
        encrypted.map { arn, filename in
          Probe(
            name: "kmsDecrypt", action: "kms:Decrypt", resource: key, context: subject.keyContext(encrypted: arn),
            filename: filename)
        }
      } ?? []
  }

  /// The keys of objects with the filenames that they match. A pattern is tried with several texts
  /// for its wildcards, unless there are many patterns.
  private static func objects(_ subject: PolicyCheckSubject) -> [(key: String, filename: String?)] {
    let patterns = subject.grant.keyPatterns
    guard !patterns.isEmpty else {
      return ["a", "data.csv", "2026/11/part-0001.parquet"].map { (subject.prefix + $0, nil) }
    }
    let runs = ["a", "data", "2026/11/part-0001"].prefix(patterns.count > 10 ? 1 : 3)
    return patterns.flatMap { pattern in
      runs.map { pattern.key(replacingRunsWith: $0) }.removingDuplicates().map { ($0, pattern.filename) }
    }
  }

  /// The first object; with filenames, the first of each.
  private static func firstOfEachFilename(_ objects: [Probe]) -> [Probe] {
    var seen: Set<String?> = []
    return objects.filter { seen.insert($0.filename).inserted }
  }

  /// The same requests outside the ICC's prefix, and the reading of an object under the prefix with
  /// another filename; none if the ICC imports the whole bucket.
  var outside: [Probe] {
    let grant = subject.grant
    let reading = subject.storageContext(listing: nil)
    func getting(_ key: String) -> Probe {
      Probe(
        name: "getObject", action: "s3:GetObject",
        resource: ARN.object(partition: grant.partition, bucket: grant.bucket, key: key).description, context: reading)
    }
    let underPrefix = [subject.keyOutsideFilenames].compactMap(\.self).map(getting)
    let listings = subject.otherPrefixes.map { prefix in
      Probe(
        name: "listBucket", action: "s3:ListBucket", resource: grant.bucketARN,
        context: subject.storageContext(listing: prefix))
    }
    return underPrefix + listings + subject.keysOutsidePrefix.map(getting)
  }

  /// The customer's role, in the session that InfoSum starts.
  var principal: RequestPrincipal {
    let role = subject.roleARN.flatMap { ARN($0) }
    let name = role.flatMap { IAMEntity($0)?.name }
    return RequestPrincipal(
      partition: role?.partition ?? subject.connector.partition, account: role?.account ?? "",
      roleARN: role?.description ?? "",
      sessionARN: role.flatMap { role in
        name.map {
          ARN.assumedRole(
            partition: role.partition, account: role.account, role: $0, session: subject.sessionName
          ).description
        }
      })
  }

  func evaluate(_ policy: Policy, _ probe: Probe) -> PolicyDecision {
    PolicyEvaluator.evaluate(
      policy,
      PolicyRequest(principal: principal, action: probe.action, resource: probe.resource, context: probe.context))
  }

  /// One answer for each name. Where the requests of one name differ, the answer is unknown; but an
  /// import needs the files of every filename, so one that is denied decides.
  static func summary(
    _ answers: [(probe: Probe, answer: PolicyDecision.Answer)]
  ) -> [(name: String, answer: PolicyDecision.Answer)] {
    answers.map(\.probe.name).removingDuplicates().map { name in
      let own = answers.filter { $0.probe.name == name }
      var filenames: [String: PolicyDecision.Answer] = [:]
      for case (let filename?, let answer) in own.map({ ($0.probe.filename, $0.answer) }) {
        filenames[filename] = filenames[filename].map { same($0, answer) } ?? answer
      }
      let needed = filenames.isEmpty ? [] : [every(filenames.values)]
      let all = needed + own.filter { $0.probe.filename == nil }.map(\.answer)
      return (name, all.dropFirst().reduce(all[0], same))
    }
  }

  private static func same(_ left: PolicyDecision.Answer, _ right: PolicyDecision.Answer) -> PolicyDecision.Answer {
    left == right ? left : .unknown
  }

  private static func every(_ answers: some Sequence<PolicyDecision.Answer>) -> PolicyDecision.Answer {
    let answers = Set(answers)
    return answers.contains(.deny) ? .deny : answers.contains(.unknown) ? .unknown : .allow
  }

  /// The verdict on the role's own policy.
  func verdict(_ policy: Policy) -> PolicyCheckResult.Verdict {
    Self.verdict(Self.summary(all.map { ($0, evaluate(policy, $0).answer) }))
  }

  static func verdict(_ probes: [(name: String, answer: PolicyDecision.Answer)]) -> PolicyCheckResult.Verdict {
    if probes.contains(where: { $0.answer == .deny }) { return .blocked }
    return probes.contains { $0.answer == .unknown } ? .undetermined : .works
  }
}
