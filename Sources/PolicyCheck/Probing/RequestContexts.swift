import AWSPolicy
import Registry

// What is known of a request's context keys. The list follows
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html;
// keys that are not named here, source addresses, organisations and tags among them, cannot be told.
extension PolicyCheckSubject {
  /// The second hop: InfoSum's session asks for the customer's role.
  func trustContext(externalID: String?) -> RequestContext {
    var context = sharedContext(principalARN: connectorRole, account: connector.accountID)
    context.setFamily("sts:", .absent)
    context["sts:ExternalId"] = externalID.map { .value($0) } ?? .absent
    context["sts:RoleSessionName"] = .value(sessionName)
    context["sts:DurationSeconds"] = .value("900")
    return context
  }

  /// The customer's role, assumed by InfoSum, asks S3.
  ///
  /// KMS is asked by S3 for the role, in the key's Region:
  /// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
  func storageContext(role: ARN?, listing prefix: String?) -> RequestContext {
    var context = sharedContext(principalARN: role?.description, account: role?.account)
    if let region = kmsKeyARN.flatMap({ ARN($0)?.region }), connector.partition == "aws" {
      context["kms:ViaService"] = .value("s3.\(region).amazonaws.com")
      context["kms:CallerAccount"] = role.map { .value($0.account) } ?? .unknown
    }
    context["s3:prefix"] = prefix.map { $0.isEmpty ? .absent : .value($0) } ?? .absent
    context["s3:authType"] = .value("REST-HEADER")
    context["s3:signatureversion"] = .value("AWS4-HMAC-SHA256")
    return context
  }

  private func sharedContext(principalARN: String?, account: String?) -> RequestContext {
    var context = RequestContext()
    context["aws:PrincipalArn"] = principalARN.map { .value($0) } ?? .unknown
    context["aws:PrincipalAccount"] = account.map { .value($0) } ?? .unknown
    context["aws:PrincipalType"] = .value("AssumedRole")
    context["aws:PrincipalIsAWSService"] = .value("false")
    context["aws:ViaAWSService"] = .value("false")
    context["aws:SecureTransport"] = .value("true")
    // A session got through a role never has MFA: the key is there and false, and MultiFactorAuthAge is missing.
    context["aws:MultiFactorAuthPresent"] = .value("false")
    let seconds = String(now.milliseconds / 1_000)
    context["aws:CurrentTime"] = .value(seconds)
    context["aws:EpochTime"] = .value(seconds)
    for key in [
      "aws:MultiFactorAuthAge", "aws:username", "aws:FederatedProvider", "aws:PrincipalServiceName",
      "aws:PrincipalServiceNamesList", "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:CalledVia",
      "aws:CalledViaFirst", "aws:CalledViaLast", "aws:SourceIdentity", "aws:TagKeys",
    ] {
      context[key] = .absent
    }
    context.setFamily("aws:RequestTag/", .absent)
    return context
  }
}
