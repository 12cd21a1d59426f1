import JSON
import Registry

extension ICCSetupKit {
  var guideTitle: String { "Set up AWS for \(icc.name)" }

  var guide: Guide {
    Guide(blocks: introduction + permissionStep + roleStep + trustStep + userARNStep + bucketStep + keyStep + finalStep)
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
    return [
      .title("Set up AWS for \(words: icc.name.text)"),
      .paragraph(
        "These are the steps in your own AWS account that let InfoSum read your bucket, for the import connector config \(icc.id.text). All values are filled in: copy them as they are."
      ),
      .values((values + pending + key).map { (name: $0.0, value: $0.1) }),
    ] + icc.warnings(connector).map { .trap("\(words: $0.detail) \(words: $0.hint ?? "")") }
  }

  private var permissionStep: [GuideBlock] {
    [
      .heading("1. Know what the role may do"),
      .paragraph(
        "The role needs this permission policy and no more: list the bucket, read the objects\(words: icc.kmsKeyARN == nil ? "" : ", decrypt with the key")."
      ),
      .code(permissionPolicy.documentText),
      .trap(
        "“s3:ListBucket” belongs on the bucket's ARN and “s3:GetObject” on that of its objects. Exchanged, neither works."
      ),
    ]
  }

  private var roleStep: [GuideBlock] {
    let create: [GuideText] = [
      "In the AWS console open IAM, then Roles, and choose “Create role”.",
      "Choose “Custom trust policy” and paste the policy of step 3.",
      "Choose Next twice, enter \(roleName) as the name, and create the role.",
    ]
    let open: [GuideText] = [
      "In the AWS console open IAM, then Roles, and choose \(roleName). Create it if it is not there."
    ]
    let attach: [GuideText] = [
      "In the role, under Permissions, choose “Add permissions”, “Create inline policy”, JSON, and paste the policy of step 1.",
      "Name the policy \(policyName) and save it.",
    ]
    return [
      .heading("2. \(words: icc.userARN == nil ? "Create the role" : "Give the role its permissions")"),
      .steps((icc.userARN == nil ? create : open) + attach),
      .check("Under Permissions the role lists \(policyName)."),
    ]
  }

  private var trustStep: [GuideBlock] {
    [
      .heading("3. Let InfoSum assume the role"),
      .steps([
        "In the role open “Trust relationships” and choose “Edit trust policy”.",
        "Replace all that is there, also a statement for \("s3.amazonaws.com"), by this policy, and save it.",
      ]),
      .code(trustPolicy.documentText),
      .trap(lineSeven),
      .trap(
        "The session name is \(icc.sessionName.text), with the same capitals and without spaces, here and at InfoSum. Change it in both places or in neither."
      ),
    ] + rotation + sharing + [
      .check("Under “Trust relationships” the editor shows the external ID \(icc.externalID.hex).")
    ]
  }

  private var lineSeven: GuideText {
    isShared
      ? "Each “AWS” line names one session of InfoSum's. The one for this config is \(icc.principal(connector))."
      : "Line 7 names the one session that may use the role: \(icc.principal(connector)). With any other text on line 7 imports are refused."
  }

  private var rotation: [GuideBlock] {
    guard let pending = icc.pendingExternalID else { return [] }
    return [
      .paragraph(
        "A new external ID is being introduced. Until it is promoted the policy accepts both, the present one and \(pending.hex)."
      )
    ]
  }

  private var sharing: [GuideBlock] {
    var blocks: [GuideBlock] = []
    if isShared {
      blocks.append(.paragraph("Other import connector configs use the same role; the policy above holds them all."))
    }
    return blocks + merged.warnings.map { .trap("\(words: $0.detail) \(words: $0.hint ?? "")") }
  }

  private var userARNStep: [GuideBlock] {
    let check: GuideText =
      icc.userARN.map { "The ARN in the role's Summary is \($0.text)." }
      ?? "It looks like \("arn:\(connector.partition):iam::111122223333:role/\(roleName)"), with your account's number."
    return [
      .heading("4. Give InfoSum the role's ARN"),
      .paragraph("Copy the ARN in the role's Summary, and enter it at InfoSum as the User ARN."),
      .trap(
        "In spite of its name, the User ARN is the ARN of the role. That of a user, with \(":user/") in it, is refused."
      ),
      .check(check),
    ]
  }

  private var bucketStep: [GuideBlock] {
    let lead: [GuideBlock] = [
      .heading("5. Look at the bucket policy"),
      .paragraph(
        "In the AWS console open Amazon S3, the bucket \(icc.bucketName.text), Permissions. Without a bucket policy, and with bucket and role in one account, there is nothing to do."
      ),
      .trap(
        "A Deny in the bucket policy wins over everything the role is allowed. Add the “ArnNotEquals” line to a Deny that restricts who may read. A Deny on source addresses or VPC endpoints shuts InfoSum out in the same way."
      ),
    ]
    guard let policy = icc.bucketPolicy(connector) else {
      return lead + [.paragraph("The statements to add are here once the User ARN is set.")]
    }
    return lead + [
      .paragraph("Add these statements to the policy that is there; do not replace it."), .code(policy.documentText),
    ]
  }

  private var keyStep: [GuideBlock] {
    guard let key = icc.kmsKeyARN else { return [] }
    let lead: [GuideBlock] = [
      .heading("6. Let the role use the key"),
      .paragraph("In the AWS console open KMS, Customer managed keys, and the key \(key.text). Edit its key policy."),
    ]
    guard let policy = icc.keyPolicy(connector) else {
      return lead + [.paragraph("The statement to add is here once the User ARN is set.")]
    }
    return lead + [
      .paragraph("Add this statement to the policy that is there; do not replace it."), .code(policy.documentText),
    ]
  }

  private var finalStep: [GuideBlock] {
    [
      .heading("Last: verify"),
      .paragraph("AWS may need some minutes until a change is known everywhere. Then verify the connection:"),
      .code("curl -X POST -H \"Authorization: Bearer $TOKEN\" \"$REGISTRY/v1/iccs/\(icc.id)/verify\""),
    ]
  }
}
