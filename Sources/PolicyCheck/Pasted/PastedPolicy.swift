import AWSPolicy
package import JSON

/// A policy as a request contains it.
package enum PolicyInput: Sendable {
  /// Its text, as it was pasted.
  case text(String)
  /// The document itself.
  case document(JSONValue)
}

/// A pasted policy, read as it was meant where that is certain. Lines and columns are those of the
/// pasted text.
struct PastedPolicy {
  private(set) var document: JSONValue?
  var findings: [CheckFinding] = []
  /// True if AWS would reject the text as pasted, although it is certain what was meant.
  private(set) var isRepaired = false
  /// True if the text is JSON nowhere, and not in another format either.
  private(set) var isUnreadable = false
  /// The text that the document was read from, for strings in it that contain a document
  /// themselves.
  var source: PastedText?

  let kind: PolicyKind

  init(_ input: PolicyInput, as kind: PolicyKind) {
    self.kind = kind
    switch input {
    case .document(let value):
      document = unwrap(value, depth: 0)
    case .text(let text):
      document = read(PastedText(text), depth: 0)
    }
  }

  private mutating func read(_ pasted: PastedText, depth: Int) -> JSONValue? {
    var text = pasted
    if text.scalars.first == "\u{FEFF}" {
      note(
        .text(.byteOrderMark),
        "The text starts with a byte order mark. The check ignores it, but AWS rejects a file that has one.",
        at: text.position(0))
      text.scalars[0] = " "
    }
    if let (inside, fence) = text.withoutFence() {
      note(
        .text(.markdownFence), "The policy is in a Markdown code block. The text inside it was checked.",
        at: text.position(fence))
      text = inside
    }
    if let decoded = text.percentDecoded() {
      note(
        .text(.urlEncoded), "The text is URL-encoded, as the IAM API returns it. The decoded text was checked.",
        at: text.position(0))
      return depth < Self.maxDepth ? read(decoded, depth: depth + 1) : nil
    }
    if let carriage = text.scalars.firstIndex(of: "\r") {
      note(.text(.lineEndings), "The lines end with CR LF, which does no harm.", at: text.position(carriage))
    }
    let plain = text.withPlainSpaces()
    compare(
      .invisibleCharacter, "JSON does not allow this kind of space, such as a no-break space.", text, plain)
    guard let value = parse(plain) else { return nil }
    return unwrap(value, depth: depth)
  }

  /// The maximum depth of documents inside documents: a response, a document in it, encoded, as a
  /// string.
  private static let maxDepth = 4

  /// The text's value; if it is not JSON, that of the text with certain repairs.
  private mutating func parse(_ text: PastedText) -> JSONValue? {
    if let value = value(of: text) { return value }
    if let whole = text.unescaped(), let value = repaired(whole) {
      note(
        .text(.escaped), "The quotation marks are escaped, as inside another text. The unescaped text was checked.",
        at: text.position(0))
      return value
    }
    if let whole = text.entitiesDecoded(), let value = repaired(whole) {
      reportRepair(.htmlEntities, "Characters are written as HTML entities, such as &quot;.", at: text.position(0))
      return value
    }
    if let value = repaired(text) ?? recovered(text) ?? firstDocument(text) ?? withFirstBrace(text) { return value }
    if let (inside, first) = text.withoutSurroundings(), let value = repaired(inside), value.isLikePolicy {
      reportSurroundings(of: text, at: first)
      return value
    }
    reject(text)
    return nil
  }

  mutating func value(of text: PastedText) -> JSONValue? {
    guard let value = try? JSONValue(parsing: text.text) else { return nil }
    source = text
    return value
  }

  private mutating func reject(_ text: PastedText) {
    if let (code, message, hint) = OtherFormat.description(of: text.text) {
      findings.append(
        CheckFinding(
          code, .error, at: PolicyPosition(text.position(0), .root), message, hint: hint, isRejectedByAWS: true))
      return
    }
    isUnreadable = true
    do throws(JSONError) {
      _ = try JSONValue(parsing: text.text)
    } catch {
      findings.append(
        CheckFinding(
          .json(error.code), .error, at: PolicyPosition(text.position(error.location), error.pointer),
          error.message + (kind == .bucket ? AWSErrorText.sentence(AWSErrorText.s3NotJSON) : ""),
          hint: "Fix the text at this position, or copy the whole policy again.", isRejectedByAWS: true))
    }
  }

  mutating func note(_ code: FindingCode, _ message: String, at position: JSONLocation?) {
    findings.append(CheckFinding(code, .info, at: PolicyPosition(position, .root), message))
  }

