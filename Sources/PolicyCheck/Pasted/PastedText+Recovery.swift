import JSON

/// A repair of the JSON syntax that is certain to be what was meant.
struct SyntaxRepair {
  let code: TextCode
  let message: String
  /// The index of the character in the text before the repair.
  let index: Int
}

// Recovery from syntax errors: values without quotation marks, extra commas, and brackets that are
// missing at the end.
extension PastedText {
  /// Returns the text with its syntax repaired, and each repair; nil if there is nothing to repair.
  func recovered() -> (text: PastedText, repairs: [SyntaxRepair])? {
    var recovery = SyntaxRecovery(scalars)
    recovery.run()
    guard !recovery.repairs.isEmpty else { return nil }
    return (decoded(recovery.output, end: scalars.count), recovery.repairs)
  }

  /// The ranges of the objects at the top level, if there are several one after the other.
  func documents() -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var (depth, start) = (0, 0)
    var (inString, isEscaped) = (false, false)
    for (index, scalar) in scalars.enumerated() {
      if inString {
        if scalar == "\"", !isEscaped { inString = false }
        isEscaped = scalar == "\\" && !isEscaped
      } else if scalar == "\"" {
        inString = true
      } else if scalar == "{" {
        if depth == 0 { start = index }
        depth += 1
      } else if scalar == "}", depth > 0 {
        depth -= 1
        if depth == 0 { ranges.append(start..<(index + 1)) }
      }
    }
    return ranges
  }
}

/// One pass over a text that is nearly JSON.
private struct SyntaxRecovery {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var brackets: [Unicode.Scalar] = []
  private(set) var output: [(scalar: Unicode.Scalar, from: Int)] = []
  private(set) var repairs: [SyntaxRepair] = []
  /// True if a value may start here: after a colon, an opening square bracket, or a comma in an
  /// array.
  private var expectsValue = false
  private var lastIsComma = false

  init(_ scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  mutating func run() {
    while index < scalars.count {
      let scalar = scalars[index]
      if scalar == "\"" {
        copyString()
      } else if PastedText.isSpace(scalar) || !expectsValue || "{[]},".unicodeScalars.contains(scalar) {
        punctuation(scalar)
      } else {
        bareValue()
      }
    }
    close()
  }

  private mutating func copyString() {
    output.append(("\"", index))
    index += 1
    while index < scalars.count {
      let scalar = scalars[index]
      output.append((scalar, index))
      index += 1
      if scalar == "\\", index < scalars.count {
        output.append((scalars[index], index))
        index += 1
      } else if scalar == "\"" {
        break
      }
    }
    (expectsValue, lastIsComma) = (false, false)
  }

  private mutating func punctuation(_ scalar: Unicode.Scalar) {
    defer { index += 1 }
    if PastedText.isSpace(scalar) {
      output.append((scalar, index))
      return
    }
    switch scalar {
    case "{", "[":
      brackets.append(scalar == "{" ? "}" : "]")
      expectsValue = scalar == "["
    case "}", "]":
      if brackets.last == scalar { brackets.removeLast() }
      expectsValue = false
    case ",":
      if lastIsComma {
        repairs.append(.init(code: .trailingComma, message: "There are two commas in a row here.", index: index))
        return
      }
      expectsValue = brackets.last == "]"
    case ":":
      expectsValue = true
    default:
      break
    }
    lastIsComma = scalar == ","
    output.append((scalar, index))
  }

  /// A value without quotation marks reaches to the next comma, bracket or end of the line.
  private mutating func bareValue() {
    let start = index
    var end = index
    while end < scalars.count, !",]}\n\r\"".unicodeScalars.contains(scalars[end]) { end += 1 }
    while end > start, PastedText.isSpace(scalars[end - 1]) { end -= 1 }
    end = max(end, start + 1)
    let text = String(String.UnicodeScalarView(scalars[start..<end]))
    let isValue = (try? JSONValue(parsing: text)) != nil
    if !isValue {
      repairs.append(
        .init(code: .unquotedValue, message: "A string must be in quotation marks, but this one is not.", index: start))
      output.append(("\"", start))
    }
    for place in start..<end { output.append((scalars[place], place)) }
    if !isValue { output.append(("\"", end - 1)) }
    index = end
    (expectsValue, lastIsComma) = (false, false)
  }

  private mutating func close() {
    guard !brackets.isEmpty, brackets.count <= 8 else { return }
    let end = max(scalars.count - 1, 0)
    repairs.append(
      .init(code: .missingBracket, message: "The text ends before all brackets are closed.", index: end))
    for bracket in brackets.reversed() { output.append((bracket, end)) }
  }
}
