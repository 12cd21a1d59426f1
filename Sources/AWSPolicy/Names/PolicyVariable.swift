/// Policy variables as escapes, so that a pattern can contain a customer's text literally.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
package enum PolicyVariable {
  /// A text that was escaped for a pattern.
  package struct Escaped: Sendable, Equatable {
    /// The pattern that matches the text.
    package var pattern: String
    /// The characters, each once and in order, that a policy cannot contain and that became a `?`.
    /// The pattern then matches other texts too, so the caller must warn about it.
    package var replaced: [Unicode.Scalar]
  }

  /// Escapes `*`, `?` and `$` as `${*}`, `${?}` and `${$}`: unescaped, they would widen the
  /// pattern. Characters that IAM does not store become `?`. The result only works in documents of
  /// version 2012-10-17.
  /// - Parameter keepingWildcards: true if `*` and `?` are wildcards of the text, and so of the
  ///   pattern.
  package static func escape(_ text: String, keepingWildcards: Bool = false) -> Escaped {
    var pattern = String.UnicodeScalarView()
    var replaced: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "*" where keepingWildcards, "?" where keepingWildcards:
        pattern.append(scalar)
      case "*", "?", "$":
        pattern.append(contentsOf: "${\(scalar)}".unicodeScalars)
      case let scalar where isStorable(scalar):
        pattern.append(scalar)
      default:
        pattern.append("?")
        if !replaced.contains(scalar) { replaced.append(scalar) }
      }
    }
    return Escaped(pattern: String(pattern), replaced: replaced)
  }

  /// Returns the first `${…}` of a text that is no policy variable but comes from a template: a
  /// policy variable is one of `${*}`, `${?}` and `${$}`, or its name has a prefix and one colon.
  package static func unreplaced(in text: String) -> String? {
    var rest = text[...]
    while let start = rest.firstRange(of: "${"), let end = rest[start.upperBound...].firstIndex(of: "}") {
      let name = rest[start.upperBound..<end].prefix { $0 != "," }
      if !["*", "?", "$"].contains(name), !name.contains(":") || name.contains("::") {
        return String(rest[start.lowerBound...end]).prefixForMessage
      }
      rest = rest[rest.index(after: end)...]
    }
    return nil
  }

  /// True if IAM stores a policy that contains this character:
  /// `[\u0009\u000A\u000D\u0020-\u00FF]+`, the pattern of `policyDocumentType` in IAM's service
  /// model.
  package static func isStorable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x20...0xFF: true
    default: false
    }
  }
}
