/// The condition keys that AWS sets for requests to any service. The list is closed: another `aws:`
/// key is in no request.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html, and
/// AWS's service authorization data of August 2026.
package enum GlobalConditionKeys {
  /// True if AWS has a global key of this name. Key names are not case-sensitive.
  package static func contains(_ key: String) -> Bool {
    let key = key.lowercased()
    return names.contains(key) || families.contains { key.hasPrefix($0) && key.utf8.count > $0.utf8.count }
  }

  /// Keys that are followed by the name of a tag.
  private static let families = ["aws:principaltag/", "aws:resourcetag/", "aws:requesttag/"]

  private static let names = Set(
    """
    PrincipalArn PrincipalAccount PrincipalOrgPaths PrincipalOrgID PrincipalIsAWSService PrincipalServiceName
    PrincipalServiceNamesList PrincipalType userid username AssumedRoot FederatedProvider TokenIssueTime
    MultiFactorAuthAge MultiFactorAuthPresent ChatbotSourceArn Ec2InstanceSourceVpc Ec2InstanceSourcePrivateIPv4
    SourceIdentity SourceIp SourceVpc SourceVpcArn SourceVpce VpceAccount VpceOrgPaths VpceOrgID VpcSourceIp
    ResourceAccount ResourceOrgID ResourceOrgPaths CalledVia CalledViaFirst CalledViaLast CalledViaAWSMCP ViaAWSService
    ViaAWSMCPService CurrentTime EpochTime referer RequestedRegion TagKeys SecureTransport SourceArn SourceAccount
    SourceOwner SourceOrgPaths SourceOrgID UserAgent IsMcpServiceAction
    """.lowercased().split(whereSeparator: \.isWhitespace).map { "aws:" + $0 }
  )
}
