/// What AWS answers when it refuses to store a document, as people have reported it. Faults whose words nobody reported
/// are told in our own words alone.
///
/// IAM reads a role's own policies with one parser; trust policies and bucket policies go through another, so their words
/// are alike. Reports:
/// - any policy: boto/boto3#180, garnaat/kappa#111, Meteor-Community-Packages/Meteor-CollectionFS#630,
///   terraform-aws-modules/terraform-aws-iam#603, trussworks/terraform-aws-s3-anti-virus#21, Wolox/carthage_cache#22,
///   ministryofjustice/modernisation-platform-environments#590 and cloud-platform-environments#14473,
///   hashicorp/terraform#13449
/// - trust policies: kubernetes-sigs/external-dns#3085, Graylog2/graylog-plugin-aws#22, opstrace/opstrace#88,
///   kubernetes-sigs/aws-load-balancer-controller#2718, and the comment on `AnyPrincipal` in the tests of aws/aws-cdk's `Role`
/// - bucket policies: humanmade/S3-Uploads#239, aws-samples/aws-serverless-appsync-app#4, versity/versitygw#645 and #649
package enum RefusalWords {
  private struct Words {
    var trust: String?
    var identity: String?
    var bucket: String?
  }

  private static let syntax = "Syntax errors in policy."
  private static let vendor = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."

  private static let table: [String: Words] = [
    "json": both("This policy contains invalid Json", syntax),
    "policy.not-an-object": Words(identity: syntax),
    "policy.version-unknown": both("The policy must contain a valid version string", syntax),
    "policy.statement-missing": both("Missing required field Statement", syntax),
    "policy.statement-empty": both("Could not parse the policy: Statement is empty!", syntax),
    "policy.element-unknown": Words(identity: syntax),
    "policy.element-case": Words(identity: syntax),
    "policy.wrong-type": Words(identity: syntax),
    "policy.both-elements": Words(identity: syntax),
    "policy.effect-missing": both("Missing required field Effect", syntax),
    "policy.effect": both("Invalid effect: {}", nil),
    "policy.sid": Words(identity: "Statement IDs (SID) must be alpha-numeric."),
    "policy.sid-twice": both(
      "The Statement Ids in the policy are not unique", "Statement IDs (SID) in a single policy must be unique."),
    "policy.principal-missing": both("Missing required field Principal", nil),
    "policy.principal-empty": both("Missing required field Principal cannot be empty!", nil),
    "policy.principal-everyone": Words(trust: #"AssumeRolepolicy contained an invalid principal: "STAR":"*"."#),
    "policy.principal-wildcard": both(#"Invalid principal in policy: "AWS":"{}""#, nil, "Invalid principal in policy"),
    "policy.principal-malformed": both(#"Invalid principal in policy: "AWS":"{}""#, nil, "Invalid principal in policy"),
    "policy.action-missing": both("Missing required field Action", "Policy statement must contain actions."),
    "policy.action-not-sts": Words(trust: "AssumeRole policy may only specify STS AssumeRole actions."),
    "policy.action-vendor": Words(identity: vendor, bucket: "Policy has invalid action"),
    "policy.action-colons": Words(
      identity: "Actions/Condition can contain only one colon.", bucket: "Policy has invalid action"),
    "policy.resource-missing": Words(
      identity: "Policy statement must contain resources.", bucket: "Missing required field Resource"),
    "policy.resource-not-arn": Words(
      identity: #"Resource {} must be in ARN format or "*"."#, bucket: "Policy has invalid resource"),
    "policy.prohibited-Resource": Words(trust: "Has prohibited field Resource"),
    "policy.prohibited-Principal": Words(identity: "Policy document should not specify a principal."),
    "policy.condition-operator": Words(identity: syntax, bucket: "Invalid Condition type : {}"),
    "policy.condition-key": Words(identity: vendor, bucket: "Policy has an invalid condition key"),
    "policy.too-long": Words(
      trust: "Cannot exceed quota for ACLSizePerRole: 4096", identity: "Cannot exceed quota for PolicySize: 6144"),
    "bucket.other-bucket": Words(bucket: "Policy has invalid resource"),
    "bucket.action-without-resource": Words(bucket: "Action does not apply to any resource(s) in statement"),
  ]

  private static func both(_ trust: String, _ identity: String?, _ bucket: String? = nil) -> Words {
    Words(trust: trust, identity: identity, bucket: bucket ?? trust)
  }

  /// A sentence with AWS's words, led by a space; empty where they are not known. `value` is what they name.
  package static func sentence(for fault: String, in kind: PolicyKind, naming value: String = "") -> String {
    guard let words = table[fault] else { return "" }
    let said: String?
    switch kind {
    case .trust: said = words.trust
    case .identity: said = words.identity
    case .bucket: said = words.bucket
    }
    guard let said, let hole = said.firstRange(of: "{}") else {
      return said.map { " AWS says: \($0.hasSuffix(".") || $0.hasSuffix("!") ? $0 : $0 + ".")" } ?? ""
    }
    let filled = said[..<hole.lowerBound] + value.prefixForMessage + said[hole.upperBound...]
    return " AWS says: \(filled)\(filled.hasSuffix(".") ? "" : ".")"
  }
}
