import HTTPServer
import System

/// The subcommand `serve`.
enum Serve: Subcommand {
  static let name = "serve"
  static let summary = "Runs the server until SIGTERM or SIGINT."
  static let description = """
    Runs the server. It creates the database at the first start. If the database has no token and standard output is a \
    terminal, it creates an administrator's token that expires in 24 hours, and prints it once. The log goes to standard error.

    With --demo it uses a temporary database with sample data and removes it at the end.

    On SIGTERM or SIGINT it accepts no new connections, finishes the requests in progress, and exits with 0. A second signal \
    ends the process at once. On SIGHUP it opens the file of its log again, and reads the settings again: the log names \
    those that it has changed and those that need a restart.
    """
  static let options = [
    Option(name: "demo", value: nil, meaning: "Serve sample data from a temporary database; nothing is kept.")
  ]
  static let settings = Setting.all
  static let usualFile: String? = ConfigurationFile.usualPath

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let read = { () throws(CommandFailure) in
      try Settings(
        arguments, options: Self.settings, usualFile: usualFile, environment: ProcessEnvironment.variables())
    }
    guard arguments.has("demo") else { return try serve(settings, read, demo: nil, output) }
    guard !arguments.has("database") else { throw .usage("--demo uses its own database: leave out --database") }
    let demo = try Demo(environment: ProcessEnvironment.variables())
    var settings = settings
    settings.database = demo.database
    settings.databaseReplica = .none
    settings.checkpointTo = .none
    let result = Result { () throws(CommandFailure) in try serve(settings, read, demo: demo, output) }
    try demo.remove()
    try result.get()
  }

  /// `read` reads the settings again from their sources.
  private static func serve(
    _ settings: Settings, _ read: @escaping () throws(CommandFailure) -> Settings, demo: Demo?,
    _ output: any CommandOutput
  ) throws(CommandFailure) {
    CrashReports.disable()
    // Before any thread starts: threads inherit the blocked signals.
    let signals = ServerSignals()
    DescriptorLimit.raise()
    let log = try log(settings)
    defer { log.close() }
    let manager = ServiceManager(environment: ProcessEnvironment.variables())
    let running = try RunningServer(settings, manager, log)
    var reload = SettingsReload(settings, log, read: read, apply: running.apply)
    do {
      if let demo {
        try demo.fill(running.store, url: running.url, output)
      } else {
        try FirstToken.make(in: running.store, url: running.url, settings.tokenLifetime, output, log)
      }
      log.event(.info, "listening") { line in
        line.field("url", running.url)
        if running.addresses.count > 1 {
          line.field("addresses", running.addresses.map(\.text).joined(separator: " "))
        }
        line.field("database", settings.database.description)
        line.field("version", Version.number)
        line.field("commit", Version.commit)
        if let file = settings.configurationFile { line.field("configurationFile", file) }
      }
      let signal = try running.wait(for: signals, &reload)
      log.event(.info, "draining") { $0.field("signal", signal) }
      try signals.endAtNext()
      running.serveAsLameDuck()
    } catch {
      running.drainAndClose()
      throw (error as? CommandFailure)
        ?? .failed(StoreErrorText.text(of: error, database: settings.database.description))
    }
    running.drainAndClose()
    log.event(.info, "stopped")
  }

  private static func log(_ settings: Settings) throws(CommandFailure) -> Log {
    do {
      return try Log(level: settings.logLevel, format: settings.logFormat)
    } catch {
      throw .failed("cannot start the log: \(error.message)")
    }
  }
}
