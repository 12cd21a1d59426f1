import JSON

/// Text written so that Terraform reads it as it is (HCL Native Syntax Specification, "Template Expressions").
enum HCL {
  /// A string literal.
  static func quoted(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { escaped.append("\\") }
      escaped.unicodeScalars.append(scalar)
    }
    return "\"\(escapingMarks(escaped))\""
  }

  /// A here-document with the JSON of a policy, in which HCL knows no escapes but those of templates.
  static func hereDocument(_ policy: JSONValue) -> String {
    "<<POLICY\n" + escapingMarks(policy.asciiDocumentText) + "POLICY"
  }

  /// Writes `${` as `$${` and `%{` as `%%{`. What `$$${` means HCL does not say, so a mark before another mark becomes a
  /// `\u` escape: HCL's own in a literal, JSON's in a here-document.
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
