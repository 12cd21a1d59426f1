import JSON
import RegistryAPI
import System

/// Blocks of addresses: an array in the configuration file, comma-separated elsewhere.
struct AddressList: SettingValue {
  static let form = "ADDRESS,…"
  private let texts: [String]
  /// The blocks.
  let blocks: [AddressBlock]

  init(_ texts: [String] = []) {
    self.texts = texts
    blocks = texts.compactMap(AddressBlock.init)
  }

  init(text: String) throws(SettingError) {
    try self.init(checking: text.split { $0 == "," || $0 == " " }.map(String.init))
  }

  init(json: JSONValue) throws(SettingError) {
    try self.init(checking: [String](setting: json, form: "an array of addresses"))
  }

  var json: JSONValue { .array(texts.map(JSONValue.string)) }
  var text: String { texts.joined(separator: ",") }

  private init(checking texts: [String]) throws(SettingError) {
    for text in texts where AddressBlock(text) == nil {
      throw SettingError("must hold IP addresses or blocks such as 10.0.0.0/8, but \(quoted(text)) is not one")
    }
    self.init(texts)
  }
}

extension TrustedProxies.Header: SettingValue {}
