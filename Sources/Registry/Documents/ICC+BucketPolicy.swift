import AWSPolicy
package import JSON

extension ICC {
  /// The bucket policy that lets the customer's role in, and shows the exception that a restrictive
  /// Deny needs; nil without a User ARN.
  ///
  /// The Deny that carries the exception shuts out principals beyond the bucket's own account from
  /// the objects that are imported. A bucket without a policy lets none of them in anyway, so
  /// storing the document there takes nothing away; where the customer has a Deny of their own, its
  /// `ArnNotEquals` line is what must be copied. `aws:PrincipalArn` is the ARN of the role, also
  /// for its sessions (IAM User Guide, "aws:PrincipalArn").
  package func bucketPolicy(_ connector: ConnectorIdentity) -> JSONValue? {
    guard let userARN else { return nil }
    let grant = readGrant(connector)
    let statements = [
      grant.listing(principals: [userARN.text]).named("InfoSumList"),
      grant.reading(principals: [userARN.text]).named("InfoSumRead"),
      restrictiveDeny(exempting: userARN, grant),
    ]
    return PolicyDocument(statements).json
  }

  private func restrictiveDeny(exempting role: UserARN, _ grant: S3ReadGrant) -> PolicyStatement {
    PolicyStatement(
      sid: "OthersOutsideTheAccount", effect: .deny, principals: ["*"], actions: ["s3:GetObject"],
      resources: [grant.objectsARN],
      conditions: [
        S3ReadGrant.exception(role: PolicyVariable.escape(role.text).pattern),
        PolicyCondition("StringNotEquals", "aws:PrincipalAccount", ["${aws:ResourceAccount}"]),
      ])
  }
}
