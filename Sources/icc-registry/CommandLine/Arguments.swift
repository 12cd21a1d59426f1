/// The words of a command line behind the subcommand's name, sorted into options and the rest.
struct Arguments: Equatable {
  private(set) var options: [String: String] = [:]
  private(set) var words: [String] = []

  /// Sorts the words. `--name VALUE` and `--name=VALUE` are the same; `--` ends the options.
  init(_ words: [String], allowing known: [Option]) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        self.words += rest
        return
      }
      if word.hasPrefix("-"), word != "-" {
        try read(word, from: &rest, known)
      } else {
        self.words.append(word)
      }
    }
  }

  /// The value of an option; the empty text for a flag that was given.
  subscript(option: String) -> String? { options[option] }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { options[flag] != nil }

  /// The value of an option that may not be left out.
  func required(_ option: String) throws(CommandFailure) -> String {
    guard let value = options[option] else { throw .usage("--\(option) is missing") }
    return value
  }

  /// The words that are no options, when there must be exactly as many as names.
  func words(_ names: String...) throws(CommandFailure) -> [String] {
    if words.count > names.count { throw .usage("unexpected argument \(quoted(words[names.count]))") }
    if words.count < names.count { throw .usage("\(names[words.count]) is missing") }
    return words
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
