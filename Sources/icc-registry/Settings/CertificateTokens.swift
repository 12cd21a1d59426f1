import JSON
import Registry
import Text

/// The tokens of client certificates: an array of `FINGERPRINT=TOKEN` in the configuration file,
/// comma-separated elsewhere.
struct CertificateTokens: SettingValue {
  static let form = "FINGERPRINT=TOKEN,…"
  private let texts: [String]
  /// The tokens by fingerprint: the 64 lowercase hexadecimal digits of the SHA-256 of the
  /// certificate in DER.
  let tokens: [String: TokenID]

  /// None.
  init() { (texts, tokens) = ([], [:]) }

  init(text: String) throws(SettingError) {
    try self.init(checking: text.split { $0 == "," || $0 == " " }.map(String.init))
  }

  init(json: JSONValue) throws(SettingError) {
    try self.init(checking: [String](setting: json, form: "an array of FINGERPRINT=TOKEN"))
  }

  var json: JSONValue { .array(texts.map(JSONValue.string)) }
  var text: String { texts.joined(separator: ",") }

  private init(checking texts: [String]) throws(SettingError) {
    var tokens: [String: TokenID] = [:]
    for text in texts {
      let (fingerprint, token) = try Self.entry(text)
      guard tokens.updateValue(token, forKey: fingerprint) == nil else {
        throw SettingError("must have each fingerprint once, but has \(fingerprint) again")
      }
    }
    (self.texts, self.tokens) = (texts, tokens)
  }

  /// Reads one entry. OpenSSL prints fingerprints in upper case with colons.
  private static func entry(_ text: String) throws(SettingError) -> (fingerprint: String, token: TokenID) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let token = TokenID(String(parts[1])) else {
      throw SettingError("must hold entries FINGERPRINT=TOKEN with the ID of a token, but \(quoted(text)) is not one")
    }
    let fingerprint = parts[0].lowercased().filter { $0 != ":" }
    guard fingerprint.utf8.count == 64, fingerprint.utf8.allSatisfy(Hexadecimal.isLowercaseDigit) else {
      throw SettingError(
        "must hold the 64 hexadecimal digits of a certificate's SHA-256 fingerprint before \"=\", but has "
          + quoted(String(parts[0])))
    }
    return (fingerprint, token)
  }
}
