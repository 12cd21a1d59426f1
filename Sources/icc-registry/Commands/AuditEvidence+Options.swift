import OpenSSLKit
import Registry
import System

extension AuditEvidence {
  /// The options of the commands that compare the audit trail with evidence.
  static let options = [
    Option(
      name: "anchor", value: "SEQ:HASH",
      meaning:
        "An earlier end of the audit trail, which must still be part of it. verify-database prints the present one."
    ),
    Option(
      name: "checkpoints", value: "FILE",
      meaning: "A file of checkpoints that the server has signed; each must be part of the audit trail."),
    Option(
      name: "checkpoint-public-key", value: "FILE",
      meaning: "The public key of the checkpoints in PEM, as `openssl pkey -pubout` writes it."),
  ]

  /// The evidence that the options name.
  init(_ arguments: Arguments) throws(CommandFailure) {
    self.init(anchor: try Self.anchor(arguments), checkpoints: try Self.checkpoints(arguments))
  }

  private static func anchor(_ arguments: Arguments) throws(CommandFailure) -> AuditHead? {
    guard let text = arguments["anchor"] else { return nil }
    guard let anchor = AuditHead(text) else {
      throw .usage("--anchor must be SEQ:HASH, as verify-database prints it, but is \(quoted(text))")
    }
    return anchor
  }

  private static func checkpoints(_ arguments: Arguments) throws(CommandFailure) -> Checkpoints? {
    switch (arguments["checkpoints"], arguments["checkpoint-public-key"]) {
    case (nil, nil): return nil
    case (let file?, let keyFile?): return Checkpoints(file: file, key: try publicKey(keyFile))
    default: throw .usage("--checkpoints and --checkpoint-public-key must be given together")
    }
  }

  private static func publicKey(_ file: String) throws(CommandFailure) -> Ed25519.PublicKey {
    let text: [UInt8]
    do { text = try File.read(file) } catch { throw .usage("--checkpoint-public-key: \(error.description)") }
    guard let key = Ed25519.PublicKey(pem: text) else {
      throw .usage("--checkpoint-public-key: \(quoted(file)) is not an Ed25519 public key in PEM")
    }
    return key
  }
}
