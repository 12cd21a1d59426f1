import AWSPolicy
import Registry

// The known context keys of the requests of an import. A key that is named nowhere here is in none
// of them. The lists follow
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html and the
// pages for STS, S3 and KMS of
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
extension PolicyCheckSubject {
  /// The request with which InfoSum's session assumes the customer's role. `isOwnSession` is false
  /// for the session of another of InfoSum's customers.
  func trustContext(externalID: String?, isOwnSession: Bool = true) -> RequestContext {
    let session = isOwnSession ? sessionName : sessionName + "-of-another-customer"
    var context = sharedContext(
      principalARN: connectorRole, account: connector.accountID, callerSession: session)
    context["sts:ExternalId"] = externalID.map { .value($0) } ?? .absent
    context["sts:RoleSessionName"] = isOwnSession ? .value(sessionName) : .unknown
    context["aws:ResourceAccount"] = roleARN.flatMap { ARN($0) }.map { .value($0.account) } ?? .unknown
    context.setFamily("iam:ResourceTag/", .unknown)
    return context
  }

  /// A request of the customer's role, assumed by InfoSum, to S3.
  func storageContext(listing prefix: String?) -> RequestContext {
    let role = roleARN.flatMap { ARN($0) }
    var context = sharedContext(principalARN: role?.description, account: role?.account, callerSession: sessionName)
    context["aws:ResourceAccount"] = bucketOwner.map { .value($0) } ?? .unknown
    context["s3:ResourceAccount"] = context["aws:ResourceAccount"]
    context["s3:authType"] = .value("REST-HEADER")
    context["s3:signatureversion"] = .value("AWS4-HMAC-SHA256")
    // S3 accepts nothing below TLS 1.2 since February 2024.
    context["s3:TlsVersion"] = .oneOf([.value("1.2"), .value("1.3")])
    for key in ["s3:signatureAge", "s3:x-amz-content-sha256", "s3:AccessGrantsInstanceArn"] { context[key] = .unknown }
    context.setFamily("s3:BucketTag/", .unknown)
    if let prefix {
      // An import that lists a whole bucket sends an empty prefix.
      context["s3:prefix"] = .value(prefix)
      context["s3:delimiter"] = .unknown
      context["s3:max-keys"] = .unknown
    } else {
      context.setFamily("s3:ExistingObjectTag/", .unknown)
    }
    return context
  }

  /// The request of S3 to KMS, made on behalf of the customer's role in the key's Region.
  ///
  /// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
  /// - Parameter encrypted: the ARN in the encryption context: the object's, or with an S3 Bucket
  ///   Key the bucket's.
  func keyContext(encrypted: String) -> RequestContext {
    let role = roleARN.flatMap { ARN($0) }
    var context = sharedContext(principalARN: role?.description, account: role?.account, callerSession: sessionName)
    let key = kmsKeyARN.flatMap { ARN($0) }
    context["kms:ViaService"] =
      key.flatMap { $0.partition == "aws" ? .value("s3.\($0.region).amazonaws.com") : nil } ?? .unknown
    context["kms:CallerAccount"] = role.map { .value($0.account) } ?? .unknown
    context["kms:EncryptionContext:aws:s3:arn"] = .value(encrypted)
    context["kms:EncryptionContextKeys"] = .value("aws:s3:arn")
    context["kms:EncryptionAlgorithm"] = .value("SYMMETRIC_DEFAULT")
    for name in ["KeyOrigin", "KeySpec", "KeyUsage", "MultiRegion", "MultiRegionKeyType", "ResourceAliases"] {
      context["kms:" + name] = .unknown
    }
    context["aws:ResourceAccount"] = key.map { .value($0.account) } ?? .unknown
    context["aws:ViaAWSService"] = .value("true")
    for name in ["CalledVia", "CalledViaFirst", "CalledViaLast"] { context["aws:" + name] = .unknown }
    return context
  }

  private func sharedContext(principalARN: String?, account: String?, callerSession: String) -> RequestContext {
    var context = RequestContext(otherKeys: .absent, budget: budget)
    context["aws:PrincipalArn"] = principalARN.map { .value($0) } ?? .unknown
    context["aws:PrincipalAccount"] = account.map { .value($0) } ?? .unknown
    context["aws:PrincipalType"] = .value("AssumedRole")
    context["aws:userid"] = .uniqueID(prefix: "AROA", suffix: ":" + callerSession)
    context["aws:TokenIssueTime"] = .present
    for key in ["PrincipalIsAWSService", "ViaAWSService", "ViaAWSMCPService"] {
      context["aws:" + key] = .value("false")
    }
    context["aws:SecureTransport"] = .value("true")
    // A session of a role never has MFA: the key is present and false, and MultiFactorAuthAge is
    // absent.
    context["aws:MultiFactorAuthPresent"] = .value("false")
    let seconds = String(now.milliseconds / 1_000)
    context["aws:CurrentTime"] = .value(seconds)
    context["aws:EpochTime"] = .value(seconds)
    // Requests may come through an endpoint of InfoSum's, but never through the customer's.
    context["aws:SourceVpc"] = .oneOf([.absent, .value("vpc-0of0infosum000000")])
    context["aws:SourceVpce"] = .oneOf([.absent, .value("vpce-0of0infosum000000")])
    for key in Self.unknownKeys { context["aws:" + key] = .unknown }
    context.setFamily("aws:PrincipalTag/", .unknown)
    context.setFamily("aws:ResourceTag/", .unknown)
    return context
  }

  private static let unknownKeys = [
    "PrincipalOrgID", "PrincipalOrgPaths", "SourceIp", "VpcSourceIp", "SourceVpcArn", "VpceAccount", "VpceOrgID",
    "VpceOrgPaths", "ResourceAccount", "ResourceOrgID", "ResourceOrgPaths", "RequestedRegion", "UserAgent", "referer",
    "Ec2InstanceSourceVpc", "Ec2InstanceSourcePrivateIPv4", "IsMcpServiceAction",
  ]
}
