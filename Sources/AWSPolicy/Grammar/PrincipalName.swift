import Text

/// The forms of `Principal.AWS`.
package enum PrincipalName: Sendable {
  /// `*`
  case everyone
  /// The 12 digits of an account.
  case account(String)
  /// `AROA…`, `AIDA…`: what AWS shows in place of the ARN of a deleted principal.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  case uniqueID
  /// An ARN.
  case arn(ARN)
  /// None of these.
  case other

  /// Recognises the form of a text.
  package init(_ text: String) {
    if text == "*" {
      self = .everyone
    } else if ARN.isAccountID(text) {
      self = .account(text)
    } else if let arn = ARN(text) {
      self = .arn(arn)
    } else if Self.isUniqueID(text) {
      self = .uniqueID
    } else {
      self = .other
    }
  }

  /// True if AWS accepts a text as `Principal.AWS`. An origin access identity of CloudFront has
  /// that word in place of an account:
  /// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3-oai.html
  package static func isAccepted(_ text: String) -> Bool {
    switch PrincipalName(text) {
    case .everyone, .account, .uniqueID: true
    case .arn(let arn):
      IAMEntity(arn)?.kind.isPrincipal == true && (ARN.isAccountID(arn.account) || arn.account == "cloudfront")
        && !text.contains("*") && !text.contains("?")
    case .other: false
    }
  }

  private static func isUniqueID(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count >= 16, bytes.count <= 128,
      text.hasPrefix("AROA") || text.hasPrefix("AIDA") || text.hasPrefix("ASIA")
    else { return false }
    return bytes.allSatisfy { ASCII.isDigit($0) || ASCII.isUppercaseLetter($0) }
  }
}
