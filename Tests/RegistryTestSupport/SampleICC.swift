package import Registry

/// An ICC for tests; the values are not validated.
package func sampleICC(
  id: String = "icc_01jdc0000000000000000000aa", userARN: String? = "arn:aws:iam::111122223333:role/infosum-import",
  session: String = "acme-import", bucket: String = "acme-data", prefix: String = "exports/",
  filenames: [String] = [], key: String? = nil,
  externalID: UInt8 = 0xAB, pending: UInt8? = nil, name: String = "Acme",
  status: ICCStatus? = nil, verification: Verification? = nil
) -> ICC {
  let made = Timestamp(milliseconds: 1_790_000_000_000)
  let identifier = { (byte: UInt8) in ExternalID(bytes: Array(repeating: byte, count: 32)) ?? .sample }
  return ICC(
    id: ICCID(stored: id), organisation: .default, name: ICCName(stored: name), connectorType: .s3CrossAccount,
    status: status ?? (userARN == nil ? .draft : .unverified), isEnabled: true,
    userARN: userARN.map(UserARN.init(stored:)),
    sessionName: SessionName(stored: session), bucketName: BucketName(stored: bucket), prefix: Prefix(stored: prefix),
    kmsKeyARN: key.map(KMSKeyARN.init(stored:)), externalID: identifier(externalID),
    pendingExternalID: pending.map(identifier), version: 1, createdAt: made, createdBy: .commandLine, updatedAt: made,
    updatedBy: .commandLine, deletedAt: nil, lastVerification: verification?.text,
    filenames: Filenames(stored: filenames))
}

/// Filenames that are legal and hard to write down.
package let awkwardFilenames: [String] = [
  "*", "?", "*.csv", "2026/orders.parquet", "orders-????.csv", "**/x", "a*b?c", "$", "${*}", "${?}", "$?", "a$b*",
  "${aws:username}",
  "it's.csv", "say \"hi\".csv", "two words ", "\\", "a\\n*", "é*ÿ", "[a-z]{1,2}.csv", "(x|y)+", "%{if}*%{endif}",
  "$${x}", "%%{x}?",
  "$(id)`id`", "'''\"\"\"'", "{{x}}<%= x %>", "--help", "||", "a//b", "POLICY", "*/", "%2A", "#x", "~*",
]

/// The ARN of a KMS key.
package let sampleKey = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"

/// Prefixes that are legal and hard to write down; each fits in 1,024 bytes.
package let awkwardPrefixes: [String] = [
  "", "exports/", "exports", "it's/", "say \"hi\"/", "two words/ ", " lead/", "*", "a*b?c/", "$", "${*}",
  "${aws:username}/",
  "$(id)`id`$HOME/", "\\", "a\\n/", "é/ÿ/", "日本/", "🙂/", "e\u{301}/", "a\u{A0}b/", "!;&|<>#~/", "%{if}%{endif}${x}/",
  "$${x}/",
  "%%{x}/", "EOF", "'''\"\"\"'/", "{{x}}<%= x %>/", "-x/", "--help/", "[x](y)/", "<b>&amp;</b>/", "```/", "||/",
  "=cmd/",
  String(repeating: "$", count: 1_024), String(repeating: "*", count: 1_024), String(repeating: "\"", count: 1_024),
  String(repeating: "'", count: 1_024), String(repeating: "\\", count: 1_024), String(repeating: "🙂", count: 256),
  String(repeating: "é", count: 512), String(repeating: "a/", count: 512), String(repeating: "${", count: 512),
  String(repeating: "%{", count: 512), String(repeating: "<", count: 1_024), String(repeating: "`", count: 1_024),
]
