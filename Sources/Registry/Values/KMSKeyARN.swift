import AWSPolicy
import Text

/// The ARN of the KMS key that encrypts the bucket: a key's, never an alias's.
package struct KMSKeyARN: Hashable, Sendable, CustomStringConvertible {
  /// The maximum number of characters of a key ID; AWS's own have 36.
  package static let maxKeyIDLength = 128

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The key ARN that a caller offers: `arn:<partition>:kms:<region>:<12 digits>:key/<letters,
  /// digits, ->`. Throws `kms-key-arn.is-alias`, `.wrong-partition` and `.invisible-character`,
  /// together where each is true, or `.malformed` where nothing more precise can be said.
  package init(validating text: String, connector: ConnectorIdentity) throws(InvalidValue) {
    let examined = ValidatedText(text)
    var validation = FieldValidation(.kmsKeyARN)
    validation.reportDeceptiveCharacters(in: examined)
    let arn = ARN(examined.printableASCII)
    if Self.isAWSManagedAlias(examined.printableASCII, arn) {
      validation.report(
        "is-aws-managed-alias", "This is the alias of a key that AWS manages; it needs no entry.",
        hint: "Leave the field empty if the bucket is in the role's account. A bucket in another account must use a "
          + "customer managed key: the key “aws/s3” cannot be shared.")
    } else if Self.isAlias(examined.printableASCII, arn) {
      validation.report(
        "is-alias", "This is an alias; policies need the ARN of the key.",
        hint: "In the AWS console, open **KMS > Customer managed keys > your key** and copy the ARN under "
          + "**General configuration**.")
    }
    if let arn, arn.service == "kms", arn.partition != connector.partition, ARN.partitions.contains(arn.partition) {
      validation.report(
        "wrong-partition",
        "The key is in the partition “\(arn.partition)”, InfoSum's role in “\(connector.partition)”.",
        hint: "Use a key whose ARN starts with “arn:\(connector.partition):kms:”: access does not cross partitions.")
    }
    if validation.isClean, let error = Self.error(of: text, arn) {
      validation.report("malformed", error, hint: Self.whereToFindIt)
    }
    try validation.finish()
    self.text = text
  }

  /// The text itself.
  package var description: String { text }

  /// The Region that the key is in; empty in no valid value.
  var region: String { ARN(text)?.region ?? "" }

  /// True if the key ID is a UUID, or `mrk-` and 32 hexadecimal digits, as AWS's are today.
  var hasUsualKeyID: Bool {
    ARN(text).map { Self.isKeyID($0.resourceName) } ?? false
  }

  private static func isKeyID(_ name: Substring) -> Bool {
    let isHex = { (digits: Substring) in digits.utf8.allSatisfy(Hexadecimal.isLowercaseDigit) }
    if name.hasPrefix("mrk-") { return name.utf8.count == 36 && isHex(name.dropFirst(4)) }
    let groups = name.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && groups.allSatisfy(isHex)
  }
}

extension KMSKeyARN {
  private static let whereToFindIt =
    "In the AWS console, open **KMS > Customer managed keys > your key** and copy its ARN, such as "
    + "“arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab”."

  /// Returns true for `alias/aws/s3` and its like, in an ARN or alone: AWS reserves `alias/aws/`
  /// (AWS KMS API reference, CreateAlias).
  private static func isAWSManagedAlias(_ text: String, _ arn: ARN?) -> Bool {
    text.hasPrefix("alias/aws/") || text.hasPrefix("aws/")
      || arn.map { $0.service == "kms" && $0.resource.hasPrefix("alias/aws/") } ?? false
  }

  private static func isAlias(_ text: String, _ arn: ARN?) -> Bool {
    text.hasPrefix("alias/") || arn.map { $0.service == "kms" && $0.resourceType == "alias" } ?? false
  }

  /// Returns what is wrong with a text that is not an alias; nil if it is valid.
  private static func error(of text: String, _ arn: ARN?) -> String? {
    if ValidatedText(trimming: text).bytes.count < text.utf8.count { return "Remove the white space around the ARN." }
    guard let arn, ValidatedText(text).isPrintableASCII else {
      return isKeyID(text[...])
        ? "This is a key ID; the ARN is “arn:aws:kms:<Region>:<account ID>:key/\(text)”."
        : "This is not an ARN: a key ARN has six parts between colons."
    }
    if arn.service != "kms" {
      return "This is the ARN of a resource of “\(arn.service.prefix(32))”, not of a KMS key."
    }
    if !ARN.partitions.contains(arn.partition) { return "AWS has no partition “\(arn.partition.prefix(32))”." }
    if !ARN.isRegion(arn.region) { return "The fourth part must be the key's Region, such as “eu-west-1”." }
    if !ARN.isAccountID(arn.account) { return "The fifth part must be the 12 digits of your account." }
    if arn.resourceType != "key" || arn.resource.utf8.count < 5 {
      return "The last part must be “key/” and the key ID."
    }
    let name = arn.resourceName
    if name.utf8.count > maxKeyIDLength { return "The key ID is longer than 128 characters." }
    let isLegal = name.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    return isLegal ? nil : "The key ID may contain only letters, digits and “-”."
  }
}
