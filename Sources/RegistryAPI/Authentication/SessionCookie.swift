import HTTPWire
import Registry
import System
import Text

/// The cookie that keeps a browser of the console signed in, where it counts for a request.
///
/// Browsers send cookies also with requests that pages of other origins make. So it counts only in
/// a request that no such page can send: one with the console's own header, for which a browser
/// first asks permission (a CORS preflight, https://fetch.spec.whatwg.org/#http-cors-protocol) that
/// this server never gives, and which the browser does not attribute to another origin
/// (https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header). Any other request is handled as
/// if it had no cookie.
struct SessionCookie: Sendable {
  /// The request header without which the cookie does not count; its value must be `1`.
  static let header = "X-Console-Session"

  /// The values of all cookies of the name. With more than one, the console's is not known.
  private let values: [String]
  private let attributes: Attributes

  /// The cookie of a request; nil if the request has none that counts, or has `Authorization`.
  init?(of headers: HTTPHeaders, under base: BasePath) {
    guard headers.contains(Self.header), !headers.contains("Authorization"),
      headers.all(Self.header) == ["1"], headers.all("Sec-Fetch-Site").allSatisfy({ $0 == "same-origin" })
    else { return nil }
    // Pages of other hosts can set a cookie without the prefix, so it counts only on this machine.
    for isSecure in Self.isLocal(headers) ? [true, false] : [true] {
      let attributes = Attributes(base: base, isSecure: isSecure)
      let values = Self.values(of: attributes.name, headers)
      guard values.isEmpty else {
        (self.values, self.attributes) = (values, attributes)
        return
      }
    }
    return nil
  }

  /// The credential that the cookie is.
  func credential(isKnown: (TokenHash) -> Bool) -> Credential {
    guard values.count == 1 else { return .malformed }
    return TokenText.hash(of: values[0].utf8.span, .cookie, isKnown).map(Credential.token) ?? .malformed
  }

  /// The header field that deletes the cookie.
  var deletion: HTTPHeaders.Field { attributes.field("", seconds: 0) }

  /// Returns the header field that sets the cookie until `end`. Only a page that came over plain
  /// HTTP from this machine gets it without `Secure`.
  static func field(
    _ text: TokenText, until end: Timestamp, at now: Timestamp, for headers: HTTPHeaders, under base: BasePath
  ) -> HTTPHeaders.Field {
    Attributes(base: base, isSecure: !isLocal(headers)).field(
      text.text, seconds: (end.milliseconds - now.milliseconds) / 1000)
  }

  /// Everything of the cookie but its value.
  private struct Attributes {
    let base: BasePath
    let isSecure: Bool

    /// The name. A browser lets only this host set a cookie with the prefix `__Host-`, and only
    /// over HTTPS one with `__Secure-`
    /// (https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis section 4.1.3).
    var name: String { (isSecure ? (base == .root ? "__Host-" : "__Secure-") : "") + "icc-registry" }

    func field(_ value: String, seconds: Int64) -> HTTPHeaders.Field {
      let rest = "Path=\(base.path("/")); Max-Age=\(seconds); HttpOnly; SameSite=Strict"
      return HTTPHeaders.Field("Set-Cookie", "\(name)=\(value); \(rest)" + (isSecure ? "; Secure" : ""))
    }
  }

  private static func values(of name: String, _ headers: HTTPHeaders) -> [String] {
    headers.all("Cookie").flatMap { $0.split(separator: ";") }.compactMap { pair in
      let pair = pair.trimmingSpace()
      return pair.hasPrefix(name + "=") ? String(pair.dropFirst(name.utf8.count + 1)) : nil
    }
  }

  /// Returns true if the request was sent to this machine over plain HTTP, as far as it says. If a
  /// proxy has changed `Host`, the `Origin` of a page over HTTPS still shows its scheme.
  private static func isLocal(_ headers: HTTPHeaders) -> Bool {
    guard let host = headers.first("Host"), isLoopback(host) else { return false }
    return headers.all("Origin").allSatisfy { $0.hasPrefix("http://") }
  }

  private static func isLoopback(_ authority: String) -> Bool {
    ["localhost", "127.0.0.1", "[::1]"].contains { authority == $0 || authority.hasPrefix($0 + ":") }
  }
}
