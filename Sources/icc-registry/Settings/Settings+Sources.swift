extension Settings {
  /// The settings in force: the defaults, over them the configuration file's, over these the environment's, over all the options'.
  init(
    _ arguments: Arguments, options: [Setting], environment: [(name: String, value: String)]
  ) throws(CommandFailure) {
    self.init()
    let named = arguments["config"] ?? environment.first { $0.name == ConfigurationFile.environmentName }?.value
    try ConfigurationFile.apply(named ?? ConfigurationFile.usualPath, isNamed: named != nil, to: &self)
    try apply(environment: environment)
    try apply(arguments, options: options)
  }

  /// Sets what the environment sets; a name that begins as ours do and is not ours is a slip worth stopping for.
  mutating func apply(environment: [(name: String, value: String)]) throws(CommandFailure) {
    for (name, value) in environment where name.hasPrefix("ICC_REGISTRY_") && name != ConfigurationFile.environmentName
    {
      guard let setting = Setting.all.first(where: { $0.environmentName == name }) else {
        let known = Setting.all.map(\.environmentName) + [ConfigurationFile.environmentName]
        throw .usage("unknown environment variable \(name)\(suggestion(for: name, among: known))")
      }
      try set(setting, value, named: "environment variable \(name)")
    }
  }

  /// Sets what the command line sets.
  mutating func apply(_ arguments: Arguments, options: [Setting]) throws(CommandFailure) {
    for setting in options {
      guard let value = arguments[setting.optionName] else { continue }
      try set(setting, value, named: "--\(setting.optionName)")
    }
  }

  private mutating func set(_ setting: Setting, _ value: String, named name: String) throws(CommandFailure) {
    do {
      try setting.setText(value, &self)
    } catch {
      throw .usage("\(name) \(error.requirement), but is \(quoted(value))")
    }
  }
}
