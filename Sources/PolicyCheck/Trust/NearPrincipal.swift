import AWSPolicy
import Registry

/// Recognises a principal that was meant to be InfoSum's session, and says how it differs.
enum NearPrincipal {
  /// True if a text contains InfoSum's role name or nearly InfoSum's account ID.
  static func resemblesInfoSum(_ text: String, _ subject: PolicyCheckSubject) -> Bool {
    text.utf8.count <= 300
      && (text.lowercased().contains(subject.connector.roleName.lowercased())
        || digits(in: text).contains { isNear($0, subject.connector.accountID) })
  }

  /// The difference from InfoSum's session; nil for another account's valid principal.
  static func mistake(_ text: String, _ subject: PolicyCheckSubject) -> TrustPrincipal? {
    let connector = subject.connector
    if text == subject.roleARN {
      return .mistake(
        code: .principalIsOwnRole,
        message: "This is the role itself. The principal of a trust policy is who assumes the role.")
    }
    let arn = ARN(text)
    let account = arn?.account ?? text
    if let own = subject.roleARN.flatMap({ ARN($0)?.account }), account == own {
      return .mistake(
        code: .principalIsOwnAccount,
        message: "This is your own account, \(own). InfoSum's account is \(connector.accountID).")
    }
    if case .uniqueID = PrincipalName(text) {
      return .mistake(
        code: .principalUniqueID,
        message: "AWS shows this unique ID because the principal was deleted. A recreated role does not match it.")
    }
    if ARN.isAccountID(account), account != connector.accountID {
      guard resemblesInfoSum(text, subject) else { return nil }
      return .mistake(
        code: .principalWrongAccount,
        message: "This names the account \(account), but InfoSum's account is \(connector.accountID).")
    }
    return .mistake(code: .principalMalformed, message: difference(text, arn, subject))
  }

  private static func difference(_ text: String, _ arn: ARN?, _ subject: PolicyCheckSubject) -> String {
    if text.contains("${") {
      return "\"\(text.prefixForMessage)\" contains a template variable that was not replaced."
    }
    if text.contains("<"), text.contains(">") {
      return "\"\(text.prefixForMessage)\" contains a placeholder that was not replaced."
    }
    let account = subject.connector.accountID
    if let wrong = digits(in: text).first(where: { (9...15).contains($0.utf8.count) && $0 != account }) {
      return "The account ID \(wrong) has \(wrong.utf8.count) digits. InfoSum's account is \(account)."
    }
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    if arn == nil, text.hasPrefix("arn"), colons < 5 { return "A colon is missing in this ARN." }
    return "\"\(text.prefixForMessage)\" is not InfoSum's session."
  }

  private static func digits(in text: String) -> [String] {
    text.utf8.split { !(0x30...0x39).contains($0) }.prefix(20).map { String(decoding: $0, as: UTF8.self) }
  }

  /// True if two numbers differ in one digit that is missing, added or wrong, or in two neighbours
  /// that are swapped.
  private static func isNear(_ number: String, _ right: String) -> Bool {
    let (left, right) = (Array(number.utf8), Array(right.utf8))
    guard left != right, abs(left.count - right.count) <= 1 else { return left == right }
    let start = zip(left, right).prefix { $0 == $1 }.count
    let end = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    let longest = max(left.count, right.count)
    if start + end >= longest - 1 { return true }
    guard left.count == right.count, start + end >= longest - 2, start + 1 < longest else { return false }
    return left[start] == right[start + 1] && left[start + 1] == right[start]
  }
}
