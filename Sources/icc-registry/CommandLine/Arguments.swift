/// The arguments after the subcommand's name, sorted into options and operands.
struct Arguments: Equatable {
  private(set) var options: [String: String] = [:]
  private(set) var operands: [String] = []

  /// Sorts the words. `--name VALUE` and `--name=VALUE` are the same; `--` ends the options.
  init(_ words: [String], allowing known: [Option]) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        operands += rest
        return
      }
      if word.hasPrefix("-"), word != "-" {
        try read(word, from: &rest, known)
      } else {
        operands.append(word)
      }
    }
  }

  /// The value of an option, or nil; an empty text for a flag that was given.
  subscript(option: String) -> String? { options[option] }

  /// Returns true if the option or flag was given.
  func has(_ option: String) -> Bool { options[option] != nil }

  /// Returns the value of a required option, whose presence `Subcommand.checkRequired` has checked.
  func required(_ option: String) throws(CommandFailure) -> String {
    guard let value = options[option] else { throw .usage("missing: --\(option)") }
    return value
  }

  /// Returns the operands if there are exactly as many as names.
  func operands(_ names: String...) throws(CommandFailure) -> [String] {
    if operands.count > names.count { throw .usage("unexpected argument \(quoted(operands[names.count]))") }
    guard operands.count == names.count else {
      throw .usage("missing: " + names[operands.count...].joined(separator: "; "))
    }
    return operands
  }

  private mutating func read(
    _ word: String, from rest: inout ArraySlice<String>, _ known: [Option]
  ) throws(CommandFailure) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let name = parts[0].hasPrefix("--") ? String(parts[0].dropFirst(2)) : parts[0]
    guard parts[0].hasPrefix("--"), let option = known.first(where: { $0.name == name }) else {
      throw .usage("unknown option \(quoted(parts[0]))" + suggestion(for: name, among: known.map(\.name), prefix: "--"))
    }
    guard options[name] == nil else { throw .usage("--\(name) is given twice") }
    options[name] = try value(of: option, inline: parts.count > 1 ? parts[1] : nil, from: &rest)
  }

  private func value(
    of option: Option, inline: String?, from rest: inout ArraySlice<String>
  ) throws(CommandFailure) -> String {
    guard let placeholder = option.value else {
      if inline != nil { throw .usage("--\(option.name) takes no value") }
      return ""
    }
    guard let value = inline ?? rest.popFirst() else { throw .usage("--\(option.name) needs a value: \(placeholder)") }
    return value
  }
}
