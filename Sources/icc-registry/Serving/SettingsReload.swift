import RegistryAPI

/// Reads the settings again on SIGHUP, and applies those that can change while the server runs.
struct SettingsReload {
  /// The settings in force.
  private var current: Settings
  private let log: Log
  private let read: () throws(CommandFailure) -> Settings
  private let apply: (Settings) -> Void

  /// A reload of the settings that a server started with. `read` reads them from their sources, and
  /// `apply` puts those into force that can change.
  init(
    _ current: Settings, _ log: Log, read: @escaping () throws(CommandFailure) -> Settings,
    apply: @escaping (Settings) -> Void
  ) {
    (self.current, self.log, self.read, self.apply) = (current, log, read, apply)
  }

  /// Reads and applies the settings, and logs which have changed and which need a restart. After an
  /// error all settings remain.
  mutating func run() {
    do {
      let settings = try checked()
      let changed = Setting.all.filter { $0.json(settings) != $0.json(current) }
      for setting in changed where setting.isChangeable { try Self.copy(setting, from: settings, to: &current) }
      // Logged at the more verbose of both levels, so that a change to `off` leaves a line.
      report(changed)
      log.setLevel(current.logLevel)
      apply(current)
    } catch {
      log.event(.error, "settings-not-reloaded") { $0.field("message", error.message) }
    }
  }

  private func checked() throws(CommandFailure) -> Settings {
    let settings = try read()
    if let file = current.configurationFile, settings.configurationFile == nil {
      throw .usage("the configuration file \(file) does not exist any more")
    }
    return settings
  }

  private static func copy(_ setting: Setting, from source: Settings, to target: inout Settings) throws(CommandFailure)
  {
    do {
      try setting.setJSON(setting.json(source), &target)
    } catch {
      throw .usage("\(setting.name) \(error.requirement)")
    }
  }

  private func report(_ changed: [Setting]) {
    let names = { (isChangeable: Bool) in
      let names = changed.filter { $0.isChangeable == isChangeable }.map(\.name)
      return names.isEmpty ? nil : names.joined(separator: " ")
    }
    if current.logLevel < log.level { log.setLevel(current.logLevel) }
    log.event(names(false) == nil ? .info : .warning, "settings-reloaded") { line in
      line.field("changed", names(true))
      line.field("needRestart", names(false))
    }
  }
}
