import Registry
import Testing

/// A text offered for a member, and the codes that it is refused with.
struct Refusal: CustomTestStringConvertible, Sendable {
  let member: String
  let text: String
  let codes: [String]

  init(_ member: String, _ text: String, _ codes: String...) {
    self.member = member
    self.text = text
    self.codes = codes
  }

  var testDescription: String { "\(member) \(text.prefix(60)) -> \(codes.joined(separator: ", "))" }
}

/// The diagnostics for a text offered for a member; none where it is accepted.
func diagnostics(_ member: String, _ text: String, connector: ConnectorIdentity = .init()) -> [Diagnostic] {
  do throws(InvalidValue) {
    switch member {
    case "name": _ = try ICCName(validating: text)
    case "userArn": _ = try UserARN(validating: text, connector: connector)
    case "sessionName": _ = try SessionName(validating: text)
    case "bucketName": _ = try BucketName(validating: text, connector: connector)
    case "prefix": _ = try Prefix(validating: text)
    default: _ = try KMSKeyARN(validating: text, connector: connector)
    }
    return []
  } catch {
    return error.diagnostics
  }
}

private func times(_ count: Int, _ text: String = "a") -> String { String(repeating: text, count: count) }

private let role = "arn:aws:iam::111122223333:role/"
private let key = "arn:aws:kms:eu-west-1:111122223333:key/"

