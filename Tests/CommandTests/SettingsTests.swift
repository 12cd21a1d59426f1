import JSON
import Testing
import Text

@testable import icc_registry

struct SettingsTests {
  private static func settings(
    file: String = "{}", environment: [(name: String, value: String)] = [], _ words: String...
  ) throws -> Settings {
    var settings = Settings()
    try ConfigurationFile.apply(Array(file.utf8), from: "some.json", to: &settings)
    let arguments = try Arguments(words, allowing: Setting.all.map(\.option))
    try settings.apply(environment: environment)
    try settings.apply(arguments, options: Setting.all)
    return settings
  }

  static let pathForm = "must be a path such as /icc, of letters, digits and -._~ between slashes, or empty"
  static let listenForm = "must be HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080, or unix:/PATH"

  @Test func `options override the environment, the environment overrides the file`() throws {
    let file = #"{"//listen": "a note", "listen": "127.0.0.1:1", "database": "file.db", "logLevel": "debug"}"#
    let environment = [("ICC_REGISTRY_DATABASE", "environment.db"), ("ICC_REGISTRY_LOG_LEVEL", "error"), ("HOME", "/")]
    let settings = try Self.settings(file: file, environment: environment, "--log-level", "off")
    #expect(settings.listen.all == [.network(host: "127.0.0.1", port: 1)])
    #expect(settings.database.text == "environment.db")
    #expect(settings.logLevel == .off)
    #expect(settings.threads == 0)
  }

  @Test(arguments: [
    ("{\n  \"lisen\": \"x\"\n}", #"some.json:2: unknown setting "lisen"; did you mean "listen"?"#),
    ("{\n\n  \"listen\": 5\n}", #"some.json:3: "listen" must be an address or an array of addresses, not a number"#),
    (#"{"listen": "8080"}"#, #"some.json:1: "listen" \#(listenForm)"#),
    (#"{"listen": ["[::1]:1", "8080"]}"#, #"some.json:1: "listen" \#(listenForm)"#),
    (#"{"listen": []}"#, #"some.json:1: "listen" must have 1 to 16 addresses"#),
    (#"{"listen": [5]}"#, #"some.json:1: "listen" must be an array of strings, but has a number in it"#),
    (#"{"listen": "unix:x"}"#, #"some.json:1: "listen" must have an absolute path of at most 107 bytes after unix:"#),
    (#"{"basePath": "icc"}"#, #"some.json:1: "basePath" \#(pathForm)"#),
    (#"{"socketMode": "0888"}"#, #"some.json:1: "socketMode" must be three octal digits, such as 660"#),
    (#"{"listen": "::1:80"}"#, #"some.json:1: "listen" must have an IPv6 address in brackets, such as [::1]:8080"#),
    (#"{"listen": ":80"}"#, #"some.json:1: "listen" must name an address before the port, such as 127.0.0.1:8080"#),
    (
      #"{"database": ""}"#,
      #"some.json:1: "database" must be the path of a file, or a URI that starts with postgres://"#
    ),
    (#"{"logLevel": "loud"}"#, #"some.json:1: "logLevel" must be one of debug, info, warning, error, off"#),
    (#"{"threads": 257}"#, #"some.json:1: "threads" must be from 0 to 256"#),
    (#"{"threads": 1.5}"#, #"some.json:1: "threads" must be a whole number"#),
    (#"{"threads": "4"}"#, #"some.json:1: "threads" must be a whole number, not a string"#),
    (#"{"metricsOpen": 1}"#, #"some.json:1: "metricsOpen" must be true or false, not a number"#),
    (
      #"{"tlsClientTokens": "a=b"}"#,
      #"some.json:1: "tlsClientTokens" must be an array of FINGERPRINT=TOKEN, not a string"#
    ),
    (#"{"trustedProxies": "::1"}"#, #"some.json:1: "trustedProxies" must be an array of addresses, not a string"#),
    (
      #"{"trustedProxies": ["localhost"]}"#,
      #"some.json:1: "trustedProxies" must hold IP addresses or blocks such as 10.0.0.0/8, but "localhost" is not one"#
    ),
    (
      #"{"trustedProxyHeader": "X-Real-IP"}"#,
      #"some.json:1: "trustedProxyHeader" must be one of X-Forwarded-For, Forwarded"#
    ),
    (#"{"connectorAccountId": "12345678901"}"#, #"some.json:1: "connectorAccountId" must be 12 digits"#),
    ("[]", "some.json:1: must be a JSON object, not an array"),
  ])
  func `an error in the file names the line`(file: String, message: String) {
    #expect(throws: CommandFailure.usage(message)) { try Self.settings(file: file) }
  }

  @Test func `invalid JSON is named with its line`() throws {
    let failure = try #require(throws: CommandFailure.self) { try Self.settings(file: "{\n  \"listen\": \"x\",\n}") }
    #expect(failure.message.hasPrefix("some.json:"))
    #expect(failure.code == .usage)
  }

  @Test(arguments: [
    (
      "ICC_REGISTRY_LISEN", "x",
      #"unknown environment variable ICC_REGISTRY_LISEN; did you mean "ICC_REGISTRY_LISTEN"?"#
    ),
    (
      "ICC_REGISTRY_THREADS", "many",
      #"environment variable ICC_REGISTRY_THREADS must be a whole number, but is "many""#
    ),
    (
      "ICC_REGISTRY_METRICS_OPEN", "yes",
      #"environment variable ICC_REGISTRY_METRICS_OPEN must be true or false, but is "yes""#
    ),
  ])
  func `a wrong environment variable is named`(name: String, value: String, message: String) {
    #expect(throws: CommandFailure.usage(message)) { try Self.settings(environment: [(name, value)]) }
  }

  @Test func `a wrong option value is named`() {
    #expect(
      throws: CommandFailure.usage(#"--listen \#(Self.listenForm), but is "x""#)
    ) {
      try Self.settings("--listen", "x")
    }
  }

  @Test(arguments: ["127.0.0.1:8080", "[::1]:0", "localhost:65535", "unix:/run/x.sock"])
  func `an address is written as it is read`(text: String) throws {
    #expect(try ListenAddress(text: text).text == text)
  }

  @Test(arguments: ["127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:", "127.0.0.1:+80", "[::1]", "", "unix:", "unix:x"])
  func `a malformed address is refused`(text: String) {
    #expect(throws: SettingError.self) { try ListenAddress(text: text) }
  }

  @Test(arguments: Setting.all.map(\.name))
  func `every setting is read back from its JSON form`(name: String) throws {
    let setting = try #require(Setting.all.first { $0.name == name })
    var settings = Settings()
    try setting.setJSON(setting.json(Settings()), &settings)
    #expect(settings == Settings())
    #expect(setting.environmentName.hasPrefix("ICC_REGISTRY_"))
    #expect(nearestName(to: setting.optionName, among: Setting.all.map(\.optionName)) == setting.optionName)
  }

  @Test func `lists are separated by commas or spaces`() throws {
    #expect(try AddressList(text: "10.0.0.0/8, ::1").text == "10.0.0.0/8,::1")
    #expect(try AddressList(text: "").blocks == [])
  }
}
