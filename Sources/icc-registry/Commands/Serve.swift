import HTTPServer
import System

/// `serve`
enum Serve: Subcommand {
  static let name = "serve"
  static let summary = "Runs the registry's server until SIGTERM or SIGINT."
  static let description = """
    Runs the server. The database is made where there never was one; where it holds no token, an administrator's token is made \
    and shown once on standard output. The log goes to standard error.

    SIGTERM, SIGINT and SIGHUP drain: no new connections, requests under way are answered, then exit 0. A second signal ends \
    the process at once.
    """
  static let settings = Setting.all

  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure) {
    _ = try arguments.words()
    // Before any thread starts: each inherits what is held back.
    let signals = TerminationSignals()
    DescriptorLimit.raise()
    let log = try log(settings)
    defer { log.close() }
    let running = try RunningServer(settings, log)
    do {
      try FirstToken.make(in: running.store, url: running.url, console)
      log.event(.info, "listening") { line in
        line.field("url", running.url)
        line.field("database", settings.database.text)
        line.field("version", Program.version)
      }
      let signal = signals.wait()
      log.event(.info, "draining") { $0.field("signal", signal) }
      try signals.endAtNext()
    } catch {
      running.drainAndClose()
      throw (error as? CommandFailure) ?? .failed(StoreFaultText.text(of: error, database: settings.database.text))
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
