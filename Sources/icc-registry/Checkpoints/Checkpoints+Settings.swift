import OpenSSLKit
import Registry
import System

extension Checkpoints.Plan {
  /// The plan that the settings describe; nil if no checkpoints are made.
  init?(_ settings: Settings) throws(CommandFailure) {
    switch settings.checkpointTo {
    case .none: return nil
    case .file(let path): target = .file(path)
    case .endpoint(let endpoint, let path): target = .endpoint(endpoint, path: path)
    }
    key = try Self.key(settings.checkpointKey.text)
    intervalMilliseconds = settings.checkpointSeconds * 1000
  }

  private static func key(_ file: String) throws(CommandFailure) -> Ed25519.PrivateKey {
    if file.isEmpty { throw .usage("checkpointTo needs checkpointKey, the file of the key that signs") }
    let text: [UInt8]
    do { text = try File.read(file) } catch { throw .usage("checkpointKey: \(error.description)") }
    guard let key = Ed25519.PrivateKey(pem: text) else {
      throw .usage(
        "checkpointKey \(quoted(file)) is not an Ed25519 private key in PEM without a passphrase; make one with "
          + "`openssl genpkey -algorithm ed25519 -out FILE`")
    }
    return key
  }
}
