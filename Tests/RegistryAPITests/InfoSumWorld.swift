import JSON
import Registry

/// Requests of InfoSum's API.
extension World {
  static let configs = "/api/v2/imports/connector-configs"

  /// A config with these fields in addition to the required ones, replacing those of the same name.
  static func config(name: String = "Acme", _ more: String = "") -> String {
    """
    {"config":{"name":"\(name)"\(more),"s3_connector":{"bucket":"acme-data","cross_account":\
    {"session_name":"acme-import"}}}}
    """
  }

  /// Creates a config and returns its identifier.
  func createConfig(name: String, as role: Role = .editor) async -> String {
    await send("POST", Self.configs, as: role, json: Self.config(name: name)).json["config_id"]?.stringValue ?? ""
  }

  /// The page of a list with these parameters.
  func list(_ query: [(String, String)], as role: Role = .viewer) async -> Received {
    let text = query.map { $0.0 + "=" + Self.encoded($0.1) }.joined(separator: "&")
    return await send("GET", Self.configs + (text.isEmpty ? "" : "?" + text), as: role)
  }

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }
}

extension Received {
  /// The names of the configs of a page.
  var names: [String]? { json["configs"]?.arrayValue?.compactMap { $0["name"]?.stringValue } }
  /// The codes of the errors in InfoSum's form, with their places.
  var infoSumErrors: [String] {
    (json["errors"]?.arrayValue ?? []).map {
      (($0["pointer"] ?? $0["parameter"])?.stringValue ?? "") + " " + ($0["code"]?.stringValue ?? "")
    }
  }
}
