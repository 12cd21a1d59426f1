import AWSPolicy
import Text

extension ICC {
  /// Warnings about filenames that are valid but unusual, each with the position in the list.
  var filenameWarnings: [Diagnostic] {
    filenames.patterns.enumerated().flatMap { index, pattern -> [Diagnostic] in
      let pointer = "/filenames/\(index)"
      return [repeatedPrefix(pattern, pointer), Self.outerSpace(pattern, pointer), Self.notLiteral(pattern, pointer)]
        .compactMap(\.self)
    }
  }

  private func repeatedPrefix(_ pattern: String, _ pointer: String) -> Diagnostic? {
    guard !prefix.isEmpty, pattern.hasPrefix(prefix.text) else { return nil }
    return Diagnostic(
      pointer: pointer, code: "filenames.repeats-prefix",
      detail: "The filename “\(pattern.prefixForMessage)” starts with the prefix, so it matches keys that start with "
        + "the prefix twice.",
      hint: "A filename is the part of the key after the prefix. Keep it only if your keys repeat the prefix.")
  }

  private static func outerSpace(_ pattern: String, _ pointer: String) -> Diagnostic? {
    guard pattern.utf8.first == 0x20 || pattern.utf8.last == 0x20 else { return nil }
    return Diagnostic(
      pointer: pointer, code: "filenames.outer-space",
      detail: "The filename “\(pattern.prefixForMessage)” starts or ends with a space, which is part of the filename.",
      hint: "Remove the space if your keys do not contain it.")
  }

  private static func notLiteral(_ pattern: String, _ pointer: String) -> Diagnostic? {
    let replaced = PolicyVariable.escape(pattern, keepingWildcards: true).replaced
    guard let first = replaced.first else { return nil }
    return Diagnostic(
      pointer: pointer, code: "filenames.not-literal-in-policy",
      detail:
        "IAM cannot store \(CodePoint.number(first)) in a policy. For the filename “\(pattern.prefixForMessage)”, the "
        + "policies contain “?” instead, which matches any one character.",
      hint: "Files whose names differ only in such characters can be read too. If that matters, use Latin letters.")
  }
}
