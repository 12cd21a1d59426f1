import JSON

/// A key of the configuration with all that is known of it. The help, the configuration file and the README's table are
/// made from these, and tests hold them together.
struct Setting: Sendable {
  /// The key in the configuration file, in camelCase.
  let name: String
  /// What stands for its value in the help.
  let form: String
  /// What it means, in one sentence or two.
  let meaning: String
  /// Sets it from the environment's or the command line's text.
  let setText: @Sendable (String, inout Settings) throws(SettingFault) -> Void
  /// Sets it from the configuration file's value.
  let setJSON: @Sendable (JSONValue, inout Settings) throws(SettingFault) -> Void
  /// Its value, as the configuration file writes it.
  let json: @Sendable (Settings) -> JSONValue

  /// A setting that is kept at `path`; `check` says what else a value must fulfil.
  init<Value: SettingValue>(
    _ name: String, _ path: any WritableKeyPath<Settings, Value> & Sendable, form: String = Value.form,
    _ meaning: String,
    check: @escaping @Sendable (Value) throws(SettingFault) -> Void = { _ throws(SettingFault) in }
  ) {
    self.name = name
    self.form = form
    self.meaning = meaning
    setText = { (text, settings) throws(SettingFault) in
      let value = try Value(text: text)
      try check(value)
      settings[keyPath: path] = value
    }
    setJSON = { (json, settings) throws(SettingFault) in
      let value = try Value(json: json)
      try check(value)
      settings[keyPath: path] = value
    }
    json = { $0[keyPath: path].json }
  }

  /// A whole number within a range.
  init(
    _ name: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, in range: ClosedRange<Int>, _ meaning: String
  ) {
    self.init(name, path, meaning) { (value) throws(SettingFault) in
      if !range.contains(value) {
        throw SettingFault("must be from \(range.lowerBound) to \(range.upperBound)")
      }
    }
  }

  /// Its name on the command line, without the hyphens: `logLevel` is `log-level`.
  var optionName: String { words.joined(separator: "-") }

  /// Its name in the environment: `logLevel` is `ICC_REGISTRY_LOG_LEVEL`.
  var environmentName: String { "ICC_REGISTRY_" + words.joined(separator: "_").uppercased() }

  /// It as an option.
  var option: Option { Option(name: optionName, value: form, meaning: meaning) }

  private var words: [String] {
    name.reduce(into: [""]) { words, letter in
      if letter.isUppercase { words.append("") }
      words[words.count - 1] += letter.lowercased()
    }
  }
}
