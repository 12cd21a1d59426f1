import AWSPolicy

extension GrammarCode: ExplainedCode {
  static let subject = "policy"

  static let pages: [GrammarCode: FindingPage] = [
    .notAnObject: .init(
      "The policy is not a JSON object.",
      "A policy document is an object with the elements Version and Statement."),
    .versionMissing: .init(
      "The policy has no Version.",
      "Without a Version, AWS uses 2008-10-17, in which policy variables such as ${aws:username} have"
        + #" no meaning. Add "Version": "2012-10-17"."#),
    .versionOld: .init(
      "The policy has an old Version.",
      "In version 2008-10-17, policy variables have no meaning, and IAM does not accept it for managed "
        + "policies. Use 2012-10-17."),
    .versionUnknown: .init(
      "Invalid Version.",
      "Version is the version of the policy language, not the date of your document. It must be "
        + "2012-10-17 or 2008-10-17."),
    .statementMissing: .init("The policy has no Statement.", "A policy document must have at least one statement."),
    .elementUnknown: .init(
      "Unknown policy element.",
      "AWS rejects a policy with an element that is not part of the policy grammar."),
    .elementCase: .init(
      "Policy element in the wrong case.",
      "The names of policy elements are case-sensitive: write Effect, not effect."),
    .wrongType: .init(
      "Wrong JSON type in the policy.",
      "The element has another JSON type than the policy grammar requires, such as an object where a "
        + "string is needed."),
    .bothElements: .init(
      "An element and its negation in one statement.",
      "A statement must not have both Action and NotAction, Principal and NotPrincipal, or Resource and"
        + " NotResource."),
    .effect: .init("Invalid Effect.", #"Effect must be exactly "Allow" or "Deny"."#),
    .effectMissing: .init(
      "The statement has no Effect.",
      #"Every statement needs "Effect": "Allow" or "Effect": "Deny"."#),
    .sid: .init("Invalid Sid.", "IAM only accepts the letters A-Z and a-z and the digits 0-9 in a Sid."),
    .sidTwice: .init(
      "Two statements have the same Sid.",
      "The Sid of each statement must be unique within the policy."),
    .principalMissing: .init(
      "The statement has no Principal.",
      "A statement in a trust, bucket or key policy must name the principals it is about."),
    .principalEmpty: .init("Empty Principal.", "The Principal element is there, but it names no principal."),
    .principalEveryone: .init(
      #"Principal "*" in a trust policy."#,
      #"IAM does not accept "Principal": "*" in a trust policy. Name InfoSum's session."#),
    .principalKind: .init(
      "Unknown kind of principal.",
      "The fields of Principal are AWS, Service, Federated and CanonicalUser, and they are case-"
        + "sensitive."),
    .principalMalformed: .init(
      "Invalid principal.",
      "A principal must be the ARN of a role session, role, user or account, or the 12 digits of an "
        + "account ID."),
    .principalWildcard: .init(
      "Wildcard in a principal's ARN.",
      "AWS does not allow * or ? inside the ARN of a principal. Name one session, role or account."),
    .serviceUnknown: .init(
      "Wildcard in a service principal.",
      "A service principal must be the exact name of a service, such as lambda.amazonaws.com."),
    .actionMissing: .init("The statement has no Action.", "Every statement needs an Action or NotAction element."),
    .actionNotSTS: .init(
      "An action that does not belong in a trust policy.",
      "A trust policy only allows or denies STS actions, such as sts:AssumeRole. Permissions for S3 "
        + "belong in a permission policy."),
    .actionVendor: .init(
      "Action without a valid service.",
      "An action starts with the name of its service and a colon, such as s3:GetObject, without spaces "
        + "or wildcards in the service."),
    .actionColons: .init(
      "Action with too many colons.",
      "An action is the name of a service, one colon and the name of the action, such as s3:GetObject."),
    .actionUnknown: .init(
      "The action does not exist.",
      "AWS has no action of this name, so the statement grants nothing. Often it is the name of an API "
        + "call that is allowed by another action: HeadObject needs s3:GetObject, HeadBucket and "
        + "ListObjectsV2 need s3:ListBucket."),
    .empty: .init("The element is empty.", "The element must hold at least one value."),
    .resourceMissing: .init(
      "The statement has no Resource.",
      "A statement of a permission, bucket or key policy needs a Resource or NotResource element."),
    .resourceNotARN: .init(
      "The resource is not an ARN.",
      "A resource is * or an ARN. A bucket is arn:aws:s3:::NAME and its objects are "
        + "arn:aws:s3:::NAME/*."),
    .resourceVendor: .init(
      "Invalid service in a resource ARN.",
      "The service of an ARN must be written out, without wildcards."),
    .resourcePartition: .init(
      "Unknown partition in a resource ARN.",
      "The second part of an ARN is a partition of AWS, such as aws, aws-cn or aws-us-gov."),
    .prohibitedElement: .init(
      "Element that is not allowed in this kind of policy.",
      "A trust policy must not have Resource or NotPrincipal, and a permission policy must not have "
        + "Principal."),
    .conditionOperator: .init(
      "Unknown condition operator.",
      "The condition operators are StringEquals, StringLike, ArnLike, Bool, IpAddress and others; their"
        + " names are case-sensitive."),
    .conditionKey: .init(
      "Condition key without a service prefix.",
      "A condition key starts with a service and a colon, such as sts:ExternalId or aws:SourceIp."),
    .conditionDate: .init(
      "Invalid date in a condition.",
      "A date must be in ISO 8601 form, such as 2027-01-31T12:00:00Z, or seconds since 1970."),
    .character: .init(
      "Character that IAM does not accept.",
      "IAM only accepts tabs, line breaks and the characters U+0020 to U+00FF in a policy. Characters "
        + "such as typographic quotation marks and zero-width spaces are often copied along."),
    .tooLong: .init(
      "The policy is too long.",
      "AWS limits the length of policies, not counting white space. A trust policy has at most 2,048 characters, or "
        + "8,192 after a quota increase. A managed policy has at most 6,144, and all inline policies of a role together "
        + "10,240. A bucket policy has at most 20 KB, and a key policy 32 KB."),
    .templateVariable: .init(
      "Template variable that was not replaced.",
      "The text ${…} comes from a template, such as CloudFormation or Terraform. IAM policy variables "
        + "always have a prefix and a colon, such as ${aws:username}. Replace it with the value."),
    .conditionNeverHolds: .init("A condition that can never hold.", "The condition uses a key that no request has."),
  ]
}