struct ValidationTests {
  static let refusals: [Refusal] = [
    Refusal("name", "", "name.length"),
    Refusal("name", times(129), "name.length"),
    Refusal("name", times(129, "é"), "name.length"),
    Refusal("name", "a\tb", "name.control-character"),
    Refusal("name", "a\u{85}b", "name.control-character"),
    Refusal("name", "\n" + times(200), "name.length"),
    Refusal("name", "a\n" + times(200), "name.length", "name.control-character"),
    Refusal("name", " \t\u{A0}\u{3000} ", "name.blank"),
    Refusal("name", "\u{200B}", "name.invisible-character"),
    Refusal("name", "Acme\u{202E}MRC", "name.invisible-character"),
    Refusal("name", "Ac\u{2066}me", "name.invisible-character"),
    Refusal("name", "Ac\u{AD}me", "name.invisible-character"),
    Refusal("name", "Ac\u{3164}me", "name.invisible-character"),
    Refusal("name", "a\u{2028}b", "name.control-character"),

    Refusal("sessionName", "Your Session Name", "session-name.placeholder"),
    Refusal("sessionName", "  your session  name ", "session-name.placeholder"),
    Refusal("sessionName", "“Your Session Name”", "session-name.placeholder"),
    Refusal("sessionName", "acme import", "session-name.illegal-character"),
    Refusal("sessionName", "acme:import", "session-name.illegal-character"),
    Refusal("sessionName", "café", "session-name.illegal-character"),
    Refusal("sessionName", "acme/import", "session-name.illegal-character"),
    Refusal("sessionName", "", "session-name.length"),
    Refusal("sessionName", "a", "session-name.length"),
    Refusal("sessionName", times(65), "session-name.length"),
    Refusal("sessionName", "!", "session-name.illegal-character", "session-name.length"),
    Refusal("sessionName", "acme\u{200B}import", "session-name.invisible-character"),
    Refusal("sessionName", "acme\timport", "session-name.invisible-character"),
    Refusal("sessionName", "acme\u{2013}import", "session-name.invisible-character"),
    Refusal("sessionName", "\u{430}cme", "session-name.invisible-character"),
    Refusal("sessionName", "\u{FF41}cme", "session-name.invisible-character"),
    Refusal("sessionName", "acme\u{A0}b!", "session-name.invisible-character", "session-name.illegal-character"),

    Refusal("bucketName", "s3://acme-data/exports/", "bucket-name.is-uri"),
    Refusal("bucketName", "https://acme-data.s3.eu-west-1.amazonaws.com/exports/a.csv", "bucket-name.is-uri"),
    Refusal("bucketName", "arn:aws:s3:::acme-data", "bucket-name.is-arn"),
    Refusal("bucketName", "arn:aws:s3:eu-west-1:111122223333:accesspoint/acme", "bucket-name.is-arn"),
    Refusal("bucketName", "acme-data.s3.eu-west-1.amazonaws.com", "bucket-name.is-host-name"),
    Refusal("bucketName", "s3.amazonaws.com/acme-data", "bucket-name.is-host-name"),
    Refusal("bucketName", "Acme-data", "bucket-name.illegal-character"),
    Refusal("bucketName", "acme_data", "bucket-name.illegal-character"),
    Refusal("bucketName", "acme-data/exports", "bucket-name.illegal-character"),
    Refusal("bucketName", "acmé", "bucket-name.illegal-character"),
    Refusal("bucketName", "", "bucket-name.length"),
    Refusal("bucketName", "ab", "bucket-name.length"),
    Refusal("bucketName", times(64), "bucket-name.length"),
    Refusal("bucketName", "192.168.5.4", "bucket-name.ip-address"),
    Refusal("bucketName", "acme..data", "bucket-name.adjacent-dots"),
    Refusal("bucketName", "-acme", "bucket-name.edge"),
    Refusal("bucketName", "acme.", "bucket-name.edge"),
    Refusal("bucketName", "..", "bucket-name.length", "bucket-name.adjacent-dots", "bucket-name.edge"),
    Refusal("bucketName", "xn--acme", "bucket-name.reserved-prefix"),
    Refusal("bucketName", "sthree-acme", "bucket-name.reserved-prefix"),
    Refusal("bucketName", "amzn-s3-demo-bucket", "bucket-name.reserved-prefix"),
    Refusal("bucketName", "acme-s3alias", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme--ol-s3", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme.mrap", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme--euw1-az1--x-s3", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme--table-s3", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme-an", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "111122223333-eu-west-1-an", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme-11112222333-eu-west-1-an", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme-111122223333-euwest1-an", "bucket-name.reserved-suffix"),
    Refusal("bucketName", "acme\u{AD}data", "bucket-name.invisible-character"),
    Refusal("bucketName", "acme\u{FEFF}", "bucket-name.invisible-character"),

    Refusal("prefix", "/exports/", "prefix.leading-slash"),
    Refusal("prefix", "/", "prefix.leading-slash"),
    Refusal("prefix", "exports//weekly/", "prefix.empty-segment"),
    Refusal("prefix", "exports//", "prefix.empty-segment"),
    Refusal("prefix", "//exports", "prefix.leading-slash", "prefix.empty-segment"),
    Refusal("prefix", ".", "prefix.dot-segment"),
    Refusal("prefix", "exports/../", "prefix.dot-segment"),
    Refusal("prefix", "exports/.", "prefix.dot-segment"),
    Refusal("prefix", "a\nb", "prefix.control-character"),
    Refusal("prefix", "a\u{0}b", "prefix.control-character"),
    Refusal("prefix", "a\u{7F}b", "prefix.control-character"),
    Refusal("prefix", "a\u{9F}b", "prefix.control-character"),
    Refusal("prefix", "s3://acme-data/exports/", "prefix.is-uri"),
    Refusal("prefix", "HTTPS://acme-data.s3.amazonaws.com/exports/", "prefix.is-uri"),
    Refusal("prefix", "arn:aws:s3:::acme-data/exports/", "prefix.is-arn"),
    Refusal("prefix", times(1_025), "prefix.too-long"),
    Refusal("prefix", times(513, "é"), "prefix.too-long"),
    Refusal(
      "prefix", "/a//./\u{1}" + times(1_025), "prefix.leading-slash", "prefix.empty-segment", "prefix.dot-segment",
      "prefix.control-character", "prefix.too-long"),

    Refusal("userArn", "", "user-arn.malformed"),
    Refusal("userArn", "infosum-import", "user-arn.malformed"),
    Refusal("userArn", "111122223333", "user-arn.malformed"),
    Refusal("userArn", "AROAEXAMPLEEXAMPLE", "user-arn.malformed"),
    Refusal("userArn", "ARN:aws:iam::111122223333:role/a", "user-arn.malformed"),
    Refusal("userArn", "\"\(role)a\"", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::111122223333", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam:eu-west-1:111122223333:role/a", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::11112222333:role/a", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::1111-2222-3333:role/a", "user-arn.malformed"),
    Refusal("userArn", "arn:aws-moon:iam::111122223333:role/a", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:ec2:eu-west-1:111122223333:instance/i-1", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::111122223333:mfa/a", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::111122223333:role", "user-arn.malformed"),
    Refusal("userArn", role, "user-arn.malformed"),
    Refusal("userArn", role + "path/", "user-arn.malformed"),
    Refusal("userArn", role + "/a", "user-arn.malformed"),
    Refusal("userArn", role + "a b", "user-arn.malformed"),
    Refusal("userArn", role + "a*", "user-arn.malformed"),
    Refusal("userArn", role + "caf\u{E9}", "user-arn.malformed"),
    Refusal("userArn", "arn:aws:iam::111122223333:user/jo", "user-arn.is-user"),
    Refusal("userArn", "arn:aws:iam::111122223333:root", "user-arn.is-root"),
    Refusal("userArn", "arn:aws:iam::111122223333:group/g", "user-arn.is-group"),
    Refusal("userArn", "arn:aws:iam::111122223333:policy/p", "user-arn.is-policy"),
    Refusal("userArn", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "user-arn.is-policy"),
    Refusal("userArn", "arn:aws:iam::111122223333:instance-profile/p", "user-arn.is-instance-profile"),
    Refusal("userArn", "arn:aws:sts::111122223333:assumed-role/r/s", "user-arn.is-assumed-role"),
    Refusal("userArn", "arn:aws:iam::111122223333:assumed-role/r/s", "user-arn.is-assumed-role"),
    Refusal(
      "userArn", role + "aws-service-role/s3.amazonaws.com/AWSServiceRoleForS3", "user-arn.is-service-linked-role"),
    Refusal("userArn", "arn:aws:s3:::acme-data", "user-arn.is-bucket"),
    Refusal("userArn", "s3://acme-data", "user-arn.is-bucket"),
    Refusal("userArn", "arn:aws-cn:iam::111122223333:role/a", "user-arn.wrong-partition"),
    Refusal("userArn", "arn:aws:iam::134928160093:role/InfoSumImportConnector", "user-arn.own-account"),
    Refusal(
      "userArn", "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme",
      "user-arn.is-assumed-role", "user-arn.own-account"),
    Refusal("userArn", "arn:aws-us-gov:iam::111122223333:user/jo", "user-arn.is-user", "user-arn.wrong-partition"),
    Refusal("userArn", role + times(65), "user-arn.too-long"),
    Refusal("userArn", role + times(511) + "/a", "user-arn.too-long"),
    Refusal("userArn", role + times(2_048), "user-arn.too-long"),
    Refusal("userArn", role + "a\u{A0}b", "user-arn.invisible-character"),
    Refusal("userArn", "\u{201C}\(role)a\u{201D}", "user-arn.invisible-character"),
    Refusal("userArn", "\u{FEFF}arn:aws:iam::111122223333:user/jo", "user-arn.invisible-character", "user-arn.is-user"),
    Refusal("userArn", "\u{202E}\(role)a", "user-arn.invisible-character"),

    Refusal("kmsKeyArn", "", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", "1234abcd-12ab-34cd-56ef-1234567890ab", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", key, "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", key + "a/b", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", key + times(129), "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", " " + key + "a", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", "arn:aws:kms::111122223333:key/a", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", "arn:aws:kms:eu-west-1:1:key/a", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", "arn:aws:s3:::acme-data", "kms-key-arn.malformed"),
    Refusal("kmsKeyArn", "arn:aws:kms:eu-west-1:111122223333:alias/acme", "kms-key-arn.is-alias"),
    Refusal("kmsKeyArn", "alias/acme", "kms-key-arn.is-alias"),
    Refusal("kmsKeyArn", "alias/aws/s3", "kms-key-arn.is-aws-managed-alias"),
    Refusal("kmsKeyArn", "arn:aws:kms:eu-west-1:111122223333:alias/aws/s3", "kms-key-arn.is-aws-managed-alias"),
    Refusal("kmsKeyArn", "arn:aws-cn:kms:cn-north-1:111122223333:key/a", "kms-key-arn.wrong-partition"),
    Refusal("kmsKeyArn", key + "a\u{200B}", "kms-key-arn.invisible-character"),
  ]

  @Test(arguments: refusals)
  func `an invalid value is rejected with its code`(_ refusal: Refusal) {
    let found = diagnostics(refusal.member, refusal.text)
    #expect(found.map(\.code) == refusal.codes)
    for diagnostic in found {
      #expect(diagnostic.pointer == "/" + refusal.member)
      #expect(!diagnostic.detail.isEmpty && diagnostic.hint?.isEmpty == false)
      #expect(diagnostic.detail.utf8.count < 600 && (diagnostic.hint?.utf8.count ?? 0) < 3_000)
    }
  }

  static let accepted: [Refusal] = [
    Refusal("name", "a"), Refusal("name", times(128)), Refusal("name", times(128, "é")), Refusal("name", " Acme 🙂 "),
    Refusal("name", "Acme ❤\u{FE0F}"), Refusal("name", "東京\u{3000}支店"),
    Refusal("name", "Łódź – Ünïcode"),
    Refusal("sessionName", "ab"), Refusal("sessionName", times(64)), Refusal("sessionName", "aZ09_+=,.@-"),
    Refusal("bucketName", "abc"), Refusal("bucketName", times(63)), Refusal("bucketName", "0.a-b.9"),
    Refusal("bucketName", "acme-111122223333-eu-west-1-an"),
    Refusal("bucketName", "acme-b-111122223333-us-gov-west-1-an"),
    Refusal("bucketName", "tristan"), Refusal("bucketName", "1.2.3"), Refusal("bucketName", "1234.1.1.1"),
    Refusal("prefix", ""), Refusal("prefix", times(1_024)), Refusal("prefix", times(512, "é")),
    Refusal("prefix", "a/.b/...c/"),
    Refusal("prefix", "it's \"$HOME\" `x` ${*}?*\\ 🙂/"), Refusal("prefix", "Bob’s files/"), Refusal("prefix", "a:b/"),
    Refusal("userArn", role + "a"), Refusal("userArn", role + times(64)), Refusal("userArn", role + "aZ09_+=,.@-"),
    Refusal("userArn", role + times(510) + "/a"), Refusal("userArn", role + "teams/data/a"),
    Refusal("userArn", "arn:aws:iam::000000000001:role/service-role/a"), Refusal("userArn", role + "a:b/c"),
    Refusal("kmsKeyArn", key + "1234abcd-12ab-34cd-56ef-1234567890ab"), Refusal("kmsKeyArn", key + "mrk-1"),
  ]

  @Test(arguments: accepted)
  func `a valid value is accepted`(_ value: Refusal) {
    #expect(diagnostics(value.member, value.text) == [])
  }

  @Test
  func `white space around a value is trimmed`() throws {
    #expect(try UserARN(validating: " \t\(role)a\r\n", connector: .init()).text == role + "a")
    #expect(try SessionName(validating: "\u{B}acme\u{C}").text == "acme")
    #expect(try BucketName(validating: " acme ", connector: .init()).text == "acme")
    #expect(try Prefix(validating: " a ").text == " a ")
    #expect(try ICCName(validating: " \u{A0}a b\n").text == "a b")
  }

  static let tellings: [(member: String, text: String, words: [String])] = [
    ("sessionName", "  ac\u{A0}me", ["U+00A0", "no-break space", "character 5"]),
    ("sessionName", "acme import", ["U+0020", "character 5", "“acme-import”"]),
    ("sessionName", "arn:aws:sts::134928160093:assumed-role/InfoSumImportConnector/acme", ["“acme”"]),
    ("bucketName", "s3://acme-data/exports/weekly/", ["“acme-data”", "“exports/weekly/”"]),
    ("bucketName", "arn:aws:s3:::acme-data/exports/*", ["“acme-data”"]),
    ("bucketName", "acme-data/exports/", ["“acme-data”", "“exports/”"]),
    ("bucketName", "acme-data/exports", ["“acme-data”", "“exports/”"]),
    ("bucketName", "acme-data/", ["“acme-data”", "leave the prefix empty"]),
    ("bucketName", "acme-data.s3.eu-west-1.amazonaws.com", ["“acme-data”", "host name"]),
    ("bucketName", "s3.cn-north-1.amazonaws.com.cn/acme-data/x", ["“acme-data”", "“x/”"]),
    ("bucketName", "arn:aws-us-gov:s3:::acme-data", ["“aws-us-gov”", "never"]),
    ("userArn", "infosum-import", ["role name", ":role/infosum-import"]),
    ("userArn", "arn:aws:iam::<account>:role/a", ["placeholder"]),
    ("userArn", "arn:aws:iam::1111-2222-3333:role/a", ["without dashes"]),
    ("userArn", "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/a", ["console", "Summary"]),
    ("kmsKeyArn", "1234abcd-12ab-34cd-56ef-1234567890ab", ["key ID", ":key/1234abcd"]),
    ("kmsKeyArn", "alias/aws/s3", ["empty"]),
    ("bucketName", "Acme-Data", ["“acme-data”"]),
    ("bucketName", "https://s3.eu-west-1.amazonaws.com/acme-data/x/", ["“acme-data”", "“x/”"]),
    ("bucketName", "https://eu-west-1.console.aws.amazon.com/s3/buckets/acme-data?region=eu-west-1", ["“acme-data”"]),
    ("prefix", "s3://acme-data/exports/", ["“acme-data”", "“exports/”"]),
    ("userArn", "arn:aws:sts::111122223333:assumed-role/infosum/me", ["“arn:aws:iam::111122223333:role/infosum”"]),
    ("userArn", "arn:aws:iam::111122223333:user/jo", ["role", "IAM > Roles", "Summary"]),
    ("userArn", "arn:aws:s3:::acme-data", ["bucketName"]),
    ("userArn", "\u{200B}\(role)a\u{2019}", ["U+200B", "character 1", "U+2019", "character 34"]),
  ]

  @Test(arguments: tellings)
  func `an error suggests the intended value`(_ row: (member: String, text: String, words: [String])) {
    let told = diagnostics(row.member, row.text).map { $0.detail + " " + ($0.hint ?? "") }.joined(separator: " ")
    for word in row.words { #expect(told.contains(word), "\(told)") }
  }

  @Test
  func `the connector's partition and account matter`() {
    let china = ConnectorIdentity(partition: "aws-cn", accountID: "111122223333", roleName: "r")
    #expect(diagnostics("userArn", "arn:aws-cn:iam::000000000001:role/a", connector: china) == [])
    #expect(
      diagnostics("userArn", role + "a", connector: china).map(\.code) == [
        "user-arn.wrong-partition", "user-arn.own-account",
      ])
    #expect(diagnostics("kmsKeyArn", key + "a", connector: china).map(\.code) == ["kms-key-arn.wrong-partition"])
  }

  @Test(.timeLimit(.minutes(10)))
  func `a hostile text is rejected without a crash`() {
    for piece in ["\u{200B}", "/", ":", "a:", "é", "\u{301}", ".", "-an", "s3://a"] {
      let text = times(60_000, piece)
      for member in ["name", "userArn", "sessionName", "bucketName", "prefix", "kmsKeyArn"] {
        let found = diagnostics(member, text)
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.detail.utf8.count + ($0.hint?.utf8.count ?? 0) < 4_000 })
      }
    }
  }
}
