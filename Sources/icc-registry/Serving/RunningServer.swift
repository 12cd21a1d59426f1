import HTTPServer
import Registry
import RegistryAPI
import RegistrySQLite
import RegistryStorage
import System
import Verifier

/// Everything that serves, put together: the one place that knows all the parts.
struct RunningServer {
  let store: any DatabaseStore
  /// The store if it is a file; nil for a server.
  private let file: SQLiteRegistryStore?
  /// The URL of the first address.
  let url: String
  /// The addresses that it listens on.
  let addresses: [HTTPAddress]
  private let api: RegistryAPI
  private let changeable: Locked<ChangeableSettings>
  private let server: HTTPServer
  private let state: ServerState
  private let verifier: LiveVerifier?
  private let checkpoints: Checkpoints?
  private let certificates: TLSCertificates?
  private let lameDuckSeconds: Int
  private let drainSeconds: Int
  private let maxWALBytes: Int
  private let manager: ServiceManager
  private let log: Log

  /// Opens the database, listens, and serves on threads of its own.
  init(_ settings: Settings, _ manager: ServiceManager, _ log: Log) throws(CommandFailure) {
    (self.log, self.manager) = (log, manager)
    (lameDuckSeconds, drainSeconds) = (settings.lameDuckSeconds, settings.drainSeconds)
    maxWALBytes = settings.maxWalBytes
    let plan = try Checkpoints.Plan(settings)
    certificates = try settings.tlsFiles.map { (files) throws(CommandFailure) in try TLSCertificates(files, log) }
    let asked = settings.addresses(manager)
    try settings.checkExposure(asked, log)
    verifier = try LiveVerifier.make(settings, environment: ProcessEnvironment.variables(), log)
    store = try OpenedStore.open(settings, for: .server) { error in
      log.event(.error, "database-error") { $0.field("error", error) }
    }
    file = store as? SQLiteRegistryStore
    if let file { log.note(file.leftovers) }
    do {
      state = ServerState(log: log)
      state.opened(store)
      let identifiers = IdentifierSource(after: try store.maxIdentifier())
      var api = settings.api(state)
      api.verifier = verifier
      changeable = api.changeable
      self.api = try RegistryAPI(store: store, identifiers: identifiers, settings: api)
      var serving = settings.server
      serving.addresses = asked
      server = try HTTPServer(
        settings: serving, security: certificates, handler: RequestHandler(api: self.api, log: log),
        observer: ConnectionLog(log: log))
      addresses = try server.start()
      url = (addresses.first?.url(isEncrypted: certificates != nil) ?? "") + settings.base.text
      state.started(server)
      if let certificates { state.started(certificates) }
      checkpoints = try Self.startCheckpoints(plan, store, log)
      if let checkpoints { state.started(checkpoints) }
    } catch {
      store.close()
      throw Self.failure(error, settings)
    }
  }

  /// Starts the checkpoints of a plan; nil without one. Instances that share a database take turns.
  private static func startCheckpoints(
    _ plan: Checkpoints.Plan?, _ store: any DatabaseStore, _ log: Log
  ) throws(SystemError) -> Checkpoints? {
    guard let plan else { return nil }
    var takeLease: (@Sendable () throws -> Bool)?
    if !store.readsInPlace { takeLease = { try Self.takeLease(in: store) } }
    return try Checkpoints(plan, log, takeLease: takeLease) { try store.read { try $0.auditHead() } }
  }

  private static func takeLease(in store: any DatabaseStore) throws -> Bool {
    try Waiting.result {
      try await store.write(dryRun: false) { writer in
        try writer.takeLease(of: .checkpoints, seconds: Checkpoints.leaseSeconds)
      }
    }
  }

  /// Puts the settings into force that can change while the server runs.
  func apply(_ settings: Settings) {
    let changed = settings.changeable
    changeable.withLock { $0 = changed }
  }

