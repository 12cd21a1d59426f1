import HTTPWire
import JSON
import Registry

/// Reads configs from request bodies: a translation, and then the registry's own rules.
enum ConfigInput {
  /// Returns the values of a new ICC from `{"config": {…}}`.
  static func new(_ call: Call, by token: Token) throws(Problem) -> NewICC {
    let body = try BodyReading.object(of: call.request, for: .json)
    let config = try config(in: body, call.queryErrors)
    let type = JSONValue.string(ConnectorType.s3CrossAccount.rawValue)
    let connector = call.services.settings.connector
    var input = try input(config.value, call, root: "/config", config.errors, also: [("connectorType", type)])
    do throws(Problem) {
      return try ICCInput.new(&input, by: token, connector)
    } catch {
      throw ConfigFields.renamed(error, root: "/config")
    }
  }

  /// Returns the change of an ICC from a config: fields that are given replace the present ones.
  static func change(_ call: Call) throws(Problem) -> ICCChange {
    let body = try BodyReading.object(of: call.request, for: .json)
    var input = try input(body, call, root: "", call.queryErrors)
    do throws(Problem) {
      return try ICCPatch.read(&input, call.services.settings.connector)
    } catch {
      throw ConfigFields.renamed(error, root: "")
    }
  }

  private static func config(
    in body: JSONObject, _ found: RequestErrors
  ) throws(Problem) -> (value: JSONObject, errors: RequestErrors) {
    var errors = found
    for member in body.members where member.name != "config" {
      errors.append(FieldErrors.unexpected(member.name, known: ["config"]))
    }
    let config = body["config"] ?? .null
    if let object = config.objectValue { return (object, errors) }
    errors.append(
      config.isNull
        ? FieldErrors.missing("config") : FieldErrors.wrongType("config", wanted: "an object", found: config.kind))
    throw Problem(.validationFailed, errors: errors)
  }

  private static func input(
    _ config: JSONObject, _ call: Call, root: String, _ errors: RequestErrors, also more: [(String, JSONValue)] = []
  ) throws(Problem) -> InputReader {
    let translation = ConfigTranslation(config, root: root, errors: errors)
    guard !translation.isUnsupported else { throw Problem(.validationFailed, errors: translation.errors) }
    return InputReader(query: call.query, body: JSONObject(translation.fields + more), errors: translation.errors)
  }
}
