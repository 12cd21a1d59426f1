import JSON
import PolicyCheck
import Registry
import System

/// The subcommand `check-policy`.
enum CheckPolicy: Subcommand {
  static let name = "check-policy"
  static let summary = "Checks policies against an ICC, without a server."
  static let description = """
    Checks a customer's policies against an ICC without a server, a database or a network. The ICC is a file with the response \
    of `GET /v1/iccs/{id}`. Prints the response of `POST /v1/iccs/{id}/check`. Exits with 0 if the verdict is "works", else with 1.
    """
  static let options = [
    Option(name: "icc", value: "FILE", meaning: "The ICC, as the API returns it.", isRequired: true),
    Option(name: "trust-policy", value: "FILE", meaning: "The trust policy of the customer's role."),
    Option(name: "permission-policy", value: "FILE", meaning: "The permission policy of the customer's role."),
    Option(name: "bucket-policy", value: "FILE", meaning: "The policy of the customer's bucket."),
    Option(name: "key-policy", value: "FILE", meaning: "The policy of the KMS key that encrypts the bucket."),
  ]
  static let oneOfOptions = ["trust-policy", "permission-policy", "bucket-policy", "key-policy"]
  static var settings: [Setting] { Setting.all.filter { $0.name.hasPrefix("connector") } }

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let icc = try ICCFile(try arguments.required("icc"))
    let trust = try policy("trust-policy", arguments)
    let permission = try policy("permission-policy", arguments)
    let bucket = try policy("bucket-policy", arguments)
    let key = try policy("key-policy", arguments)
    let subject = icc.subject(connector: settings.connector, now: .now)
    let result = PolicyChecker.check(trust: trust, permission: permission, bucket: bucket, key: key, against: subject)
    try output.writeLine(result.json(iccVersion: icc.version).text(.pretty))
    guard result.verdict == .works else { throw .failed("the verdict is \(result.verdict.rawValue)") }
  }

  private static func policy(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> PolicyInput? {
    guard let path = arguments[option] else { return nil }
    do {
      return .text(String(decoding: try File.read(path), as: UTF8.self))
    } catch {
      throw .usage("cannot read the policy \(path): \(error.message)")
    }
  }
}
