import AWSPolicy
package import JSON

/// A policy as a request gives it.
package enum PolicyInput: Sendable {
  /// Its text, as somebody pasted it.
  case text(String)
  /// The document itself.
  case document(JSONValue)
}

/// A pasted policy, read as it was meant where that is certain. Mending keeps every place: a character is replaced by
/// one character, so that lines and columns are those of the text that was pasted.
struct PastedPolicy {
  private(set) var document: JSONValue?
  private(set) var findings: [PolicyFinding] = []
  /// Whether AWS would not take the text as it stands, although it is clear what was meant.
  private(set) var isMended = false

  init(_ input: PolicyInput) {
    switch input {
    case .document(let value):
      document = value
    case .text(let text):
      document = read(Array(text.unicodeScalars))
    }
    if let found = document { document = unwrap(found, depth: 0) }
  }

  private mutating func read(_ pasted: [Unicode.Scalar]) -> JSONValue? {
    var scalars = pasted
    mend(
      "text.byte-order-mark", .info, "The text begins with a byte order mark, which is passed over.",
      at: scalars.first == "\u{FEFF}" ? 0 : nil, scalars)
    if scalars.first == "\u{FEFF}" { scalars[0] = " " }
    blankFence(&scalars)
    if let decoded = percentDecoded(scalars) {
      note("text.url-encoded", .info, "The text is URL-encoded, as IAM's API answers it; it has been decoded.", nil)
      return read(Array(decoded.unicodeScalars))
    }
    if let carriage = scalars.firstIndex(of: "\r") {
      note("text.line-endings", .info, "The lines end with CR LF, which does no harm.", place(carriage, scalars))
    }
    replaceSpaces(&scalars)
    if let value = try? JSONValue(parsing: Self.text(scalars)) { return value }
    let straightened = straighten(scalars)
    let trimmed = withoutTrailingCommas(straightened)
    do throws(JSONError) {
      let value = try JSONValue(parsing: Self.text(trimmed))
      tell(
        "text.smart-quotes", "Typographic quotation marks stand where JSON wants the straight \".", scalars,
        straightened)
      tell("text.trailing-comma", "A comma stands behind the last entry, where JSON wants none.", straightened, trimmed)
      return value
    } catch {
      refuse(scalars)
      return nil
    }
  }

