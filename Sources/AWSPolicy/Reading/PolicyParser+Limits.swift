import JSON
import Text

extension PolicyParser {
  /// The first character that IAM does not store.
  mutating func checkCharacters(_ json: JSONValue) {
    guard kind != .bucket, let (text, scalar) = Self.unstorable(in: json, PolicyPlace(json.location, .root)) else {
      return
    }
    refuse(
      "policy.character", at: text,
      "A string here holds the character \(CodePoint.number(scalar)); "
        + "IAM stores tab, line breaks and U+0020 to U+00FF alone.",
      hint: PolicyMender.isHidden(scalar) || DeceptiveCharacter.quotationMark(scalar) != nil
        ? "Remove it: it came along when the text was copied." : "Write ? in its place where a pattern may stand.")
  }

  private static func unstorable(in json: JSONValue, _ place: PolicyPlace) -> (PolicyPlace, Unicode.Scalar)? {
    switch json.content {
    case .string(let text):
      return text.unicodeScalars.first { !PolicyVariable.isStorable($0) }.map { (place, $0) }
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        if let found = unstorable(in: element, place.element(index, element)) { return found }
      }
    case .object(let object):
      for member in object.members {
        let here = place.member(member.name, member.value)
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

  /// The document's length against the limit of its kind.
  mutating func checkSize(_ json: JSONValue, _ place: PolicyPlace) {
    let size = PolicySizeLimit.size(of: json)
    let message = "The document has \(size) characters, white space not counted"
    switch kind {
    case .trust where size > PolicySizeLimit.trustPolicyIncreased:
      refuse("policy.too-long", at: place, "\(message); AWS stores 4,096 at most.")
    case .trust where size > PolicySizeLimit.trustPolicy:
      findings.append(
        PolicyFinding(
          "policy.too-long", .warning, at: place,
          "\(message); AWS stores 2,048 unless the account's quota has been raised.",
          hint: "Ask AWS for a higher quota of role trust policy length, or use a role of its own."))
    case .identity where size > PolicySizeLimit.inlinePolicies:
      refuse("policy.too-long", at: place, "\(message); AWS stores 6,144 in a managed policy and 10,240 inline.")
    case .identity where size > PolicySizeLimit.managedPolicy:
      findings.append(
        PolicyFinding(
          "policy.too-long", .warning, at: place, "\(message); a managed policy holds 6,144 at most.",
          hint: "Make it an inline policy, or two managed ones."))
    case .bucket where size > PolicySizeLimit.bucketPolicy:
      refuse("policy.too-long", at: place, "\(message); a bucket policy holds 20 KB at most.")
    default:
      break
    }
  }
}

extension String {
  /// The beginning of a text of the document, short enough for a message.
  package var prefixForMessage: String {
    let scalars = unicodeScalars.prefix(101)
    guard scalars.count > 100 else { return self }
    return String(String.UnicodeScalarView(scalars.prefix(100))) + "…"
  }
}
