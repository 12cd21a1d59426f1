import JSON
import Text

extension PolicyParser {
  /// Reports the first character that IAM does not store. S3 and KMS take any.
  mutating func checkCharacters(_ json: JSONValue) {
    guard kind == .trust || kind == .identity,
      let (position, scalar) = Self.unstorable(in: json, PolicyPosition(json.location, .root))
    else { return }
    reject(
      .character, at: position,
      "A string contains the character \(CodePoint.number(scalar)). "
        + "IAM only accepts tabs, line breaks and the characters U+0020 to U+00FF.",
      hint: HiddenCharacter.isHidden(scalar) || DeceptiveCharacter.quotationMark(scalar) != nil
        ? "Remove it: it was copied along with the text." : "Use ? instead, where a pattern is allowed.")
  }

  private static func unstorable(in json: JSONValue, _ position: PolicyPosition) -> (PolicyPosition, Unicode.Scalar)? {
    switch json.content {
    case .string(let text):
      return text.unicodeScalars.first { !PolicyVariable.isStorable($0) }.map { (position, $0) }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let found = unstorable(in: element, position.element(index, element)) { return found }
      }
    case .object(let object):
      for member in object.members {
        let here = position.member(member.name, member.value)
        if let scalar = member.name.unicodeScalars.first(where: { !PolicyVariable.isStorable($0) }) {
          return (here, scalar)
        }
        if let found = unstorable(in: member.value, here) { return found }
      }
    case .null, .bool, .number:
      break
    }
    return nil
  }

  /// Compares the document's length with the limit of its kind.
  mutating func checkSize(_ json: JSONValue, _ position: PolicyPosition) {
    let size = PolicySizeLimit.size(of: json)
    let message = "The document has \(size) characters, not counting white space"
    switch kind {
    case .trust where size > PolicySizeLimit.maxTrustPolicy:
      reject(
        .tooLong, at: position, "\(message); the limit is 8,192 after a quota increase.",
        hint: "Use one role for each ICC, and remove statements that no one needs.")
    case .trust where size > PolicySizeLimit.trustPolicy:
      warnOfSize(
        position, "\(message); the default limit is 2,048.",
        "Ask AWS for a higher quota of role trust policy length, or use one role for each ICC.")
    case .identity where size > PolicySizeLimit.inlinePolicies:
      reject(
        .tooLong, at: position, "\(message); the limit is 6,144 for a managed policy and 10,240 inline.",
        hint: "Split it into several managed policies.")
    case .identity where size > PolicySizeLimit.managedPolicy:
      warnOfSize(
        position, "\(message); the limit for a managed policy is 6,144.",
        "Make it an inline policy, or split it into two managed policies.")
    case .bucket where size > PolicySizeLimit.bucketPolicy:
      reject(
        .tooLong, at: position, "\(message); the limit for a bucket policy is 20 KB.",
        hint: "Combine statements, or use access points for groups of users.")
    case .key where size > PolicySizeLimit.keyPolicy:
      reject(
        .tooLong, at: position, "\(message); the limit for a key policy is 32 KB.",
        hint: "Combine statements, or use grants.")
    default:
      break
    }
  }

  private mutating func warnOfSize(_ position: PolicyPosition, _ message: String, _ hint: String) {
    findings.append(GrammarFinding(.tooLong, .warning, at: position, message, hint: hint))
  }
}

extension String {
  /// The start of a text, at most 100 characters, for a message.
  package var prefixForMessage: String {
    let scalars = unicodeScalars.prefix(101)
    guard scalars.count > 100 else { return self }
    return String(String.UnicodeScalarView(scalars.prefix(100))) + "…"
  }
}
