import JSON

/// A setting. The help, the configuration file, the manual's table, the completion and the man
/// page are generated from these.
struct Setting: Sendable {
  /// The name in the configuration file, in camelCase.
  let name: String
  /// The placeholder for its value in the help.
  let form: String
  /// The meaning, in one to three sentences.
  var meaning: String { isChangeable ? text + " SIGHUP applies a change." : text }
  private let text: String
  /// True if a change is applied on SIGHUP; otherwise it needs a restart.
  private(set) var isChangeable = false
  /// Sets it from a text of the environment or the command line.
  let setText: @Sendable (String, inout Settings) throws(SettingError) -> Void
  /// Sets it from a value of the configuration file.
  let setJSON: @Sendable (JSONValue, inout Settings) throws(SettingError) -> Void
  /// The value, as in the configuration file.
  let json: @Sendable (Settings) -> JSONValue

  /// A setting stored at `path`; `check` throws for a value that is not allowed.
  init<Value: SettingValue>(
    _ name: String, _ path: any WritableKeyPath<Settings, Value> & Sendable, form: String = Value.form,
    _ meaning: String,
    check: @escaping @Sendable (Value) throws(SettingError) -> Void = { _ throws(SettingError) in }
  ) {
    self.name = name
    self.form = form
    text = meaning
    setText = { (text, settings) throws(SettingError) in
      let value = try Value(text: text)
      try check(value)
      settings[keyPath: path] = value
    }
    setJSON = { (json, settings) throws(SettingError) in
      let value = try Value(json: json)
      try check(value)
      settings[keyPath: path] = value
    }
    json = { $0[keyPath: path].json }
  }

  /// An integer setting within a range.
  init(
    _ name: String, _ path: any WritableKeyPath<Settings, Int> & Sendable, in range: ClosedRange<Int>, _ meaning: String
  ) {
    self.init(name, path, meaning) { (value) throws(SettingError) in
      if !range.contains(value) {
        throw SettingError("must be from \(range.lowerBound) to \(range.upperBound)")
      }
    }
  }

  /// The same setting, of which a change is applied on SIGHUP.
  var changeable: Setting {
    var setting = self
    setting.isChangeable = true
    return setting
  }

  /// The name of its option without the hyphens: `logLevel` is `log-level`.
  var optionName: String { words.joined(separator: "-") }

  /// The name of its environment variable: `logLevel` is `ICC_REGISTRY_LOG_LEVEL`.
  var environmentName: String { "ICC_REGISTRY_" + words.joined(separator: "_").uppercased() }

  /// The setting as an option.
  var option: Option { Option(name: optionName, value: form, meaning: meaning) }

  private var words: [String] {
    name.reduce(into: [""]) { words, letter in
      if letter.isUppercase { words.append("") }
      words[words.count - 1] += letter.lowercased()
    }
  }
}