  /// Reports something with which AWS does not store the text, although it is certain what was
  /// meant.
  mutating func reportRepair(_ code: TextCode, _ message: String, at position: JSONLocation) {
    isRepaired = true
    findings.append(
      CheckFinding(
        .text(code), .error, at: PolicyPosition(position, .root), message + " AWS rejects the text.",
        isRejectedByAWS: true))
  }

  /// Returns the findings. What to do about a repair depends on whether the check has a corrected
  /// document.
  func findings(isCorrected: Bool) -> [CheckFinding] {
    findings.map { finding in
      guard finding.isRejectedByAWS, finding.hint == nil else { return finding }
      var advised = finding
      advised.hint =
        isCorrected ? "Use the corrected document." : "Fix the text at this position, and check it again."
      return advised
    }
  }

  /// Reports the first position at which a repair changed the text.
  mutating func compare(_ code: TextCode, _ message: String, _ before: PastedText, _ after: PastedText) {
    if let index = before.firstChange(to: after) { reportRepair(code, message, at: before.position(index)) }
  }

  /// The document inside an answer of the AWS command line: GetRole, GetRolePolicy,
  /// GetPolicyVersion, GetBucketPolicy. The positions in it are moved to where they were pasted.
  private mutating func unwrap(_ value: JSONValue, depth: Int) -> JSONValue? {
    var value = value
    var isWrapped = false
    for _ in 0..<Self.maxDepth {
      guard let object = value.objectValue, object["Statement"] == nil,
        let inner = Self.wrappers.lazy.compactMap({ object[$0] }).first(where: \.isDocument)
      else { break }
      if !isWrapped, depth == 0 {
        note(
          .text(.wrapped), "This is a response of the AWS command line. The policy document inside it was checked.",
          at: value.location.flatMap { source?.position($0) })
      }
      isWrapped = true
      value = inner
    }
    if value.stringValue != nil, depth < Self.maxDepth, let text = inside(value, isWrapped: isWrapped) {
      if !isWrapped, depth == 0 {
        note(
          .text(.escaped), "The policy is inside a JSON string. The text inside it was checked.",
          at: value.location.flatMap { source?.position($0) })
      }
      return read(text, depth: depth + 1)
    }
    if let object = value.objectValue, let (code, message, hint) = OtherFormat.description(of: object) {
      findings.append(
        CheckFinding(
          code, .error, at: PolicyPosition(value.location.flatMap { source?.position($0) }, .root), message, hint: hint,
          isRejectedByAWS: true))
      return nil
    }
    return wholeDocument(source?.located(value) ?? value)
  }

  /// Puts a statement, or a list of statements, into a document.
  private mutating func wholeDocument(_ value: JSONValue) -> JSONValue {
    let elements = value.arrayValue ?? [value]
    guard !elements.isEmpty, elements.allSatisfy(\.isStatement) else { return value }
    isRepaired = true
    findings.append(
      CheckFinding(
        .text(.loneStatement), .error, at: PolicyPosition(value.location, .root),
        value.arrayValue == nil
          ? "This is one statement of a policy, without the document around it."
          : "This is a list of statements, without the document around it.",
        hint: "If AWS shows more statements, check them together. Otherwise use the corrected document.",
        isRejectedByAWS: true))
    return JSONValue(
      .object(
        JSONObject([
          ("Version", .string(PolicyDocument.version)),
          ("Statement", JSONValue(.array(elements), location: value.location)),
        ])), location: value.location)
  }

  private static let wrappers = [
    "Role", "PolicyVersion", "AssumeRolePolicyDocument", "PolicyDocument", "Document", "Policy",
  ]

  /// The text of a string that holds a document.
  private func inside(_ value: JSONValue, isWrapped: Bool) -> PastedText? {
    guard let text = value.stringValue, isWrapped || text.hasPrefix("{") || text.hasPrefix("%7") else { return nil }
    guard let source, let location = value.location else { return PastedText(text) }
    return source.content(ofStringAt: source.index(of: location))
  }
}

extension JSONValue {
  /// True if the value may be a policy document, or hold one.
  fileprivate var isDocument: Bool { objectValue != nil || stringValue != nil }

  /// True if the value is one statement, not a document with statements.
  var isStatement: Bool {
    let names = objectValue?.members.map { $0.name.lowercased() } ?? []
    return names.contains("effect") && !names.contains { ["statement", "statements"].contains($0) }
  }

  var isLikePolicy: Bool {
    objectValue?.members.contains { ["statement", "effect", "role", "policyversion"].contains($0.name.lowercased()) }
      == true
  }
}
