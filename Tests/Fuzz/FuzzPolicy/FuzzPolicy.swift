import AWSPolicy
import JSON
import PolicyCheck
import Registry

/// The entry point of libFuzzer. The first byte of the input chooses the ICC, the rest is pasted as
/// each of its policies.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let subject = subject(of: first)
  let text = PolicyInput.text(String(decoding: input.dropFirst(), as: UTF8.self))
  let result = PolicyChecker.check(trust: text, permission: text, bucket: text, against: subject)
  checkShape(of: result, textCount: input.count)
  checkCorrection(result.trustPolicy, allowed: [.works, .undetermined]) { again in
    PolicyChecker.check(trust: again, against: subject).trustPolicy
  }
  checkCorrection(result.permissionPolicy, allowed: [.works]) { again in
    PolicyChecker.check(permission: again, against: subject).permissionPolicy
  }
  // Whom a draft's bucket policy meets is not known, before and after.
  checkCorrection(result.bucketPolicy, allowed: subject.roleARN == nil ? [.works, .undetermined] : [.works]) { again in
    PolicyChecker.check(bucket: again, against: subject).bucketPolicy
  }
  checkEvaluator(String(decoding: input.dropFirst(), as: UTF8.self))
  return 0
}

/// A statement more that denies never opens, one more that allows never closes, and the order never matters: asked with
/// every kind of policy, of two requests.
private func checkEvaluator(_ text: String) {
  guard let document = try? JSONValue(parsing: text), var object = document.objectValue,
    let statements = object["Statement"]?.arrayValue, let last = statements.last?.objectValue
  else { return }
  func openness(_ statements: [JSONValue], _ kind: PolicyKind) -> [Int] {
    object["Statement"] = .array(statements)
    let policy = PolicyParser.parse(JSONValue(.object(object)), as: kind).policy
    return requests.map { request in
      switch PolicyEvaluator.evaluate(policy, request).answer {
      case .deny: 0
      case .unknown: 1
      case .allow: 2
      }
    }
  }
  func more(_ effect: PolicyEffect) -> JSONValue {
    var statement = last
    statement["Effect"] = .string(effect.rawValue)
    return JSONValue(.object(statement))
  }
  for kind in [PolicyKind.trust, .identity, .bucket] {
    let before = openness(statements, kind)
    precondition(zip(openness(statements + [more(.deny)], kind), before).allSatisfy(<=), "a Deny opened")
    precondition(zip(openness(statements + [more(.allow)], kind), before).allSatisfy(>=), "an Allow closed")
    let middle = statements.count / 2
    precondition(openness(statements.reversed(), kind) == before, "the order mattered")
    precondition(openness(Array(statements[middle...] + statements[..<middle]), kind) == before, "the order mattered")
  }
}

private let requests: [PolicyRequest] = {
  let role = "arn:aws:iam::134928160093:role/InfoSumImportConnector"
  let session = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
  let principal = RequestPrincipal(partition: "aws", account: "134928160093", roleARN: role, sessionARN: session)
  var context = RequestContext()
  context["sts:ExternalId"] = .value(String(repeating: "0123456789abcdef", count: 4))
  context["aws:PrincipalArn"] = .value(role)
  context["aws:SecureTransport"] = .value("true")
  context["aws:MultiFactorAuthAge"] = .absent
  context["s3:prefix"] = .value("exports/")
  context["aws:CurrentTime"] = .value("1795392000")
  context["aws:TagKeys"] = .values(["a", "b"])
  return [
    PolicyRequest(principal: principal, action: "sts:AssumeRole", context: context),
    PolicyRequest(
      principal: principal, action: "s3:GetObject", resource: "arn:aws:s3:::acme-data/exports/a", context: context),
  ]
}()

/// An ICC with or without a rotation under way, a prefix, a key and a role.
private func subject(of choice: UInt8) -> PolicyCheckSubject {
  PolicyCheckSubject(
    connector: ConnectorIdentity(), sessionName: "acme-import",
    externalID: String(repeating: "0123456789abcdef", count: 4),
    pendingExternalID: choice & 1 == 0 ? nil : String(repeating: "fedcba9876543210", count: 4),
    roleARN: choice & 2 == 0 ? "arn:aws:iam::111122223333:role/infosum-import" : nil, bucket: "acme-data",
    prefix: choice & 4 == 0 ? "" : "exports/*/",
    kmsKeyARN: choice & 8 == 0 ? nil : "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    now: Timestamp(milliseconds: 1_795_392_000_000))
}

/// The answer is JSON, and no longer than a multiple of the text: a few times its document, and so much a finding.
private func checkShape(of result: PolicyCheckResult, textCount: Int) {
  let body = result.json(iccVersion: 1).bytes()
  guard (try? JSONValue(parsing: body)) != nil else { preconditionFailure("the answer is no JSON") }
  let parts = [result.trustPolicy, result.permissionPolicy, result.bucketPolicy].compactMap { $0 }
  precondition(parts.count == 3, "a policy went unanswered")
  for part in parts {
    precondition(part.findings.count <= PolicyChecker.maxFindings + 1, "too many findings")
    precondition(part.verdict == .works || !part.findings.isEmpty, "a bad verdict without a word")
  }
  let findings = parts.reduce(0) { $0 + $1.findings.count }
  precondition(body.count <= 20_000 + 40 * textCount + 4_000 * findings, "the answer is not bounded")
}

/// A correction can be written and read, and is what it promises to be; nothing is left in it to correct.
private func checkCorrection(
  _ part: PolicyCheckResult.Part?, allowed: [PolicyCheckResult.Verdict],
  _ check: (PolicyInput) -> PolicyCheckResult.Part?
) {
  guard let corrected = part?.corrected else { return }
  guard let read = try? JSONValue(parsing: corrected.bytes(.pretty)) else {
    preconditionFailure("the correction is no JSON")
  }
  precondition(read == corrected, "the correction reads otherwise")
  guard let again = check(.text(corrected.text(.pretty))) else { preconditionFailure("no answer") }
  precondition(allowed.contains(again.verdict), "the correction does not hold: \(again.verdict)")
  precondition(!again.findings.contains { $0.severity == .error }, "the correction has a fault")
  precondition(again.verdict != .works || again.corrected == nil, "the correction is corrected again")
}
