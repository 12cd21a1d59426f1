import JSON
import Registry

extension JSONValue {
  /// The value as the text of an ASCII file: other characters are `\u` escapes (RFC 8259 section
  /// 7). So neither the locale of a shell nor CloudFormation, which displays other characters as
  /// `?`, changes its meaning.
  var asciiDocumentText: String {
    var text = ""
    for scalar in documentText.unicodeScalars {
      if scalar.isASCII {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
      }
    }
    return text
  }
}