  /// Waits for a signal that ends the server and returns its name. SIGHUP opens the log again and
  /// reloads the settings. Throws within two seconds if a file of the database
  /// is removed or replaced: what is written from then on would be lost at the next start.
  func wait(for signals: ServerSignals, _ reload: inout SettingsReload) throws(CommandFailure) -> String {
    var wal = WALWatch(limit: maxWALBytes, log: log)
    var pageCheck = PageCheckWatch(log: log)
    pageCheck.note(file?.pageCheck)
    manager.ready()
    // Twice within the time that the watchdog allows, as sd_watchdog_enabled(3) recommends.
    let turn = min(1000, (manager.watchdogMilliseconds ?? 2000) / 2)
    while true {
      let signal = signals.wait(milliseconds: turn)
      if signal == "SIGHUP" {
        manager.reloading()
        log.reopen()
        reload.run()
        certificates?.reload()
        manager.ready()
      } else if let signal {
        manager.stopping(withinSeconds: lameDuckSeconds + StopWatchdog.limitSeconds(drainSeconds) + 1)
        return signal
      }
      if let limit = manager.watchdogMilliseconds, server.statistics.longestTurn * 1000 < Double(limit) {
        manager.isAlive()
      }
      certificates?.reloadIfChanged()
      guard let file else { continue }
      wal.note(file.walState)
      pageCheck.note(file.pageCheck)
      guard let lost = file.lostFile else { continue }
      log.event(.error, "database-file-lost") { $0.field("file", lost) }
      throw .failed(
        "\(lost) was removed or replaced while the server had it open; the server stops. Put it back, or restore a "
          + "backup with `icc-registry restore FILE`")
    }
  }

  /// Serves on for `lameDuckSeconds` without being ready: a load balancer that looks at `/readyz`
  /// sends new clients elsewhere before the sockets close.
  func serveAsLameDuck() {
    state.beginDraining()
    SystemThread.sleep(milliseconds: lameDuckSeconds * 1000)
  }

  /// Accepts nothing more, answers the requests in progress, and closes the database.
  func drainAndClose() {
    let watchdog = StopWatchdog(drainSeconds: drainSeconds, log: log)
    defer { watchdog?.stop() }
    state.beginDraining()
    // Three quarters, so that what was cut short is still recorded and answered.
    verifier?.stop(withinMilliseconds: drainSeconds * 750)
    server.drain()
    server.waitUntilStopped()
    watchdog?.enter("token uses")
    try? Waiting.result { [api] in await api.flush() }
    watchdog?.enter("checkpoint")
    checkpoints?.stop()
    watchdog?.enter("database")
    store.close()
  }

  private static func failure(_ error: any Error, _ settings: Settings) -> CommandFailure {
    switch error {
    case HTTPServerError.hostNotNumeric(let host):
      .usage("cannot listen on \(quoted(host)): --listen takes a numeric IP address or localhost, and a port")
    case HTTPServerError.addressInUse(let address):
      .failed(
        "cannot listen on \(address.text): another program does. Stop it, or choose another port with --listen; "
          + "port 0 lets the system pick a free one")
    case HTTPServerError.pathTooLong(let path): .usage("cannot listen on unix:\(path): the path is too long")
    case HTTPServerError.notListening(let descriptor):
      .failed("descriptor \(descriptor) of LISTEN_FDS is not a listening socket; set Accept=no in the socket unit")
    case HTTPServerError.systemCall(let error): .failed("cannot listen: \(error.description)")
    default: .failed(StoreErrorText.text(of: error, database: settings.database.description))
    }
  }
}

extension Log {
  /// Logs the files next to the database that the start has removed, and those that restores have
  /// kept.
  fileprivate func note(_ leftovers: Leftovers) {
    for file in leftovers.removed { event(.warning, "file-removed") { $0.field("file", file) } }
    for file in leftovers.oldDatabases { event(.info, "old-database") { $0.field("file", file) } }
  }
}
