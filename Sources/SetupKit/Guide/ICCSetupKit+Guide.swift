import JSON
import Registry

extension ICCSetupKit {
  var guideTitle: String { "Set up AWS for \(icc.name)" }

  var guide: Guide {
    Guide(
      blocks: introduction + roleStep + trustStep + permissionStep + userARNStep + bucketStep + keyStep
        + organisationStep + finalStep)
  }

  private var introduction: [GuideBlock] {
    let values = [
      ("Bucket", icc.bucketName.text), ("Prefix", icc.prefix.text), ("Role", roleName),
      ("User ARN", icc.userARN?.text ?? ""), ("Session name", icc.sessionName.text),
      ("External ID", icc.externalID.hex),
      ("Principal", icc.principal(connector)),
    ]
    let pending = icc.pendingExternalID.map { [("Pending external ID", $0.hex)] } ?? []
    let key = icc.kmsKeyARN.map { [("KMS key", $0.text)] } ?? []
    let filenames = icc.filenames.patterns.map { ("Filename", $0) }
    return [
      .title("Set up AWS for \(words: icc.name.text)"),
      .paragraph(
        "Follow these steps in your AWS account to let InfoSum read your bucket. They are for the import connector config \(icc.id.text) and contain its values. Copy each value exactly."
      ),
      .values((values + filenames + pending + key).map { (name: $0.0, value: $0.1) }),
    ] + icc.warnings(connector).map { .trap("\(words: $0.detail) \(words: $0.hint ?? "")") }
  }

  private var roleStep: [GuideBlock] {
    guard icc.userARN == nil else {
      return [
        .heading("1. Open the role", .role),
        .steps([
          "In the AWS console, open **IAM > Roles** and choose \(roleName).",
          "If the role does not exist, choose **Create role**, then **Custom trust policy**, and paste the trust policy of the next step.",
        ]),
      ]
    }
    return [
      .heading("1. Create the role", .role),
      .steps([
        "In the AWS console, open **IAM > Roles** and choose **Create role**.",
        "Choose **Custom trust policy** and paste the trust policy of the next step.",
        "Choose **Next** twice, enter \(roleName) as the role name, and choose **Create role**.",
      ]),
      .paragraph("You can also use an existing role. Then continue with the next step."),
    ]
  }

  private var trustStep: [GuideBlock] {
    [
      .heading("2. Let InfoSum assume the role", .trustPolicy),
      .steps([
        "In the AWS console, open **IAM > Roles > \(roleName) > Trust relationships** and choose **Edit trust policy**.",
        "If the editor shows only the policy below, or only a statement for \("s3.amazonaws.com") that AWS added, paste the policy below.",
        "If it has other statements, keep them and add the statements below to its \("Statement") list. Other services and partners may use them.",
        "Choose **Update policy**.",
      ]),
      .code(title: "Trust policy", file: "trust-policy.json", text: trustPolicy.documentText),
      .trap(principalLine),
      .trap(
        "The session name is \(icc.sessionName.text): case-sensitive and without spaces. It must be the same in AWS and at InfoSum."
      ),
      .trap(
        "**Switch Role** in the AWS console cannot test this role, because the role requires an external ID."),
    ] + rotation + sharing + [
      .check("**Trust relationships** shows the external ID \(icc.externalID.hex).")
    ]
  }

  private var principalLine: GuideText {
    isShared
      ? "Each \("AWS") line is the session of one import connector config. The line for this one is \(icc.principal(connector))."
      : "Line 7 is the session that may use the role: \(icc.principal(connector)). Imports fail with any other text on line 7."
  }

  private var rotation: [GuideBlock] {
    guard let pending = icc.pendingExternalID else { return [] }
    return [
      .paragraph(
        "A rotation of the external ID is in progress. Until it is completed, the policy accepts the current external ID and \(pending.hex)."
      )
    ]
  }

  private var sharing: [GuideBlock] {
    var blocks: [GuideBlock] = []
    if isShared {
      blocks.append(
        .paragraph(
          "Other import connector configs of your organisation use the same role. The policy above has a statement for each of them."
        ))
    }
    return blocks + merged.warnings.map { .trap("\(words: $0.detail) \(words: $0.hint ?? "")") }
  }

