import JSON
import Text

extension PolicyMender {
  func statement(_ object: JSONObject) -> JSONObject {
    var result = Self.spelled(object, PolicyParser.elements)
    effect(&result)
    sid(&result)
    switch kind {
    // A trust policy is of the role that it stands in, and a role's policy of the role that it is attached to.
    case .trust: for name in ["Resource", "NotResource"] { result[name] = nil as JSONValue? }
    case .identity: result["Principal"] = nil as JSONValue?
    case .bucket: break
    }
    if kind != .identity { principal(&result) }
    for name in ["Action", "NotAction"] { actions(name, &result) }
    if kind != .trust { for name in ["Resource", "NotResource"] { resources(name, &result) } }
    if let condition = result["Condition"] { result["Condition"] = self.condition(condition) }
    return result
  }

  private func effect(_ statement: inout JSONObject) {
    guard let text = statement["Effect"]?.stringValue?.lowercased() else { return }
    for effect in [PolicyEffect.allow, .deny] where text == effect.rawValue.lowercased() {
      statement["Effect"] = .string(effect.rawValue)
    }
  }

  private func sid(_ statement: inout JSONObject) {
    guard let value = statement["Sid"] else { return }
    guard let sid = value.stringValue else {
      statement["Sid"] = nil as JSONValue?
      return
    }
    guard kind != .bucket else { return }
    let plain = sid.utf8.filter(ASCII.isLetterOrDigit)
    if plain.count < sid.utf8.count {
      statement["Sid"] = plain.isEmpty ? nil as JSONValue? : .string(String(decoding: plain, as: UTF8.self))
    }
  }

  private func actions(_ name: String, _ statement: inout JSONObject) {
    let isAllowing = statement["Effect"]?.stringValue == PolicyEffect.allow.rawValue
    change(name, &statement) { text in
      let action = Self.visible(text)
      // Of all actions, a trust policy is about those of STS: let in by the one that is meant, kept out by all.
      if kind == .trust, action == "*" { return isAllowing ? "sts:AssumeRole" : "sts:*" }
      let isSTS = action.lowercased().hasPrefix("sts:")
      if kind == .trust, action.lowercased() == "assumerole" { return "sts:AssumeRole" }
      // What is not of STS, AWS does not store in a trust policy, and no role's trust turns on it.
      if kind == .trust { return isSTS ? action : nil }
      let known = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "kms:Decrypt"]
      return known.first { $0.lowercased().hasSuffix(":" + action.lowercased()) } ?? action
    }
  }

  private func resources(_ name: String, _ statement: inout JSONObject) {
    change(name, &statement) { text in
      let resource = Self.visible(text)
      if resource == "*" || ARN(resource) != nil { return resource }
      if resource.hasPrefix("s3://") { return "arn:aws:s3:::" + resource.dropFirst(5) }
      return resource.contains(":") || resource.isEmpty ? resource : "arn:aws:s3:::" + resource
    }
  }

  /// Changes the strings of an element, in their shape. Without any left the element stays as it was.
  private func change(_ name: String, _ statement: inout JSONObject, _ change: (String) -> String?) {
    guard let value = statement[name] else { return }
    if let text = value.stringValue {
      if let changed = change(text) { statement[name] = .string(changed) }
    } else if let elements = value.arrayValue {
      let changed = elements.compactMap { $0.stringValue.flatMap(change) }
      if !changed.isEmpty { statement[name] = .array(changed.map { .string($0) }) }
    }
  }

  /// The text without the zero-width characters that IAM does not store.
  static func visible(_ text: String) -> String {
    let hidden = text.unicodeScalars.contains(where: isHidden)
    return hidden ? String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) })) : text
  }

  /// Returns true for a zero-width character that IAM does not store.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    !PolicyVariable.isStorable(scalar) && DeceptiveCharacter.isZeroWidth(scalar)
  }
}
