import Glibc
import System

/// The credentials that systemd passes to a service, each a file that only the service can read
/// (https://systemd.io/CREDENTIALS).
enum ServiceCredential {
  /// The credential with InfoSum's AWS keys.
  static let aws = "icc-registry.aws"

  /// Returns the lines `NAME=VALUE` of a credential; none if systemd has passed no such one. Throws
  /// if it cannot be read.
  static func lines(
    of name: String, environment: [(name: String, value: String)]
  ) throws(CommandFailure) -> [(name: String, value: String)] {
    guard let folder = environment.first(where: { $0.name == "CREDENTIALS_DIRECTORY" })?.value else { return [] }
    do throws(SystemError) {
      let text = String(decoding: try File.read("\(folder)/\(name)"), as: UTF8.self)
      return text.split(separator: "\n").compactMap { line in
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
      }
    } catch {
      if error.number == ENOENT { return [] }
      throw .failed("cannot read the credential \(name): \(error.message)")
    }
  }
}
