import AWSPolicy
import JSON

// Repairs of texts that are nearly a policy. Each returns nil if it does not apply, and reports the
// change.
extension PastedPolicy {
  mutating func repaired(_ text: PastedText) -> JSONValue? {
    let straight = text.straightened()
    let double = straight.withDoubleQuotes()
    let bare = double.withoutComments()
    let whole = bare.withoutTrailingCommas()
    guard let value = value(of: whole) else { return nil }
    compare(.smartQuotes, "JSON requires the straight quotation mark, not a typographic one.", text, straight)
    compare(.singleQuotes, "JSON requires double quotation marks.", straight, double)
    compare(.comment, "JSON does not allow comments.", double, bare)
    compare(.trailingComma, "JSON does not allow a comma after the last entry.", bare, whole)
    return value
  }

  /// The value of a text whose syntax was repaired: each repair is reported.
  mutating func recovered(_ text: PastedText) -> JSONValue? {
    let plain = text.straightened().withDoubleQuotes().withoutComments().withoutTrailingCommas()
    guard text.scalars.contains("{"), let (whole, repairs) = plain.recovered() else { return nil }
    let tidy = whole.withoutTrailingCommas()
    guard let value = value(of: tidy), value.isLikePolicy else { return nil }
    for change in repairs.prefix(20) { reportRepair(change.code, change.message, at: plain.position(change.index)) }
    return value
  }

  /// The value of a text that lost its first brace, or that was copied from inside a document.
  mutating func withFirstBrace(_ text: PastedText) -> JSONValue? {
    guard let start = text.scalars.firstIndex(where: { !PastedText.isSpace($0) }), text.scalars[start] == "\"" else {
      return nil
    }
    let characters = text.scalars.enumerated().map { (scalar: $1, from: $0) }
    let whole = text.decoded([(scalar: "{", from: start)] + characters, end: text.scalars.count)
    guard let value = (try? JSONValue(parsing: whole.text)) != nil ? repaired(whole) : recovered(whole),
      value.isLikePolicy
    else { return nil }
    findings.removeAll { $0.code == .text(.missingBracket) }
    reportRepair(.missingBracket, "The text does not start with a brace.", at: text.position(start))
    return value
  }

  mutating func reportSurroundings(of text: PastedText, at index: Int) {
    let before = String(String.UnicodeScalarView(text.scalars.prefix { $0 != "{" }))
    if OtherFormat.isHereDocument(before) {
      reportRepair(
        .isShell, "This is a shell here-document, which writes the policy between its marks to a file.",
        at: text.position(index))
    } else if OtherFormat.isAWSCommand(before) {
      reportRepair(.isShell, "This is a command of the AWS CLI with the policy inside it.", at: text.position(index))
    } else {
      note(
        .text(.surroundings), "There is other text around the policy. The text inside the braces was checked.",
        at: text.position(index))
    }
  }

  /// The document of the right kind, where several follow each other. Several of the right kind
  /// become one with all their statements, so that a correction loses none.
  mutating func firstDocument(_ text: PastedText) -> JSONValue? {
    let ranges = text.documents()
    guard (2...8).contains(ranges.count) else { return nil }
    let values = ranges.compactMap { value(of: text.blanked(outside: $0)) }
    source = text
    guard values.count == ranges.count, values.allSatisfy(\.isLikePolicy) else { return nil }
    if values.allSatisfy(\.isStatement) { return JSONValue(.array(values), location: values.first?.location) }
    let right = values.filter {
      WrongPolicyKind.finding(PolicyParser.parse($0, as: kind).policy, pastedAs: kind) == nil
    }
    guard let first = right.first ?? values.first else { return nil }
    reportRepair(
      .twoDocuments, "This is a second document; the text contains \(ranges.count).",
      at: text.position(ranges[1].lowerBound))
    guard right.count > 1, var whole = first.objectValue else { return first }
    let statements = right.flatMap { document in
      document["Statement"].map { $0.arrayValue ?? [$0] } ?? [document]
    }
    whole["Statement"] = .array(statements)
    return JSONValue(.object(whole), location: first.location)
  }
}