  private var permissionStep: [GuideBlock] {
    let objects = icc.filenames.isEmpty ? "its objects" : "the objects with the filenames above"
    let decryption = icc.kmsKeyARN == nil ? "" : ", and decrypt with the key"
    return [
      .heading("3. Give the role its permissions", .permissions),
      .paragraph(
        "The role needs this permission policy: list the bucket, read \(words: objects)\(words: decryption). Leave the role's other policies as they are."
      ),
      .code(title: "Permission policy", file: "permission-policy.json", text: permissionPolicy.documentText),
      .steps([
        "In the AWS console, open **IAM > Roles > \(roleName) > Permissions** and choose **Add permissions > Create inline policy**.",
        "Choose **JSON**, paste the policy above, and choose **Next**.",
        "Enter \(policyName) as the policy name and choose **Create policy**.",
      ]),
      .trap(
        "\("s3:ListBucket") applies to the ARN of the bucket, \("s3:GetObject") to the ARN of its objects. Neither works with the other's ARN."
      ),
      .check("**Permissions** lists \(policyName)."),
    ]
  }

  private var userARNStep: [GuideBlock] {
    let check: GuideText =
      icc.userARN.map { "The ARN in the role's **Summary** is \($0.text)." }
      ?? "It looks like \("arn:\(connector.partition):iam::111122223333:role/\(roleName)"), with your account ID."
    return [
      .heading("4. Give InfoSum the role's ARN", .userARN),
      .paragraph("Copy the ARN in the role's **Summary**, and enter it at InfoSum as the User ARN."),
      .trap(
        "Despite its name, the User ARN is the ARN of the role. The ARN of a user, which contains \(":user/"), is rejected."
      ),
      .check(check),
    ]
  }

  private var bucketStep: [GuideBlock] {
    let lead: [GuideBlock] = [
      .heading("5. Check the bucket policy", .permissions),
      .paragraph(
        "In the AWS console, open **Amazon S3 > \(icc.bucketName.text) > Permissions > Bucket policy**. If there is no bucket policy, and the bucket and the role belong to one account, skip this step."
      ),
    ]
    guard let policy = icc.bucketPolicy(connector), let exception = icc.bucketPolicyException else {
      return lead + [.paragraph("The statements to add are shown here after you set the User ARN.")]
    }
    return lead + [
      .paragraph("To allow the role, add these statements to the \("Statement") list. Keep all other statements."),
      .code(title: "Bucket policy", file: "bucket-policy.json", text: policy.documentText),
      .paragraph(
        "If the bucket policy has a \("Deny") statement that applies to the role, add this condition to the \("Condition") of that statement. It exempts the role and no one else. If the statement already has \("ArnNotEquals") with \("aws:PrincipalArn"), add the ARN to its list."
      ),
      .code(
        title: "Exception for a Deny statement", file: "deny-exception.json", text: exception.documentText),
      .trap(
        "A Deny overrides every Allow. A Deny that limits source addresses, VPCs or VPC endpoints also blocks InfoSum."),
    ]
  }

  private var keyStep: [GuideBlock] {
    guard let key = icc.kmsKeyARN else { return [] }
    let lead: [GuideBlock] = [
      .heading("6. Let the role use the key", .permissions),
      .paragraph(
        "In the AWS console, open **KMS > Customer managed keys**, choose the key \(key.text), and edit its key policy."
      ),
    ]
    guard let policy = icc.keyPolicy(connector) else {
      return lead + [.paragraph("The statement to add is shown here after you set the User ARN.")]
    }
    return lead + [
      .paragraph("Add this statement to the \("Statement") list. Keep all other statements."),
      .code(title: "Key policy", file: "key-policy.json", text: policy.documentText),
    ]
  }

  private var organisationStep: [GuideBlock] {
    [
      .heading("If your organisation uses control policies", .trustPolicy),
      .paragraph(
        "A resource control policy (RCP) of AWS Organizations can deny \("sts:AssumeRole") for principals of other accounts, whatever the trust policy allows. If the role cannot be assumed although its trust policy is right, ask the administrator of your AWS organization to add this condition to that Deny statement. It exempts InfoSum's account and no other."
      ),
      .code(
        title: "Exception for a control policy", file: "control-policy-exception.json",
        text: controlPolicyException.documentText),
      .paragraph(
        "A service control policy (SCP) can limit what your role may do in Amazon S3 and KMS. A Deny there must exempt the role itself, with its ARN in \("ArnNotEquals") and \("aws:PrincipalArn")."
      ),
    ]
  }

  private var controlPolicyException: JSONValue {
    ["StringNotEquals": ["aws:PrincipalAccount": .string(connector.accountID)]]
  }

  private var finalStep: [GuideBlock] {
    [
      .heading("Last: verify", .verify),
      .paragraph("AWS can take a few minutes to apply a change. Then verify the connection:"),
      .code(
        title: "Verify command", file: "verify.sh",
        text: "curl -X POST -H \"Authorization: Bearer $TOKEN\" \"$REGISTRY/v1/iccs/\(icc.id)/verify\""),
    ]
  }
}
