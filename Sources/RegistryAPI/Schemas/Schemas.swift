import JSON
import Registry

/// `components/schemas`: requests and responses, as precisely as JSON Schema can describe them.
enum Schemas {
  static var all: JSONValue {
    .object(SchemaTexts.describing(scalars + requests + responses + infoSum))
  }

  private static let instant = Schema.string(("format", "date-time"))
  private static let name = Schema.string(
    ("minLength", 1), ("maxLength", 128), ("pattern", .string("^[^\(hidden)]*[^\\s\(hidden)][^\(hidden)]*$")))

  /// The controls and invisible characters that a name must not contain, in a regular expression.
  private static let hidden =
    "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f"
    + "\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0\\ufff0-\\ufffb"

  private static let scalars: [(String, JSONValue)] = [
    ("Name", name),
    ("Instant", instant),
    ("ICCId", Schema.string(("pattern", "^icc_[0-7][0-9a-hjkmnp-tv-z]{25}$"))),
    ("TokenId", Schema.string(("pattern", "^tok_[0-7][0-9a-hjkmnp-tv-z]{25}$"))),
    ("HandOverId", Schema.string(("pattern", "^hov_[0-7][0-9a-hjkmnp-tv-z]{25}$"))),
    ("UsageKey", Schema.string(("pattern", "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"))),
    ("OrganisationId", Schema.string(("pattern", "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"))),
    ("AddressBlock", addressBlock),
    ("ExternalId", Schema.string(("pattern", "^[0-9a-f]{64}$"))),
    (
      "UserArn",
      Schema.string(("pattern", "^arn:aws:iam::[0-9]{12}:role/([!-.0-~]{1,100}/){0,5}[A-Za-z0-9_+=,.@-]{1,64}$"))
    ),
    ("SessionName", Schema.string(("pattern", "^[A-Za-z0-9_+=,.@-]{2,64}$"))),
    ("BucketName", bucketName),
    (
      "Description",
      Schema.string(
        ("maxLength", 1000), ("pattern", "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$"))
    ),
    ("AccountId", Schema.string(("pattern", "^[0-9]{12}$"))),
    ("Prefix", prefix),
    ("Filenames", filenames),
    ("KmsKeyArn", kmsKeyArn),
    ("PolicyDocument", ["type": "object", "required": ["Version", "Statement"]]),
  ]

  /// An IPv4 or IPv6 address, or a block of them.
  private static let addressBlock: JSONValue = {
    let byte = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
    let four = "^(\(byte)\\.){3}\(byte)(/(3[0-2]|[12]?[0-9]))?$"
    let group = "[0-9A-Fa-f]{1,4}"
    let shortened = (1...6).map { "(\(group):){1,\(7 - $0)}(:\(group)){1,\($0)}" }
    let forms = ["(\(group):){7}\(group)", "(\(group):){1,7}:", ":((:\(group)){1,7}|:)"] + shortened
    let six = "^(\(forms.joined(separator: "|")))(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?$"
    return ["type": "string", "anyOf": [["pattern": .string(four)], ["pattern": .string(six)]]]
  }()

  /// S3's naming rules. Names with the suffix `-an` have additional rules, which the registry
  /// checks.
  private static let bucketName = Schema.string(
    ("pattern", "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$"),
    (
      "not",
      [
        "pattern":
          "\\.\\.|^[0-9.]+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3|-an)$"
      ]
    ))

  /// The limit is 1,024 bytes; JSON Schema can only count characters.
  private static let prefix = Schema.string(
    ("maxLength", 1024),
    ("not", ["pattern": "^/|//|(^|/)\\.{1,2}(/|$)|[\\u0000-\\u001f\\u007f-\\u009f]|^[A-Za-z0-9]+:"]))

  /// Each name has up to 1,024 bytes; the policies with all of them also have limits.
  private static let filenames: JSONValue = [
    "type": "array", "maxItems": .number(Filenames.maxCount),
    "items": Schema.string(
      ("minLength", 1), ("maxLength", 1024),
      ("not", ["pattern": "^/|(^|/)\\.{1,2}(/|$)|[\\u0000-\\u001f\\u007f-\\u009f]|^[A-Za-z0-9]+:"])),
  ]

  private static let kmsKeyArn = Schema.string(
    ("pattern", "^arn:aws:kms:(us|eu|ap|sa|ca)-(east|west|north|south|central)-[1-9]:[0-9]{12}:key/[A-Za-z0-9-]{1,64}$")
  )

  static func nullable(_ schema: JSONValue) -> JSONValue {
    ["anyOf": [schema, ["type": "null"]]]
  }
}
