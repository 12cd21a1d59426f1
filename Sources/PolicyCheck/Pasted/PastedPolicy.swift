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
  private(set) var findings: [PolicyFinding] = []
  /// Whether AWS would not take the text as it stands, although it is clear what was meant.
  private(set) var isMended = false
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
        "text.byte-order-mark",
        "The text begins with a byte order mark, which is passed over here; AWS does not take a file that has one.",
        at: text.place(0))
      text.scalars[0] = " "
    }
    if let (inside, fence) = text.withoutFence() {
      note(
        "text.markdown-fence", "The policy stands in a Markdown fence; what is inside it has been checked.",
        at: text.place(fence))
      text = inside
    }
    if let decoded = text.percentDecoded() {
      note(
        "text.url-encoded", "The text is URL-encoded, as IAM's API answers it; it has been decoded.", at: text.place(0))
      return depth < Self.greatestDepth ? read(decoded, depth: depth + 1) : nil
    }
    if let carriage = text.scalars.firstIndex(of: "\r") {
      note("text.line-endings", "The lines end with CR LF, which does no harm.", at: text.place(carriage))
    }
    let plain = text.withPlainSpaces()
    tell(
      "text.invisible-character",
      "Spaces stand here that JSON does not know, such as a no-break space; they have been read as spaces.", text, plain
    )
    guard let value = parse(plain) else { return nil }
    return unwrap(value, depth: depth)
  }

  /// How deep documents inside documents are followed: a whole answer, a document in it, encoded, as a string.
  private static let greatestDepth = 4

  /// The text's value; if it has none as it stands, that of the text with what is certain mended.
  private mutating func parse(_ text: PastedText) -> JSONValue? {
    if let value = value(of: text) { return value }
    if let whole = text.unescaped(), let value = mended(whole) {
      mend("text.escaped", "The quotation marks are escaped, as inside another text.", at: text.place(0))
      return value
    }
    if let whole = text.entitiesDecoded(), let value = mended(whole) {
      mend("text.html-entities", "Characters are written as HTML writes them, such as &quot;.", at: text.place(0))
      return value
    }
    if let value = mended(text) { return value }
    if let (inside, first) = text.withoutSurroundings(), let value = mended(inside), value.isLikePolicy {
      note(
        "text.surroundings", "Something stands around the policy; what is inside the braces has been checked.",
        at: text.place(first))
      return value
    }
    refuse(text)
    return nil
  }

  private mutating func mended(_ text: PastedText) -> JSONValue? {
    let straight = text.straightened()
    let double = straight.withDoubleQuotes()
    let bare = double.withoutComments()
    let whole = bare.withoutTrailingCommas()
    guard let value = value(of: whole) else { return nil }
    tell("text.smart-quotes", "Typographic quotation marks stand where JSON wants the straight \".", text, straight)
    tell("text.single-quotes", "Single quotation marks stand where JSON wants double ones.", straight, double)
    tell("text.comment", "A comment stands here, and JSON has none.", double, bare)
    tell("text.trailing-comma", "A comma stands behind the last entry, where JSON wants none.", bare, whole)
    return value
  }

  private mutating func value(of text: PastedText) -> JSONValue? {
    guard let value = try? JSONValue(parsing: text.text) else { return nil }
    source = text
    return value
  }

  private mutating func refuse(_ text: PastedText) {
    if let (code, message, hint) = ForeignNotation.told(of: text.text) {
      findings.append(
        PolicyFinding(code, .error, at: PolicyPlace(text.place(0), .root), message, hint: hint, isRefusedByAWS: true))
      return
    }
    do throws(JSONError) {
      _ = try JSONValue(parsing: text.text)
    } catch {
      findings.append(
        PolicyFinding(
          "json.\(error.code.rawValue)", .error, at: PolicyPlace(text.place(error.location), error.pointer),
          error.message + RefusalWords.sentence(for: "json", in: kind),
          hint: "Mend the text at this place, or copy the whole policy again.", isRefusedByAWS: true))
    }
  }

  private mutating func note(_ code: String, _ message: String, at place: JSONLocation?) {
    findings.append(PolicyFinding(code, .info, at: PolicyPlace(place, .root), message))
  }

  private mutating func mend(_ code: String, _ message: String, at place: JSONLocation) {
    isMended = true
    findings.append(
      PolicyFinding(
        code, .warning, at: PolicyPlace(place, .root),
        message + " AWS does not take the text so; what was meant has been checked.",
        hint: "Use the corrected document."))
  }

  /// Tells the first place in which mending changed the text.
  private mutating func tell(_ code: String, _ message: String, _ before: PastedText, _ after: PastedText) {
    if let index = before.firstChange(to: after) { mend(code, message, at: before.place(index)) }
  }

  /// The document inside an answer of the AWS command line: GetRole, GetRolePolicy, GetPolicyVersion, GetBucketPolicy.
  /// The places in it are moved to where they were pasted.
  private mutating func unwrap(_ value: JSONValue, depth: Int) -> JSONValue? {
    var value = value
    var isWrapped = false
    for _ in 0..<Self.greatestDepth {
      guard let object = value.objectValue, object["Statement"] == nil,
        let inner = Self.wrappers.lazy.compactMap({ object[$0] }).first(where: \.isDocument)
      else { break }
      if !isWrapped, depth == 0 {
        note(
          "text.wrapped", "This is a whole answer of AWS; the policy document inside it has been checked.",
          at: value.location.flatMap { source?.place($0) })
      }
      isWrapped = true
      value = inner
    }
    if value.stringValue != nil, depth < Self.greatestDepth, let text = inside(value, isWrapped: isWrapped) {
      return read(text, depth: depth + 1)
    }
    if let object = value.objectValue, let (code, message, hint) = ForeignNotation.told(of: object) {
      findings.append(
        PolicyFinding(
          code, .error, at: PolicyPlace(value.location.flatMap { source?.place($0) }, .root), message, hint: hint,
          isRefusedByAWS: true))
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
