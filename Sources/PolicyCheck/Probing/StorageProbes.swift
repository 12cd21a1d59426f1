import AWSPolicy
import Registry

/// What an import asks of S3 and KMS.
struct StorageProbes {
  /// One question: the probe's name, the action, the resource, and the prefix of a listing.
  struct Probe {
    var name: String
    var action: String
    var resource: String
    var listing: String?
  }

  let subject: PolicyCheckSubject

  /// Every question, some with several shapes of keys: objects' names are not known beforehand.
  var all: [Probe] {
    let grant = subject.grant
    let objects = ["a", "data.csv", "2026/11/part-0001.parquet"].map { name in
      Probe(
        name: "getObject", action: "s3:GetObject",
        resource: ARN.object(partition: grant.partition, bucket: grant.bucket, key: grant.prefix + name).description)
    }
    let listing = Probe(
      name: "listBucket", action: "s3:ListBucket", resource: grant.bucketARN, listing: subject.prefix)
    let key = subject.kmsKeyARN.map { [Probe(name: "kmsDecrypt", action: "kms:Decrypt", resource: $0)] } ?? []
    return [listing] + objects + key
  }

  /// The customer's role, as InfoSum's second session is one of it.
  var principal: RequestPrincipal {
    let role = subject.roleARN.flatMap { ARN($0) }
    return RequestPrincipal(
      partition: role?.partition ?? subject.connector.partition, account: role?.account ?? "",
      roleARN: role?.description ?? "", sessionARN: nil)
  }

  func evaluate(_ policy: Policy, _ question: Probe) -> PolicyDecision {
    PolicyEvaluator.evaluate(
      policy,
      PolicyRequest(
        principal: principal, action: question.action, resource: question.resource,
        context: subject.storageContext(role: subject.roleARN.flatMap { ARN($0) }, listing: question.listing)))
  }

  /// One answer for each name: where the shapes of keys differ, it cannot be told.
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

  /// What the role's own policy comes to.
  func verdict(_ policy: Policy) -> PolicyCheckResult.Verdict {
    Self.verdict(Self.summary(all.map { ($0.name, evaluate(policy, $0).answer) }))
  }

  static func verdict(_ probes: [(name: String, answer: PolicyDecision.Answer)]) -> PolicyCheckResult.Verdict {
    if probes.contains(where: { $0.answer == .deny }) { return .blocked }
    return probes.contains { $0.answer == .unknown } ? .undetermined : .works
  }
}
