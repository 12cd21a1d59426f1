import JSON
import Registry
import Text

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
          text += "\\u" + Hexadecimal.padded(unit, to: 4)
        }
      }
    }
    return text
  }
}
