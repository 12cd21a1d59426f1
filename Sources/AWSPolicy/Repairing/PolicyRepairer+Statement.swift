import JSON

extension PolicyRepairer {
  func statement(_ object: JSONObject) -> JSONObject {
    var result = Self.spelled(object, PolicyGrammar.statementElements)
    effect(&result)
    sid(&result)
    switch kind {
    // A trust policy is about its own role, and a permission policy about the role it is attached
    // to.
    case .trust: for name in ["Resource", "NotResource"] { result[name] = nil as JSONValue? }
    case .identity: result["Principal"] = nil as JSONValue?
    case .bucket, .key: break
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
    guard kind == .trust || kind == .identity else { return }
    let plain = sid.unicodeScalars.filter { $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    if plain.count < sid.unicodeScalars.count {
      statement["Sid"] = plain.isEmpty ? nil as JSONValue? : .string(String(String.UnicodeScalarView(plain)))
    }
  }

  private func actions(_ name: String, _ statement: inout JSONObject) {
    let isAllowing = statement["Effect"]?.stringValue == PolicyEffect.allow.rawValue
    change(name, &statement) { text in
      let action = HiddenCharacter.removed(from: text)
      // A trust policy is about STS actions only: an Allow means the one that is needed, a Deny
      // means all of them.
      if kind == .trust, action == "*" { return isAllowing ? "sts:AssumeRole" : "sts:*" }
      let isSTS = action.lowercased().hasPrefix("sts:")
      if kind == .trust, action.lowercased() == "assumerole" { return "sts:AssumeRole" }
      // IAM does not store other actions in a trust policy, and they have no effect there.
      if kind == .trust { return isSTS ? action : nil }
      let known = ["s3:ListBucket", "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "kms:Decrypt"]
      if let named = known.first(where: { $0.lowercased().hasSuffix(":" + action.lowercased()) }) { return named }
      guard ServiceActions.isUnknown(action) else { return action }
      // S3 rejects a bucket policy with an action that does not exist; elsewhere it is stored and
      // grants nothing.
      return ServiceActions.allowing(call: action) ?? (kind == .bucket ? nil : action)
    }
  }

  private func resources(_ name: String, _ statement: inout JSONObject) {
    change(name, &statement) { text in
      let resource = HiddenCharacter.removed(from: text)
      if resource == "*" || ARN(completing: resource) != nil { return resource }
      let head = "arn:aws:s3:::"
      if resource.lowercased().hasPrefix(head) { return head + resource.dropFirst(head.count) }
      if resource.hasPrefix("s3://") { return "arn:aws:s3:::" + resource.dropFirst(5) }
      return resource.contains(":") || resource.isEmpty ? resource : "arn:aws:s3:::" + resource
    }
  }

  /// Changes the strings of an element and keeps its form. If no string is left, the element stays
  /// as it is.
  private func change(_ name: String, _ statement: inout JSONObject, _ change: (String) -> String?) {
    guard let value = statement[name] else { return }
    if let text = value.stringValue {
      if let changed = change(text) { statement[name] = .string(changed) }
    } else if let elements = value.arrayValue {
      let texts = elements.compactMap(\.stringValue)
      var changed = texts.compactMap(change)
      if changed != texts { changed = changed.removingDuplicates() }
      if !changed.isEmpty { statement[name] = .array(changed.map { .string($0) }) }
    }
  }
}
