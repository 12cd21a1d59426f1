import AWSPolicy
package import JSON

/// A policy as a request gives it.
package enum PolicyInput: Sendable {
  /// Its text, as somebody pasted it.
  case text(String)
  /// The document itself.
  case document(JSONValue)
}

/// A pasted policy, read as it was meant where that is certain. Lines and columns are those of the text that was pasted.
struct PastedPolicy {
  private(set) var document: JSONValue?
  private(set) var findings: [CheckFinding] = []
  /// Whether AWS would not take the text as it stands, although it is clear what was meant.
  private(set) var isRepaired = false
  /// The text that the document was read from, for the strings in it that hold a document themselves.
  private var source: PastedText?

  private let kind: PolicyKind

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
        "The text begins with a byte order mark, which is passed over here; AWS does not take a file that has one.",
        at: text.position(0))
      text.scalars[0] = " "
    }
    if let (inside, fence) = text.withoutFence() {
      note(
        .text(.markdownFence), "The policy stands in a Markdown fence; what is inside it has been checked.",
        at: text.position(fence))
      text = inside
    }
    if let decoded = text.percentDecoded() {
      note(
        .text(.urlEncoded), "The text is URL-encoded, as IAM's API answers it; it has been decoded.",
        at: text.position(0))
      return depth < Self.maxDepth ? read(decoded, depth: depth + 1) : nil
    }
    if let carriage = text.scalars.firstIndex(of: "\r") {
      note(.text(.lineEndings), "The lines end with CR LF, which does no harm.", at: text.position(carriage))
    }
    let plain = text.withPlainSpaces()
    tell(
      .text(.invisibleCharacter),
      "Spaces stand here that JSON does not know, such as a no-break space; they have been read as spaces.", text, plain
    )
    guard let value = parse(plain) else { return nil }
    return unwrap(value, depth: depth)
  }

  /// How deep documents inside documents are followed: a whole answer, a document in it, encoded, as a string.
  private static let maxDepth = 4

  /// The text's value; if it has none as it stands, that of the text with what is certain repaired.
  private mutating func parse(_ text: PastedText) -> JSONValue? {
    if let value = value(of: text) { return value }
    if let whole = text.unescaped(), let value = repaired(whole) {
      repair(.text(.escaped), "The quotation marks are escaped, as inside another text.", at: text.position(0))
      return value
    }
    if let whole = text.entitiesDecoded(), let value = repaired(whole) {
      repair(.text(.htmlEntities), "Characters are written as HTML writes them, such as &quot;.", at: text.position(0))
      return value
    }
    if let value = repaired(text) { return value }
    if let (inside, first) = text.withoutSurroundings(), let value = repaired(inside), value.isLikePolicy {
      note(
        .text(.surroundings), "Something stands around the policy; what is inside the braces has been checked.",
        at: text.position(first))
      return value
    }
    reject(text)
    return nil
  }

  private mutating func repaired(_ text: PastedText) -> JSONValue? {
    let straight = text.straightened()
    let double = straight.withDoubleQuotes()
    let bare = double.withoutComments()
    let whole = bare.withoutTrailingCommas()
    guard let value = value(of: whole) else { return nil }
    tell(.text(.smartQuotes), "Typographic quotation marks stand where JSON wants the straight \".", text, straight)
    tell(.text(.singleQuotes), "Single quotation marks stand where JSON wants double ones.", straight, double)
    tell(.text(.comment), "A comment stands here, and JSON has none.", double, bare)
    tell(.text(.trailingComma), "A comma stands behind the last entry, where JSON wants none.", bare, whole)
    return value
  }

  private mutating func value(of text: PastedText) -> JSONValue? {
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
    do throws(JSONError) {
      _ = try JSONValue(parsing: text.text)
    } catch {
      findings.append(
        CheckFinding(
          .json(error.code), .error, at: PolicyPosition(text.position(error.location), error.pointer),
          error.message + (kind == .bucket ? AWSErrorText.sentence(AWSErrorText.s3NotJSON) : ""),
          hint: "Mend the text at this position, or copy the whole policy again.", isRejectedByAWS: true))
    }
  }

  private mutating func note(_ code: FindingCode, _ message: String, at position: JSONLocation?) {
    findings.append(CheckFinding(code, .info, at: PolicyPosition(position, .root), message))
  }

  private mutating func repair(_ code: FindingCode, _ message: String, at position: JSONLocation) {
    isRepaired = true
    findings.append(
      CheckFinding(
        code, .warning, at: PolicyPosition(position, .root),
        message + " AWS does not take the text so; what was meant has been checked.",
        hint: "Use the corrected document."))
  }

  /// Tells the first position in which mending changed the text.
  private mutating func tell(_ code: FindingCode, _ message: String, _ before: PastedText, _ after: PastedText) {
    if let index = before.firstChange(to: after) { repair(code, message, at: before.position(index)) }
  }

  /// The document inside an answer of the AWS command line: GetRole, GetRolePolicy, GetPolicyVersion, GetBucketPolicy.
  /// The positions in it are moved to where they were pasted.
  private mutating func unwrap(_ value: JSONValue, depth: Int) -> JSONValue? {
    var value = value
    var isWrapped = false
    for _ in 0..<Self.maxDepth {
      guard let object = value.objectValue, object["Statement"] == nil,
        let inner = Self.wrappers.lazy.compactMap({ object[$0] }).first(where: \.isDocument)
      else { break }
      if !isWrapped, depth == 0 {
        note(
          .text(.wrapped), "This is a whole answer of AWS; the policy document inside it has been checked.",
          at: value.location.flatMap { source?.position($0) })
      }
      isWrapped = true
      value = inner
    }
    if value.stringValue != nil, depth < Self.maxDepth, let text = inside(value, isWrapped: isWrapped) {
      return read(text, depth: depth + 1)
    }
    if let object = value.objectValue, let (code, message, hint) = OtherFormat.description(of: object) {
      findings.append(
        CheckFinding(
          code, .error, at: PolicyPosition(value.location.flatMap { source?.position($0) }, .root), message, hint: hint,
          isRejectedByAWS: true))
      return nil
    }
    return source?.located(value) ?? value
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
  /// Whether the value may be a policy document, or hold one.
  fileprivate var isDocument: Bool { objectValue != nil || stringValue != nil }

  fileprivate var isLikePolicy: Bool {
    objectValue?.members.contains { ["statement", "effect", "role", "policyversion"].contains($0.name.lowercased()) }
      == true
  }
}
