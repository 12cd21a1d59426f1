/// The names of Unicode code points for messages.
package enum CodePoint {
  /// Returns `U+` and at least four uppercase hexadecimal digits: `U+00A0`.
  package static func number(_ scalar: Unicode.Scalar) -> String {
    "U+" + Hexadecimal.padded(scalar.value, to: 4, .upper)
  }

  /// Returns the code point and what it is: `U+00A0 (a no-break space)`, `U+002F “/”`.
  package static func name(_ scalar: Unicode.Scalar) -> String {
    if let deception = DeceptiveCharacter.description(of: scalar) { return "\(number(scalar)) (\(deception))" }
    return scalar == " " ? "\(number(scalar)) (a space)" : "\(number(scalar)) “\(scalar)”"
  }
}
