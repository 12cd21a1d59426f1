/// A pattern of S3 keys: a literal prefix, then a filename in which `*` matches any run of
/// characters, slashes included, and `?` any one character.
///
/// The wildcards are those of a policy's `Resource`:
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
package struct ObjectKeyPattern: Sendable {
  /// The literal start of the keys.
  package let prefix: String
  /// The rest of the keys, with wildcards.
  package let filename: String

  /// The pattern of a filename relative to a prefix.
  package init(prefix: String, filename: String) {
    self.prefix = prefix
    self.filename = filename
  }

  /// Returns true if the pattern matches the whole key. An exhausted budget matches nothing.
  package func matches(_ key: String, _ budget: StepBudget = StepBudget()) -> Bool {
    guard !budget.isExhausted else { return false }
    let literal = WildcardPattern.scalars(prefix)
    return WildcardPattern(units: literal + WildcardPattern(filename).units)
      .matches(WildcardPattern.scalars(key), budget)
  }

  /// True if the filename has no wildcard, so that it matches one key only.
  package var isLiteral: Bool { !filename.unicodeScalars.contains { $0 == "*" || $0 == "?" } }

  /// The text with which every matching key starts: the prefix, and the filename up to its first
  /// wildcard.
  package var literalStart: String {
    prefix + String(String.UnicodeScalarView(filename.unicodeScalars.prefix { $0 != "*" && $0 != "?" }))
  }

  /// Returns the matching key with a text for each `*` and an `x` for each `?`.
  package func key(replacingRunsWith text: String) -> String {
    var key = String.UnicodeScalarView(prefix.unicodeScalars)
    for scalar in filename.unicodeScalars {
      switch scalar {
      case "*": key.append(contentsOf: text.unicodeScalars)
      case "?": key.append("x")
      default: key.append(scalar)
      }
    }
    return String(key)
  }
}

extension S3ReadGrant {
  /// The patterns of the keys that the grant reads, as the customer writes them; empty for all keys
  /// under the prefix.
  package var keyPatterns: [ObjectKeyPattern] {
    filenames.map { ObjectKeyPattern(prefix: prefix, filename: $0) }
  }
}
