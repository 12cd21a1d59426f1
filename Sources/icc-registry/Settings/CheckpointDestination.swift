import AWSClient
import Text

/// The destination of the signed checkpoints of the audit trail.
enum CheckpointDestination: SettingValue, Equatable {
  static let form = "FILE|URL"

  /// Checkpoints are not made.
  case none
  /// Appended to this file, one a line.
  case file(String)
  /// Sent with POST to this path of an HTTPS endpoint.
  case endpoint(AWSEndpoint, path: String)

  init(text: String) throws(SettingError) {
    guard !text.isEmpty else {
      self = .none
      return
    }
    guard let scheme = text.firstRange(of: "://") else {
      guard !text.utf8.contains(0) else { throw SettingError("must be a file or https://HOST/PATH") }
      self = .file(text)
      return
    }
    let slash = text[scheme.upperBound...].utf8.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
    let path = slash == text.endIndex ? "/" : String(text[slash...])
    guard let endpoint = AWSEndpoint(configured: String(text[..<slash])), path.utf8.allSatisfy(Self.isOfPath) else {
      throw SettingError(
        "must be a file or https://HOST/PATH (http:// for a test), the path of letters, digits and -._~/")
    }
    self = .endpoint(endpoint, path: path)
  }

  var text: String {
    switch self {
    case .none: ""
    case .file(let path): path
    case .endpoint(let endpoint, let path): endpoint.text + path
    }
  }

  private static func isOfPath(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || "-._~/".utf8.contains(byte)
  }
}
