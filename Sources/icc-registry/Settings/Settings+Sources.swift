extension Settings {
  /// The settings of a command: the defaults, overridden by the configuration file, then by the
  /// environment, then by those of its options that are settings. `usualFile` is read if no file is
  /// named: only `serve` has one, since the working directory may be another user's.
  init(
    _ arguments: Arguments, options: [Setting], usualFile: String?, environment: [(name: String, value: String)]
  ) throws(CommandFailure) {
    self.init()
    let named = arguments["config"] ?? environment.first { $0.name == ConfigurationFile.environmentName }?.value
    if let path = named ?? usualFile {
      try ConfigurationFile.apply(path, isNamed: named != nil, to: &self)
    }
    try apply(environment: environment)
    try apply(arguments, options: options)
  }

  /// Applies the environment. An unknown name that starts like the settings' names is an error.
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

  /// Applies the options of the command line.
  mutating func apply(_ arguments: Arguments, options: [Setting]) throws(CommandFailure) {
    for setting in options {
      guard let value = arguments[setting.optionName] else { continue }
      try set(setting, value, named: "--\(setting.optionName)")
    }
    // Every user of the machine can list the arguments of a process.
    if arguments["database"] != nil, database.containsPassword { throw .passwordShown("database") }
    if arguments["database-replica"] != nil, databaseReplica.containsPassword {
      throw .passwordShown("database-replica")
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