  private mutating func refuse(_ scalars: [Unicode.Scalar]) {
    do throws(JSONError) {
      _ = try JSONValue(parsing: Self.text(scalars))
    } catch {
      findings.append(
        PolicyFinding(
          "json.\(error.code.rawValue)", .error, at: PolicyPlace(error.location, error.pointer),
          error.message + " AWS says \"This policy contains invalid Json\".",
          hint: "Mend the text at this place, or copy the whole policy again.", isRefusedByAWS: true))
    }
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private func place(_ index: Int, _ scalars: [Unicode.Scalar]) -> PolicyPlace {
    let before = Array(Self.text(Array(scalars[..<index])).utf8)
    return PolicyPlace(JSONLocation(offset: before.count, in: before), .root)
  }

  private mutating func note(
    _ code: String, _ severity: PolicyFinding.Severity, _ message: String, _ place: PolicyPlace?
  ) {
    findings.append(PolicyFinding(code, severity, at: place, message))
  }

  private mutating func mend(
    _ code: String, _ severity: PolicyFinding.Severity, _ message: String, at index: Int?, _ scalars: [Unicode.Scalar]
  ) {
    guard let index else { return }
    note(code, severity, message, place(index, scalars))
  }

  /// Tells the first place in which mending changed the text.
  private mutating func tell(_ code: String, _ message: String, _ before: [Unicode.Scalar], _ after: [Unicode.Scalar]) {
    guard let index = zip(before, after).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset else {
      return
    }
    isMended = true
    findings.append(
      PolicyFinding(
        code, .warning, at: place(index, before),
        message + " AWS does not take the text so; what was meant has been checked.",
        hint: "Use the corrected document."))
  }

  /// Blanks the lines of a Markdown fence, and whatever stands before and behind it.
  private mutating func blankFence(_ scalars: inout [Unicode.Scalar]) {
    let marks = scalars.indices.filter { scalars[$0...].starts(with: ["`", "`", "`"]) }
    guard let first = marks.first else { return }
    let start = scalars[first...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
    let end = marks.first { $0 > start } ?? scalars.count
    note(
      "text.markdown-fence", .info, "The policy stands in a Markdown fence; what is inside it has been checked.",
      place(first, scalars))
    for index in scalars.indices where index < start || index >= end {
      if scalars[index] != "\n", scalars[index] != "\r" { scalars[index] = " " }
    }
  }

  /// Spaces that JSON does not know, outside strings: NBSP, zero width, ideographic.
  private mutating func replaceSpaces(_ scalars: inout [Unicode.Scalar]) {
    var inString = false
    var isEscaped = false
    var first: Int?
    for index in scalars.indices {
      let scalar = scalars[index]
      if inString {
        if scalar == "\"", !isEscaped { inString = false }
        isEscaped = scalar == "\\" && !isEscaped
      } else if scalar == "\"" {
        inString = true
      } else if scalar.properties.isWhitespace && scalar.value > 0x7F || (0x200B...0x200D).contains(scalar.value)
        || scalar.value == 0xFEFF
      {
        if first == nil { first = index }
        scalars[index] = " "
      }
    }
    if let first {
      isMended = true
      findings.append(
        PolicyFinding(
          "text.invisible-character", .warning, at: place(first, scalars),
          "Spaces stand here that JSON does not know, such as a no-break space; they have been read as spaces.",
          hint: "Use the corrected document."))
    }
  }

  private func straighten(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    scalars.map { ("\u{201C}"..."\u{201F}").contains($0) || $0 == "\u{AB}" || $0 == "\u{BB}" ? "\"" : $0 }
  }

  private func withoutTrailingCommas(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result = scalars
    var inString = false
    var isEscaped = false
    var comma: Int?
    for (index, scalar) in scalars.enumerated() {
      if inString {
        if scalar == "\"", !isEscaped { inString = false }
        isEscaped = scalar == "\\" && !isEscaped
        continue
      }
      switch scalar {
      case "\"":
        inString = true
        comma = nil
      case ",":
        comma = index
      case "]", "}":
        if let comma { result[comma] = " " }
        comma = nil
      case " ", "\t", "\n", "\r":
        break
      default:
        comma = nil
      }
    }
    return result
  }

  /// The text decoded, if it is one URL-encoded JSON object.
  private func percentDecoded(_ scalars: [Unicode.Scalar]) -> String? {
    let bytes = Array(Self.text(scalars).utf8).filter { $0 > 0x20 }
    guard bytes.starts(with: "%7B".utf8) || bytes.starts(with: "%7b".utf8) else { return nil }
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  /// The document inside an answer of the AWS command line: GetRole, GetRolePolicy, GetPolicyVersion, GetBucketPolicy.
  private mutating func unwrap(_ value: JSONValue, depth: Int) -> JSONValue? {
    guard depth < 4 else { return value }
    if let text = value.stringValue, depth > 0 || text.hasPrefix("{") || text.hasPrefix("%7") {
      var inner = PastedPolicy(.text(text))
      findings += inner.findings.map { finding in
        var moved = finding
        moved.place = PolicyPlace(value.location, finding.place?.pointer ?? .root)
        return moved
      }
      isMended = isMended || inner.isMended
      inner.document?.setLocations(value.location)
      return inner.document
    }
    guard let object = value.objectValue, object["Statement"] == nil else { return value }
    for name in ["Role", "PolicyVersion", "AssumeRolePolicyDocument", "PolicyDocument", "Document", "Policy"] {
      guard let inner = object[name], inner.objectValue != nil || inner.stringValue != nil else { continue }
      if depth == 0 {
        note(
          "text.wrapped", .info, "This is a whole answer of AWS; the policy document inside it has been checked.",
          PolicyPlace(value.location, .root))
      }
      return unwrap(inner, depth: depth + 1)
    }
    return value
  }
}

extension JSONValue {
  /// Says of every value that it stands where the string stands that the document was written in.
  mutating func setLocations(_ location: JSONLocation?) {
    self.location = location
    switch content {
    case .array(let elements):
      content = .array(elements.map { $0.located(location) })
    case .object(let object):
      content = .object(
        JSONObject(
          members: object.members.map {
            .init(name: $0.name, value: $0.value.located(location), nameLocation: location)
          }))
    default:
      break
    }
  }

  private func located(_ location: JSONLocation?) -> JSONValue {
    var value = self
    value.setLocations(location)
    return value
  }
}
