import AWSPolicy
import Text

/// The ARN of the customer's role, which the article calls User ARN: `arn:<partition>:iam::<12 digits>:role/[path/]name`.
package struct UserARN: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters that an ARN may have in IAM's and STS's calls.
  package static let greatestLength = 2_048
  /// The number of characters that a role's path may have, the slashes at both ends included (IAM, CreateRole, `Path`).
  package static let greatestPathLength = 512
  /// The number of characters that a role's name may have (IAM, CreateRole, `RoleName`).
  package static let greatestRoleNameLength = 64

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The User ARN that a caller offers, without the ASCII white space around it. The connector tells which partition is
  /// the right one and which account is InfoSum's own.
  ///
  /// Throws one of `user-arn.is-user`, `.is-root`, `.is-group`, `.is-policy`, `.is-instance-profile`, `.is-assumed-role`,
  /// `.is-service-linked-role` and `.is-bucket` where the ARN is of something else, and with it `.wrong-partition`,
  /// `.own-account`, `.too-long` and `.invisible-character` where they are true too; `.malformed` where no other is.
  package init(validating text: String, connector: ConnectorIdentity) throws(InvalidValue) {
    let examined = ExaminedText(trimming: text)
    var examination = Examination(.userARN)
    examination.reportDeceptiveCharacters(in: examined)
    let arn = ARN(examined.printableASCII)
    if let slip = UserARNSlip(examined.printableASCII, arn) { slip.report(to: &examination) }
    if let arn { Self.reportOwner(of: arn, connector, to: &examination) }
    Self.reportLength(of: examined, arn, to: &examination)
    if examination.isClean, let fault = Self.fault(of: examined, arn) {
      examination.report("malformed", fault, hint: Self.whereToFindIt)
    }
    try examination.finish()
    self.text = examined.text
  }

  /// The text itself.
  package var description: String { text }

  /// The 12 digits of the customer's account.
  package var accountID: String { ARN(text)?.account ?? "" }

  /// The role's name, without its path.
  package var roleName: String { String(text.split(separator: "/").last ?? "") }

  /// The role's path, with a slash at both ends; `/` where it has none.
  package var path: String {
    guard let name = ARN(text)?.resourceName, let slash = name.lastIndex(of: "/") else { return "/" }
    return "/" + name[...slash]
  }
}

extension UserARN {
  static let whereToFindIt =
    "In the AWS console open IAM, Roles, choose the role made for InfoSum and copy the ARN in its Summary: "
    + "“arn:aws:iam::111122223333:role/infosum-import”."

  private static func reportOwner(of arn: ARN, _ connector: ConnectorIdentity, to examination: inout Examination) {
    if arn.partition != connector.partition, ARN.partitions.contains(arn.partition) {
      examination.report(
        "wrong-partition",
        "The ARN is of the partition “\(arn.partition)”, InfoSum's role of “\(connector.partition)”.",
        hint: "Trust never crosses partitions. Use a role in an account of the partition “\(connector.partition)”.")
    }
    if arn.account == connector.accountID {
      examination.report(
        "own-account", "The account \(connector.accountID) is InfoSum's own, not yours.",
        hint: "Give the ARN of the role in your own account, not the principal that your trust policy names. "
          + whereToFindIt)
    }
  }

  private static func reportLength(of examined: ExaminedText, _ arn: ARN?, to examination: inout Examination) {
    if examined.bytes.count > greatestLength {
      examination.report(
        "too-long", "The ARN has \(examined.bytes.count) bytes; AWS allows at most 2,048 characters.",
        hint: whereToFindIt)
      return
    }
    guard let arn, arn.resourceType == "role" else { return }
    let name = arn.resourceName.utf8
    let nameLength = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last?.count ?? 0
    let pathLength = name.count - nameLength + 1
    if nameLength > greatestRoleNameLength {
      examination.report(
        "too-long", "The role's name has \(nameLength) characters; AWS allows at most 64.", hint: whereToFindIt)
    }
    if pathLength > greatestPathLength {
      examination.report(
        "too-long", "The role's path has \(pathLength) characters; AWS allows at most 512.", hint: whereToFindIt)
    }
  }

  /// What is wrong with a text that nothing more precise was said of; nil where nothing is.
  private static func fault(of examined: ExaminedText, _ arn: ARN?) -> String? {
    if let character = examined.firstCharacter(where: { !ASCII.isVisible($0) }) {
      return "There is \(character.description) at offset \(character.offset)."
    }
    guard let arn else { return faultOfNoARN(examined.text) }
    if arn.service != "iam" {
      return "This is the ARN of something in “\(arn.service.prefix(32))”, not of a role in IAM."
    }
    if !ARN.partitions.contains(arn.partition) { return "AWS has no partition “\(arn.partition.prefix(32))”." }
    if !arn.region.isEmpty { return "The fourth part, the Region, must be empty: roles belong to no Region." }
    if !ARN.isAccountID(arn.account) { return "The fifth part must be the 12 digits of your account." }
    if arn.resourceType != "role" || arn.resourceName.isEmpty {
      return "The last part must be “role/” and the role's name."
    }
    return faultOfRole(arn.resourceName)
  }

  private static func faultOfNoARN(_ text: String) -> String {
    if text.isEmpty { return "The value is empty." }
    if ARN.isAccountID(text) { return "This is the number of an account, not the ARN of a role." }
    if text.hasPrefix("AROA") { return "This is a role's unique ID, not its ARN." }
    if text.hasPrefix("AIDA") || text.hasPrefix("AKIA") {
      return "This is the ID of a user or of an access key, not the ARN of a role."
    }
    if ASCII.lowercased(text.utf8.prefix(4)) == "arn:", !text.hasPrefix("arn:") {
      return "An ARN begins with “arn:” in small letters."
    }
    if let quote = text.first, "\"'`".contains(quote) { return "There are quotes around the value." }
    return text.hasPrefix("arn:")
      ? "An ARN has six parts between colons." : "This is no ARN: it does not begin with “arn:”."
  }

  private static func faultOfRole(_ pathAndName: Substring) -> String? {
    let words = pathAndName.split(separator: "/", omittingEmptySubsequences: false)
    guard let name = words.last, !name.isEmpty else { return "The role's name is missing behind the last slash." }
    if pathAndName.dropLast(name.utf8.count) == "/" {
      return "There are two slashes between “role” and the role's name."
    }
    return name.utf8.allSatisfy(ARN.isNameCharacter)
      ? nil : "The role's name has a character that IAM does not allow; letters, digits and _ + = , . @ - are allowed."
  }
}
