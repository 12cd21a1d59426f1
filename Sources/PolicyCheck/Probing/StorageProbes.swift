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
    let objects = ["a", "data.csv", "2026/11/part-0001.parquet"].map { name in
      Probe(
        name: "getObject", action: "s3:GetObject",
        resource: ARN.object(partition: grant.partition, bucket: grant.bucket, key: grant.prefix + name).description,
        context: reading)
    }
    let listing = Probe(
      name: "listBucket", action: "s3:ListBucket", resource: grant.bucketARN,
      context: subject.storageContext(listing: subject.prefix))
    storage = [listing] + objects
    key =
      subject.kmsKeyARN.map { key in
        [objects[0].resource, grant.bucketARN].map {
          Probe(
            name: "kmsDecrypt", action: "kms:Decrypt", resource: key, context: subject.keyContext(encrypted: $0))
        }
      } ?? []
  }

  /// The same requests outside the ICC's prefix; none if the ICC has the whole bucket.
  var outside: [Probe] {
    let grant = subject.grant
    return subject.otherPrefixes.flatMap { prefix in
      [
        Probe(
          name: "listBucket", action: "s3:ListBucket", resource: grant.bucketARN,
          context: subject.storageContext(listing: prefix)),
        Probe(
          name: "getObject", action: "s3:GetObject",
          resource: ARN.object(partition: grant.partition, bucket: grant.bucket, key: prefix + "a").description,
          context: subject.storageContext(listing: nil)),
      ]
    }
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

  /// One answer for each name. Where the requests of one name differ, the answer is unknown.
  static func summary(
    _ answers: [(name: String, answer: PolicyDecision.Answer)]
  ) -> [(name: String, answer: PolicyDecision.Answer)] {
    var result: [(name: String, answer: PolicyDecision.Answer)] = []
    for (name, answer) in answers {
      if let index = result.firstIndex(where: { $0.name == name }) {
        if result[index].answer != answer { result[index].answer = .unknown }
      } else {
        result.append((name, answer))
      }
    }
    return result
  }

  /// The verdict on the role's own policy.
  func verdict(_ policy: Policy) -> PolicyCheckResult.Verdict {
    Self.verdict(Self.summary(all.map { ($0.name, evaluate(policy, $0).answer) }))
  }

  static func verdict(_ probes: [(name: String, answer: PolicyDecision.Answer)]) -> PolicyCheckResult.Verdict {
    if probes.contains(where: { $0.answer == .deny }) { return .blocked }
    return probes.contains { $0.answer == .unknown } ? .undetermined : .works
  }
}
