import AWSPolicy
import Text

/// The ARN of the customer's role, which InfoSum calls User ARN:
/// `arn:<partition>:iam::<12 digits>:role/[path/]name`.
package struct UserARN: Hashable, Sendable, CustomStringConvertible {
  /// The maximum number of characters of an ARN in IAM's and STS's calls.
  package static let maxLength = 2_048
  /// The maximum number of characters of a role's path with both slashes (IAM, CreateRole, `Path`).
  package static let maxPathLength = 512
  /// The maximum number of characters of a role's name (IAM, CreateRole, `RoleName`).
  package static let maxRoleNameLength = 64

  /// The ARN.
  package let text: String

  /// An ARN from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The User ARN that a caller sends, without the ASCII white space around it. The connector
  /// supplies the required partition and InfoSum's own account.
  ///
  /// Throws one of `user-arn.is-user`, `.is-root`, `.is-group`, `.is-policy`,
  /// `.is-instance-profile`, `.is-assumed-role`, `.is-service-linked-role` and `.is-bucket` where
  /// the ARN is of something else, and with it `.wrong-partition`, `.own-account`, `.too-long` and
  /// `.invisible-character` if they apply too; `.malformed` if no other applies.
  package init(validating text: String, connector: ConnectorIdentity) throws(InvalidValue) {
    let examined = ValidatedText(trimming: text)
    var validation = FieldValidation(.userARN)
    validation.reportDeceptiveCharacters(in: examined)
    let printable = examined.printableASCII
    let arn = ARN(printable)
    UserARNMistake(printable, arn)?.report(to: &validation)
    if let arn { Self.reportOwner(of: arn, connector, to: &validation) }
    Self.reportLength(of: examined, arn, to: &validation)
    if validation.isClean, let error = Self.error(of: examined, arn) {
      validation.report("malformed", error, hint: Self.whereToFindIt)
    }
    try validation.finish()
    self.text = examined.text
  }

  /// The ARN.
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
    "In the AWS console, open **IAM > Roles > your role** and copy the ARN under **Summary**, such as "
    + "“arn:aws:iam::111122223333:role/infosum-import”."

  private static func reportOwner(of arn: ARN, _ connector: ConnectorIdentity, to validation: inout FieldValidation) {
    if arn.partition != connector.partition, ARN.partitions.contains(arn.partition) {
      validation.report(
        "wrong-partition",
        "The role is in the partition “\(arn.partition)”, InfoSum's role in “\(connector.partition)”.",
        hint: "Roles cannot be assumed across partitions. Use a role in the partition “\(connector.partition)”.")
    }
    if arn.account == connector.accountID {
      validation.report(
        "own-account", "The account \(connector.accountID) is InfoSum's own.",
        hint: "Enter the ARN of the role in your own account, not the principal of your trust policy. "
          + whereToFindIt)
    }
  }

  private static func reportLength(of examined: ValidatedText, _ arn: ARN?, to validation: inout FieldValidation) {
    if examined.bytes.count > maxLength {
      validation.report(
        "too-long", "The ARN has \(examined.bytes.count) bytes; AWS allows at most 2,048 characters.",
        hint: whereToFindIt)
      return
    }
    guard let arn, arn.resourceType == "role" else { return }
    let name = arn.resourceName.utf8
    let nameLength = name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last?.count ?? 0
    let pathLength = name.count - nameLength + 1
    if nameLength > maxRoleNameLength {
      validation.report(
        "too-long", "The role name has \(nameLength) characters; AWS allows at most 64.", hint: whereToFindIt)
    }
    if pathLength > maxPathLength {
      validation.report(
        "too-long", "The role path has \(pathLength) characters; AWS allows at most 512.", hint: whereToFindIt)
    }
  }

  /// Returns what is wrong with a text without a more precise error; nil if it is valid.
  private static func error(of examined: ValidatedText, _ arn: ARN?) -> String? {
    if examined.bytes.contains(UInt8(ascii: "<")), examined.bytes.contains(UInt8(ascii: ">")) {
      return "The value still contains a placeholder in angle brackets."
    }
    if let character = examined.firstCharacter(where: { !ASCII.isVisible($0) }) {
      return "The value contains \(character)."
    }
    guard let arn else { return notAnARN(examined.text) }
    if arn.service != "iam" {
      return "This is the ARN of a resource of “\(arn.service.prefix(32))”, not of an IAM role."
    }
    if !ARN.partitions.contains(arn.partition) { return "AWS has no partition “\(arn.partition.prefix(32))”." }
    if !arn.region.isEmpty { return "The fourth part, the Region, must be empty: roles do not belong to a Region." }
    if !ARN.isAccountID(arn.account) {
      return ARN.isAccountID(arn.account.filter { $0 != "-" })
        ? "Write the account ID without dashes." : "The fifth part must be the 12 digits of your account."
    }
    if arn.resourceType != "role" || arn.resourceName.isEmpty {
      return "The last part must be “role/” and the role name."
    }
    return roleError(arn.resourceName)
  }

  private static func notAnARN(_ text: String) -> String {
    if text.isEmpty { return "The value is empty." }
    if ARN.isAccountID(text) { return "This is an account ID, not the ARN of a role." }
    if text.hasPrefix("AROA") { return "This is the unique ID of a role, not its ARN." }
    if text.hasPrefix("AIDA") || text.hasPrefix("AKIA") {
      return "This is the ID of a user or of an access key, not the ARN of a role."
    }
    if let scheme = S3Location.scheme(of: text), text.contains("console.") || text.contains("aws.amazon.com") {
      return "This is an address of the AWS console (\(scheme.prefix(8))), not the ARN of a role."
    }
    if text.utf8.count <= maxRoleNameLength, text.utf8.allSatisfy(ARN.isNameCharacter) {
      return "This is a role name. Its ARN is “arn:aws:iam::<your account ID>:role/\(text)”."
    }
    if ASCII.lowercased(text.utf8.prefix(4)) == "arn:", !text.hasPrefix("arn:") {
      return "An ARN must start with “arn:” in lowercase."
    }
    if let quote = text.first, "\"'`".contains(quote) { return "Remove the quotes around the value." }
    return text.hasPrefix("arn:")
      ? "An ARN has six parts between colons." : "This is not an ARN: it must start with “arn:”."
  }

  private static func roleError(_ pathAndName: Substring) -> String? {
    let bytes = pathAndName.utf8
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map(bytes.index(after:)) ?? bytes.startIndex
    let name = bytes[start...]
    if name.isEmpty { return "The role name is missing after the last slash." }
    if bytes[..<start].elementsEqual("/".utf8) {
      return "There are two slashes between “role” and the role name."
    }
    return name.allSatisfy(ARN.isNameCharacter)
      ? nil : "The role name contains a character that IAM does not allow: use letters, digits and _ + = , . @ -"
  }
}
