import AWSPolicy
import JSON
import Testing

@Suite struct PolicyBuildingTests {
  static let session = "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
  static let role = "arn:aws:iam::111122223333:role/infosum-import"

  @Test func `a trust policy has 17 lines`() {
    let document = PolicyDocument.trust([TrustGrant(principal: Self.session, externalIDs: ["d68b1db4"])])
    let expected = """
      {
        "Version": "2012-10-17",
        "Statement": [
          {
            "Effect": "Allow",
            "Principal": {
              "AWS": "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme-import"
            },
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringEquals": {
                "sts:ExternalId": "d68b1db4"
              }
            }
          }
        ]
      }
      """
    #expect(document.text == expected)
    #expect(document.text.split(separator: "\n").count == 17)
    #expect(document.size == document.text.filter { !$0.isWhitespace }.count)
  }

  @Test func `a pending external ID is listed after the current one`() {
    let document = PolicyDocument.trust([TrustGrant(principal: Self.session, externalIDs: ["a1", "b2"])])
    #expect(document.json["Statement"]?[0]?["Condition"]?["StringEquals"]?["sts:ExternalId"] == ["a1", "b2"])
  }

  @Test func `the permissions for a whole bucket have no prefix condition`() {
    let grant = S3ReadGrant(partition: "aws", bucket: "acme-data", prefix: "")
    #expect(
      grant.permissionPolicy.json.text()
        == #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","#
        + #""Resource":"arn:aws:s3:::acme-data"},{"Effect":"Allow","Action":"s3:GetObject","#
        + #""Resource":"arn:aws:s3:::acme-data/*"}]}"#)
    #expect(grant.keyPolicyStatement(role: Self.role)?.json == nil)
  }

  @Test func `the permissions for a prefix and a key name both`() {
    let key = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234"
    let grant = S3ReadGrant(partition: "aws-cn", bucket: "acme-data", prefix: "a*b/$?", kmsKeyARN: key)
    #expect(
      grant.permissionPolicy.json["Statement"] == [
        [
          "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws-cn:s3:::acme-data",
          "Condition": ["StringLike": ["s3:prefix": "a${*}b/${$}${?}*"]],
        ],
        ["Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws-cn:s3:::acme-data/a${*}b/${$}${?}*"],
        ["Effect": "Allow", "Action": "kms:Decrypt", "Resource": .string(key)],
      ])
    #expect(
      grant.keyPolicyStatement(role: Self.role)?.json == [
        "Effect": "Allow", "Principal": ["AWS": .string(Self.role)], "Action": "kms:Decrypt", "Resource": "*",
      ])
    #expect(
      grant.bucketPolicy(role: Self.role).json["Statement"]?[1] == [
        "Effect": "Allow", "Principal": ["AWS": .string(Self.role)], "Action": "s3:GetObject",
        "Resource": "arn:aws-cn:s3:::acme-data/a${*}b/${$}${?}*",
      ])
  }

  @Test func `conditions with one operator share its block`() {
    let statement = PolicyStatement(
      sid: "One", effect: .deny, principals: ["*"], actions: ["s3:*"], resources: ["a", "b"],
      conditions: [
        PolicyCondition("StringLike", "s3:prefix", ["a*"]), S3ReadGrant.exception(role: Self.role),
        PolicyCondition("StringLike", "s3:delimiter", ["/", ":"]),
      ])
    #expect(
      statement.json.text()
        == #"{"Sid":"One","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*","Resource":["a","b"],"Condition":"#
        + #"{"StringLike":{"s3:prefix":"a*","s3:delimiter":["/",":"]},"ArnNotEquals":{"aws:PrincipalArn":"\#(Self.role)"}}}"#
    )
  }

  @Test(arguments: [
    ("", "", ""), ("exports/", "exports/", ""), ("*?$", "${*}${?}${$}", ""), ("${x}", "${$}{x}", ""),
    ("é/ÿ", "é/ÿ", ""),
    ("Ā/日本/日", "?/??/?", "Ā日本"), ("e\u{301}", "e?", "\u{301}"), ("😀", "?", "😀"),
  ])
  func `wildcards in a prefix are escaped`(_ prefix: String, _ pattern: String, _ replaced: String) {
    let escaped = PolicyVariable.escape(prefix)
    #expect(escaped.pattern == pattern)
    #expect(escaped.replaced == Array(replaced.unicodeScalars))
  }
}

@Suite struct ARNTests {
  @Test(arguments: [
    ("arn:aws:iam::111122223333:role/a/b", "aws", "iam", "", "111122223333", "role/a/b"),
    ("arn:aws:s3:::bucket/a:b:c", "aws", "s3", "", "", "bucket/a:b:c"),
    ("arn:aws-cn:kms:cn-north-1:012345678901:key/1", "aws-cn", "kms", "cn-north-1", "012345678901", "key/1"),
    ("arn:::::", "", "", "", "", ""),
  ])
  func `an ARN is split at its first five colons`(
    _ text: String, _ partition: String, _ service: String, _ region: String, _ account: String, _ resource: String
  ) throws {
    let arn = try #require(ARN(text))
    #expect(
      arn == ARN(partition: partition, service: service, region: region, account: account, resource: resource))
    #expect(arn.description == text)
  }

  @Test(arguments: ["", "arn", "arn:aws:iam::1", "ARN:aws:iam::1:x", " arn:aws:iam::1:x", "*"])
  func `a text that is not an ARN is rejected`(_ text: String) {
    #expect(ARN(text) == nil)
  }

  @Test(
    arguments: [
      ("arn:aws:iam::111122223333:root", .root, "/", "", nil),
      ("arn:aws:iam::111122223333:role/r", .role, "/", "r", nil),
      ("arn:aws:iam::111122223333:role/a/b/r", .role, "/a/b/", "r", nil),
      ("arn:aws:iam::111122223333:user/u", .user, "/", "u", nil),
      ("arn:aws:sts::111122223333:assumed-role/r/s", .assumedRole, "/", "r", "s"),
      ("arn:aws:iam::111122223333:instance-profile/p", .instanceProfile, "/", "p", nil),
    ] as [(String, IAMEntity.Kind, String, String, String?)])
  func `an IAM entity is read from its ARN`(
    _ text: String, _ kind: IAMEntity.Kind, _ path: String, _ name: String, _ session: String?
  ) throws {
    let arn = try #require(ARN(text))
    let entity = try #require(IAMEntity(arn))
    #expect(entity.kind == kind)
    #expect(entity.path == path)
    #expect(entity.name == name)
    #expect(entity.session == session)
  }

  @Test(arguments: [
    "arn:aws:s3:::bucket", "arn:aws:iam::1:role", "arn:aws:sts::1:assumed-role/r", "arn:aws:iam::1:x/y",
  ])
  func `an ARN without an IAM entity has none`(_ text: String) throws {
    #expect(IAMEntity(try #require(ARN(text))) == nil)
  }

  @Test func `an account has 12 digits`() {
    #expect(ARN.isAccountID("012345678901"))
    #expect(!ARN.isAccountID("12345678901"))
    #expect(!ARN.isAccountID("١٢٣٤٥٦"))
    #expect(!ARN.isAccountID("12345678901x"))
  }
}
