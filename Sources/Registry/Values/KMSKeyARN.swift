import AWSPolicy
import Text

/// The ARN of the KMS key that encrypts the bucket: a key's, never an alias's.
package struct KMSKeyARN: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters that a key's identifier may have here; AWS's own have 36.
  package static let greatestKeyIDLength = 128

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The key ARN that a caller offers: `arn:<partition>:kms:<region>:<12 digits>:key/<letters, digits, ->`. Throws
  /// `kms-key-arn.is-alias`, `.wrong-partition` and `.invisible-character`, together where each is true, or
  /// `.malformed` where nothing more precise can be said.
  package init(validating text: String, connector: ConnectorIdentity) throws(InvalidValue) {
    let examined = ExaminedText(text)
    var examination = Examination(.kmsKeyARN)
    examination.reportDeceptiveCharacters(in: examined)
    let arn = ARN(examined.printableASCII)
    if Self.isAlias(examined.printableASCII, arn) {
      examination.report(
        "is-alias", "This is a key's alias; a policy needs the key itself.",
        hint:
          "In the AWS console open KMS, Customer managed keys, choose the alias and copy the ARN under General configuration."
      )
    }
    if let arn, arn.service == "kms", arn.partition != connector.partition, ARN.partitions.contains(arn.partition) {
      examination.report(
        "wrong-partition",
        "The key is in the partition “\(arn.partition)”, InfoSum's role in “\(connector.partition)”.",
        hint: "Give a key that begins with “arn:\(connector.partition):kms:”; trust never crosses partitions.")
    }
    if examination.isClean, let fault = Self.fault(of: text, arn) {
      examination.report("malformed", fault, hint: Self.whereToFindIt)
    }
    try examination.finish()
    self.text = text
  }

  /// The text itself.
  package var description: String { text }

  /// The Region that the key is in; empty in no valid value.
  var region: String { ARN(text)?.region ?? "" }

  /// Whether the key's identifier is a UUID or `mrk-` and 32 hexadecimal digits, as all of AWS's are today.
  var hasUsualKeyID: Bool {
    guard let name = ARN(text)?.resourceName else { return false }
    let isHex = { (digits: Substring) in digits.utf8.allSatisfy(Hexadecimal.isLowercaseDigit) }
    if name.hasPrefix("mrk-") { return name.utf8.count == 36 && isHex(name.dropFirst(4)) }
    let groups = name.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && groups.allSatisfy(isHex)
  }
}

extension KMSKeyARN {
  private static let whereToFindIt =
    "In the AWS console open KMS, Customer managed keys, choose the key and copy its ARN: "
    + "“arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab”."

  private static func isAlias(_ text: String, _ arn: ARN?) -> Bool {
    text.hasPrefix("alias/") || arn.map { $0.service == "kms" && $0.resourceType == "alias" } ?? false
  }

  /// What is wrong with the text, which is no alias; nil where nothing is.
  private static func fault(of text: String, _ arn: ARN?) -> String? {
    guard let arn, ExaminedText(text).isPrintableASCII else {
      return "This is no ARN; a key's has six parts between colons."
    }
    if arn.service != "kms" {
      return "This is the ARN of something in “\(arn.service.prefix(32))”, not of a key in KMS."
    }
    if !ARN.partitions.contains(arn.partition) { return "AWS has no partition “\(arn.partition.prefix(32))”." }
    if !ARN.isRegion(arn.region) { return "The fourth part must be the key's Region, such as “eu-west-1”." }
    if !ARN.isAccountID(arn.account) { return "The fifth part must be the 12 digits of your account." }
    if arn.resourceType != "key" || arn.resource.utf8.count < 5 {
      return "The last part must be “key/” and the key's identifier."
    }
    let name = arn.resourceName
    if name.utf8.count > greatestKeyIDLength { return "The key's identifier is longer than any that AWS makes." }
    let isLegal = name.utf8.allSatisfy { ASCII.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    return isLegal ? nil : "The key's identifier may have letters, digits and “-” only."
  }
}
