import JSON

/// Escaping of text for Terraform (HCL Native Syntax Specification, "Template Expressions").
enum HCL {
  /// Returns a string literal.
  static func quoted(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return "\"\(escapingMarks(escaped))\""
  }

  /// Returns a here-document with the JSON of a policy. HCL has only template escapes there.
  static func hereDocument(_ policy: JSONValue) -> String {
    "<<POLICY\n" + escapingMarks(policy.asciiDocumentText) + "POLICY"
  }

  /// Writes `${` as `$${` and `%{` as `%%{`. HCL does not define `$$${`, so a mark before another
  /// mark becomes a `\u` escape: HCL's own in a literal, JSON's in a here-document.
  private static func escapingMarks(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var escaped = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      let next = index + 1 < scalars.count ? scalars[index + 1] : "\n"
      guard scalar == "$" || scalar == "%" else {
        escaped.append(scalar)
        continue
      }
      switch next {
      case "{": escaped.append(contentsOf: [scalar, scalar])
      case "$", "%": escaped.append(contentsOf: (scalar == "$" ? "\\u0024" : "\\u0025").unicodeScalars)
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
