import Glibc
import JSON
import System

/// The configuration file: one JSON object with a field per setting. A field whose name starts with
/// `//` is a comment, so that the file can explain itself in strict JSON.
enum ConfigurationFile {
  /// The file that `serve` reads if no other is named.
  static let usualPath = "config/icc-registry.json"
  /// The environment variable that names another file.
  static let environmentName = "ICC_REGISTRY_CONFIG"
  /// The option that names another file.
  static let option = Option(
    name: "config", value: "FILE",
    meaning:
      "The configuration file. The default is the one that \(environmentName) names; `serve` also reads \(usualPath) if it exists."
  )

  /// Applies a file. A file that was named must exist.
  static func apply(_ path: String, isNamed: Bool, to settings: inout Settings) throws(CommandFailure) {
    let bytes: [UInt8]
    do {
      bytes = try File.read(path)
    } catch {
      if !isNamed && error.number == ENOENT { return }
      throw .usage("cannot read the configuration file \(path): \(error.message)")
    }
    try apply(bytes, from: path, to: &settings)
    settings.configurationFile = path
  }

  /// Applies the text of a file; `path` is for messages.
  static func apply(_ bytes: [UInt8], from path: String, to settings: inout Settings) throws(CommandFailure) {
    for member in try JSONObject(fileAt: path, holding: bytes).members where !member.name.hasPrefix("//") {
      try apply(member, from: path, to: &settings)
    }
  }

  private static func apply(
    _ member: JSONObject.Member, from path: String, to settings: inout Settings
  ) throws(CommandFailure) {
    let line = member.nameLocation?.line ?? 1
    guard let setting = Setting.all.first(where: { $0.name == member.name }) else {
      let near = suggestion(for: member.name, among: Setting.all.map(\.name))
      throw .usage("\(path):\(line): unknown setting \(quoted(member.name))\(near)")
    }
    do {
      try setting.setJSON(member.value, &settings)
    } catch {
      throw .usage("\(path):\(member.value.location?.line ?? line): \(quoted(member.name)) \(error.requirement)")
    }
  }

  /// A configuration file with every setting, its meaning and its default.
  static var template: String {
    var writer = JSONWriter(.pretty)
    writer.beginObject()
    for setting in Setting.all {
      writer.memberName(escaping: "//\(setting.name)")
      writer.string(setting.meaning)
      writer.memberName(escaping: setting.name)
      writer.value(setting.json(Settings()))
    }
    writer.endObject()
    return writer.text + "\n"
  }
}
