import HTTPServer
import OpenSSLKit
import Registry
import RegistryAPI
import System

extension TLSSession: SecureTransport {
  package var clientSubject: String? { clientCertificate?.subject }
  package var clientFingerprint: String? { clientCertificate?.fingerprint }
}

/// The TLS certificate and key in force. They are read again when a file changes, on SIGHUP, and
/// once a day, so that the keys of session tickets live for a day at most. Open connections keep
/// what they began with, and after an error everything stays in force.
final class TLSCertificates: SecureTransportSource {
  private struct State {
    var context: TLSContext
    var versions: [File.Version?]
    var loadedAt: Int
    /// The message of the last attempt to read the files, if it failed.
    var failure: String?
  }

  private static let secondsInForce = 86_400

  private let files: TLSContext.Files
  private let state: Locked<State>
  private let log: Log

  /// Reads the files. Throws if they cannot be used.
  init(_ files: TLSContext.Files, _ log: Log) throws(CommandFailure) {
    (self.files, self.log) = (files, log)
    let versions = files.versions
    let context = try files.load()
    state = Locked(State(context: context, versions: versions, loadedAt: WallClock.seconds))
  }

  func transport(for descriptor: Int32) -> (any SecureTransport)? {
    TLSSession(state.withLock { $0.context }, descriptor: descriptor)
  }

  /// Reads the files again. An error is logged, once for each reason.
  func reload() {
    let versions = files.versions
    let now = WallClock.seconds
    do {
      let context = try files.load()
      state.withLock { $0 = State(context: context, versions: versions, loadedAt: now) }
      log.event(.info, "tls-certificate-loaded") { $0.field("expiresAt", expiry.description) }
    } catch {
      let isNew = state.withLock { state in
        defer { (state.versions, state.failure) = (versions, error.message) }
        return state.failure != error.message
      }
      if isNew { log.event(.error, "tls-certificate-not-loaded") { $0.field("message", error.message) } }
    }
  }

  /// Reads the files again if one of them has changed or the last attempt failed: certificate and
  /// key are replaced one after the other.
  func reloadIfChanged() {
    let (versions, loadedAt, hasFailed) = state.withLock { ($0.versions, $0.loadedAt, $0.failure != nil) }
    if hasFailed || versions != files.versions || WallClock.seconds - loadedAt >= Self.secondsInForce { reload() }
  }

  /// The life of the certificate for `/metrics`; without a value if there is no TLS.
  static func metric(of certificates: TLSCertificates?) -> Metric {
    let end = certificates?.state.withLock { $0.context.certificateEnd }
    return Metric(
      "icc_registry_tls_certificate_days_left", .gauge,
      help: "Days until the TLS certificate expires; negative if it has. None without TLS.",
      samples: end.map { [.init(Double($0 - WallClock.seconds) / 86_400)] } ?? [])
  }

  private var expiry: Timestamp {
    Timestamp(milliseconds: Int64(state.withLock { $0.context.certificateEnd }) * 1000)
  }
}

extension TLSContext.Files {
  /// The files as they are now.
  fileprivate var versions: [File.Version?] {
    [File.Version(certificate), File.Version(key), clientAuthorities.flatMap(File.Version.init)]
  }

  /// Returns what the files contain. The message of an error names the setting and says what to do.
  fileprivate func load() throws(CommandFailure) -> TLSContext {
    let named =
      [("tlsCertificate", certificate), ("tlsKey", key)]
      + (clientAuthorities.map { [("tlsClientAuthorities", $0)] } ?? [])
    for (setting, path) in named {
      do { _ = try File.read(path) } catch {
        throw .usage("\(setting): cannot read \(path): \(error.message)")
      }
    }
    if File.isOpenToOthers(key) {
      throw .usage("tlsKey: every user can read or write \(key). Run: chmod 640 \(key)")
    }
    do {
      return try TLSContext(self, now: WallClock.seconds)
    } catch {
      throw .usage(message(error))
    }
  }

  private func message(_ error: TLSError) -> String {
    switch error {
    case .certificate(let reason):
      "tlsCertificate: \(certificate) must contain the certificate in PEM, then its intermediates (\(reason))"
    case .key(let reason): "tlsKey: \(key) must contain a private key in PEM without a passphrase (\(reason))"
    case .keyMismatch:
      "tlsKey: \(key) is not the key of the first certificate in \(certificate). Name the key that its request was made with"
    case .authorities(let reason):
      "tlsClientAuthorities: \(clientAuthorities ?? "") must contain certificates of authorities in PEM (\(reason))"
    case .expired(let end): "tlsCertificate: \(certificate) expired on \(date(end)). Renew it"
    case .notYetValid(let start):
      "tlsCertificate: \(certificate) is not valid before \(date(start)). Check the clock of this machine"
    case .library(let reason): "cannot set up TLS: \(reason)"
    }
  }

  private func date(_ seconds: Int) -> String {
    Timestamp(milliseconds: Int64(seconds) * 1000).description
  }
}
