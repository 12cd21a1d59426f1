/// The explanations that `/problems/trust.…` serves.
extension TrustCode: ExplainedCode {
  static let subject = "trust"

  static let pages: [TrustCode: FindingPage] = [
    .actionMissing: .init(
      "The statement does not allow sts:AssumeRole.",
      "InfoSum needs sts:AssumeRole. Other actions, such as sts:TagSession, do not replace it."),
    .conditionNeverHolds: .init(
      "A condition that never holds for InfoSum.",
      "The statement has a condition that is false for every request that InfoSum makes, so the "
        + "statement never applies."),
    .conditionUnknown: .init(
      "A condition the registry cannot evaluate.",
      "Whether InfoSum can assume the role depends on a value that the registry cannot see. If the "
        + "condition is a restriction of yours, make sure that InfoSum meets it."),
    .denied: .init(
      "A Deny statement blocks InfoSum.",
      "An explicit Deny always wins over every Allow. Add an exception for InfoSum's role to this "
        + "statement."),
    .denyUnknown: .init(
      "A Deny statement may block InfoSum.",
      "Whether the Deny statement applies depends on a value that the registry cannot see."),
    .durationCondition: .init(
      "sts:DurationSeconds is not a key of AssumeRole.",
      "An AssumeRole request does not have this condition key, so the condition never holds."),
    .externalIDAny: .init(
      "Every external ID is accepted.",
      "The condition is met by any external ID, so it does not protect the role. Use StringEquals with "
        + "this ICC's external ID."),
    .externalIDCase: .init(
      "The external ID is in the wrong case.",
      "External IDs are case-sensitive, and InfoSum's are in lower case."),
    .externalIDCutShort: .init(
      "The external ID is incomplete.",
      "A part of the external ID is missing. Copy all 64 characters."),
    .externalIDEmpty: .init("The condition contains no external ID.", "A condition without values never holds."),
    .externalIDExtraCharacters: .init(
      "There are extra characters around the external ID.",
      "The value contains this ICC's external ID and other characters. Remove the other characters."),
    .externalIDForAnyValue: .init(
      "ForAnyValue on an external ID.",
      "ForAnyValue is meant for keys with several values, and a request has one external ID. Use "
        + "StringEquals."),
    .externalIDIgnoreCase: .init(
      "The external ID is compared without case.",
      "External IDs are case-sensitive. Use StringEquals."),
    .externalIDInverted: .init(
      "The condition rejects InfoSum's external ID.",
      "The operator is negated: it rejects the right external ID and accepts others. Use StringEquals."),
    .externalIDInvisibleCharacter: .init(
      "Invisible character in the external ID.",
      "The external ID is right except for a character that was copied along. Copy the value again."),
    .externalIDLiteralWildcard: .init(
      "Wildcard in an exact comparison.",
      "With StringEquals, * and ? are ordinary characters. Use the external ID itself."),
    .externalIDMissing: .init(
      "No external ID is required.",
      "Anyone who can use InfoSum's role could be made to access this role. Add a condition on "
        + "sts:ExternalId."),
    .externalIDNotOurs: .init(
      "Another external ID is accepted too.",
      "The condition accepts this ICC's external ID and one that does not belong to it."),
    .externalIDNotRequired: .init(
      "The external ID is not required.",
      "The condition only rejects single values and accepts every other external ID. Use StringEquals."),
    .externalIDOptional: .init(
      "The external ID is optional.",
      "The condition also holds when no external ID is sent. Use StringEquals without IfExists and "
        + "without ForAllValues."),
    .externalIDOtherICC: .init(
      "The external ID of another ICC.",
      "The value belongs to another ICC of your organisation. Use this ICC's external ID."),
    .externalIDPending: .init(
      "The external ID of the pending rotation.",
      "InfoSum sends the current external ID until the rotation is promoted. Keep both values in the "
        + "policy until then."),
    .externalIDRetired: .init(
      "A retired external ID.",
      "The value was this ICC's external ID before a rotation. Use the current one."),
    .externalIDSample: .init(
      "The sample external ID.",
      "The value is the example from InfoSum's documentation. Use this ICC's external ID."),
    .externalIDWeak: .init(
      "The external ID is compared with a pattern.",
      "The pattern matches other external IDs too. Use StringEquals with the whole external ID."),
    .externalIDWrong: .init(
      "The external ID is wrong.",
      "The value is not the external ID that InfoSum sends for this ICC."),
    .externalIDWrongKey: .init(
      "The condition key for the external ID is wrong.",
      "The condition key is sts:ExternalId. A key such as aws:ExternalId does not exist, so the "
        + "condition never holds."),
    .extraPrincipal: .init(
      "Another principal can assume the role.",
      "The role also trusts a principal that has nothing to do with this ICC. Keep it if you need it."),
    .foreignPrincipalWithoutCondition: .init(
      "Another account can assume the role without a condition.",
      "A principal outside your account can assume this role, and no condition restricts it. Add a "
        + "condition, such as an external ID, or remove the principal."),
    .federatedWithoutCondition: .init(
      "A federated principal without a condition on its subject or audience.",
      "Everyone who can sign in with this identity provider can assume the role. Add a condition on its"
        + " aud or sub key."),
    .mfaRequired: .init(
      "MFA is required.",
      "A session of a role never has MFA, so InfoSum can never meet this condition."),
    .noStatementForInfoSum: .init(
      "No statement for InfoSum.",
      "No statement of the policy names InfoSum's session. Add the statement of this ICC's trust "
        + "policy."),
    .nothingAllows: .init(
      "No statement allows InfoSum.",
      "No statement of the policy applies to InfoSum's session with the right external ID."),
    .otherSession: .init(
      "Another session of InfoSum is trusted.",
      "The role also trusts another session of InfoSum, which is not this ICC's. Keep it if it belongs "
        + "to another ICC or product."),
    .pendingExternalIDMissing: .init(
      "The pending external ID is missing.",
      "A rotation is in progress. Add the pending external ID next to the current one before you "
        + "promote it."),
    .principalAnySession: .init(
      "All sessions of InfoSum's role are trusted.",
      "Naming InfoSum's role trusts every session of it, those of other customers included. Name this "
        + "ICC's session."),
    .principalARNCondition: .init(
      "Wrong value for aws:PrincipalArn.",
      "When InfoSum assumes your role, aws:PrincipalArn is the ARN of InfoSum's role, not of the "
        + "session."),
    .principalEveryone: .init(
      "Everyone is trusted.",
      "The principal * is everyone in the world. Name this ICC's session."),
    .principalIAMNotSTS: .init(
      "The session ARN has the wrong service.",
      "The ARN of a role session starts with arn:aws:sts, not arn:aws:iam."),
    .principalInvisibleCharacter: .init(
      "Invisible character in the principal.",
      "The ARN is right except for a character that was copied along. Copy the value again."),
    .principalIsOwnAccount: .init(
      "The principal is your own account.",
      "The statement has this ICC's external ID but names your own account. Name InfoSum's session."),
    .principalIsOwnRole: .init(
      "The principal is the role itself.",
      "The principal of a trust policy is who assumes the role. Name InfoSum's session."),
    .principalMalformed: .init(
      "The principal differs from InfoSum's session.",
      "The statement has this ICC's external ID, so its principal is meant to be InfoSum's session. Use"
        + " the principal that the ICC shows."),
    .principalUniqueID: .init(
      "The principal was deleted.",
      "AWS shows a unique ID, such as AROA…, because the principal was deleted. A recreated role or "
        + "user does not match it."),
    .principalWholeAccount: .init(
      "InfoSum's whole account is trusted.",
      "Naming InfoSum's account trusts every role in it. Name this ICC's session."),
    .principalWildcard: .init(
      "Wildcard in InfoSum's ARN.",
      "AWS does not allow wildcards inside the ARN of a principal. Name this ICC's session."),
    .principalWrongAccount: .init(
      "InfoSum's account ID is wrong.",
      "The ARN has another account ID than InfoSum's. Copy the principal that the ICC shows."),
    .principalWrongKind: .init(
      "The principal is not a role session.",
      "The principal must be InfoSum's role session, not a bucket, policy, user or other resource."),
    .principalWrongPartition: .init(
      "The principal is in another AWS partition.",
      "Trust does not work across AWS partitions, such as aws and aws-cn."),
    .principalWrongRole: .init(
      "The role name in the principal is wrong.",
      "The role name in the ARN is not the name of InfoSum's role. Role names are case-sensitive here."),
    .roleSessionNameCondition: .init(
      "Wrong value for sts:RoleSessionName.",
      "InfoSum sends the ICC's session name when it assumes your role."),
    .servicePrincipal: .init(
      "An AWS service can assume the role.",
      "The role also trusts an AWS service. InfoSum does not need it; keep it if you do."),
    .servicePrincipalLeftOver: .init(
      "The role still trusts Amazon S3 itself.",
      "Creating a role for the AWS service S3 leaves the principal s3.amazonaws.com behind. InfoSum "
        + "does not need it, and S3 does not assume roles that you only use with InfoSum."),
    .sessionNameDiffers: .init(
      "The session name is different.",
      "The principal must end with this ICC's session name. AWS compares it exactly."),
    .sessionNameMissing: .init(
      "The session name is missing.",
      "The principal's ARN must end with InfoSum's role name, a slash and this ICC's session name."),
    .sessionNamePlaceholder: .init(
      "The session name is still a placeholder.",
      #""Your Session Name" must be replaced with this ICC's session name."#),
    .statementServesOtherICC: .init(
      "A statement for another ICC.",
      "The statement belongs to another ICC of your organisation that uses the same role. Leave it as "
        + "it is. If the policy does not let that ICC in, check the policy against it too."),
    .storageStatement: .init(
      "A statement for S3 in the trust policy.",
      "Permissions for S3 belong in the role's permission policy. IAM rejects them in a trust policy."),
    .tooOpen: .init(
      "The policy allows too much.",
      "The policy allows more than InfoSum's session with the right external ID."),
    .undetermined: .init(
      "The result depends on values the registry cannot see.",
      "Whether InfoSum can assume the role depends on values such as source addresses, organisations or"
        + " tags."),
  ]
}
