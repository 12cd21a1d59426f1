import FilterLanguage
import HTTPWire
import JSON
import Registry
import System
import Testing

@testable import RegistryAPI

/// The same ICCs in InfoSum's own API.
@Suite struct InfoSumTests {
  private static let full = """
    {"config":{"name":"Acme","description":"Weekly","connector_type":"S3_CROSS_ACCOUNT","is_gpg":false,\
    "gpg_key_expiration":null,"gcs_connector":null,"s3_connector":{"bucket":"acme-data","prefix":"exports/",\
    "filenames":["*.csv"],"access_keys":null,"cross_account":{\
    "user_arn":"arn:aws:iam::111122223333:role/infosum-import","session_name":"acme-import"}}}}
    """

  @Test func `a config is the ICC with the same identifier`() async throws {
    let world = try await World()
    let made = await world.send("POST", World.configs, as: .editor, json: Self.full)
    #expect(made.status == 200 && made.json.objectValue?.members.map(\.name) == ["config_id"])
    let id = try #require(made.json["config_id"]?.stringValue)
    let icc = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json
    let config = await world.send("GET", World.configs + "/" + id, as: .viewer).json["config"]
    #expect(
      config?.objectValue?.members.map(\.name) == [
        "id", "name", "description", "connector_type", "owner_id", "user_id", "created_date_time", "updated_date_time",
        "is_gpg", "s3_connector",
      ])
    for (theirs, ours) in [
      ("id", "id"), ("name", "name"), ("description", "description"), ("owner_id", "organisation"),
      ("user_id", "createdBy"), ("created_date_time", "createdAt"), ("updated_date_time", "updatedAt"),
    ] {
      #expect(config?[theirs] == icc[ours], "\(theirs)")
    }
    let connector = config?["s3_connector"]
    #expect(connector?["bucket"] == "acme-data" && connector?["prefix"] == "exports/")
    #expect(connector?["filenames"] == ["*.csv"] && config?["connector_type"] == "S3_CROSS_ACCOUNT")
    for (theirs, ours) in [
      ("user_arn", "userArn"), ("session_name", "sessionName"), ("external_id", "externalId"),
      ("principal", "principal"),
    ] {
      #expect(connector?["cross_account"]?[theirs] == icc[ours], "\(theirs)")
    }
    let events = await world.send("GET", "/v1/iccs/\(id)/events", as: .viewer).json["items"]
    #expect(events?[0]?["type"] == "icc.created" && events?[0]?["actor"] == icc["createdBy"])
  }

  @Test func `a change keeps what it does not give`() async throws {
    let world = try await World()
    let id = await world.createConfig(name: "Acme")
    let key = #"{"kmsKeyArn":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}"#
    #expect(await world.patch(id, key).status == 200)
    let role = #"{"s3_connector":{"cross_account":{"user_arn":"arn:aws:iam::111122223333:role/r"}}}"#
    for (change, expected) in [
      (role, "Acme||acme-data||acme-import|arn:aws:iam::111122223333:role/r"),
      (#"{"name":"New","description":"d"}"#, "New|d|acme-data||acme-import|arn:aws:iam::111122223333:role/r"),
      (
        #"{"s3_connector":{"prefix":"p/","filenames":["a"]}}"#,
        "New|d|acme-data|p/|acme-import|arn:aws:iam::111122223333:role/r"
      ),
      (
        #"{"description":null,"s3_connector":{"prefix":null,"cross_account":{"user_arn":""}}}"#,
        "New||acme-data||acme-import|"
      ),
      ("{}", "New||acme-data||acme-import|"), (#"{"s3_connector":null}"#, "New||acme-data||acme-import|"),
    ] {
      let changed = await world.send("PATCH", World.configs + "/" + id, as: .editor, json: change)
      let config = changed.json["config"]
      let connector = config?["s3_connector"]
      let values = [
        config?["name"], config?["description"], connector?["bucket"], connector?["prefix"],
        connector?["cross_account"]?["session_name"], connector?["cross_account"]?["user_arn"],
      ]
      #expect(values.map { $0?.stringValue ?? "?" }.joined(separator: "|") == expected, "\(changed.text)")
    }
    let icc = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json
    #expect(icc["version"]?.numberValue?.int == 6 && icc["kmsKeyArn"]?.isNull == false)
    #expect(icc["filenames"] == ["a"] && icc["status"] == "draft")
  }

  @Test func `a deleted config is gone and its ICC can be restored`() async throws {
    let world = try await World()
    let id = await world.createConfig(name: "Acme")
    let deleted = await world.send("DELETE", World.configs + "/" + id, as: .editor)
    #expect(deleted.status == 200 && deleted.text == "{}")
    for method in ["GET", "DELETE"] {
      #expect(await world.send(method, World.configs + "/" + id, as: .editor).status == 404)
    }
    #expect(await world.send("PATCH", World.configs + "/" + id, as: .editor, json: "{}").status == 404)
    #expect(await world.list([]).names == [])
    #expect(await world.send("POST", "/v1/iccs/\(id)/restore", as: .editor).status == 200)
    #expect(await world.list([]).names == ["Acme"])
  }

  @Test(arguments: [
    (World.config(#","is_gpg":true"#), "/config/is_gpg gpg.unsupported"),
    (World.config(#","sftp_connector":{}"#), "/config/sftp_connector connector-type.unsupported"),
    (World.config(#","connector_type":"S3_ACCESS_KEYS""#), "/config/connector_type connector-type.unsupported"),
    (World.config(#","connector_type":"s3-cross-account""#), "/config/connector_type connector-type.unsupported"),
    (#"{"config":{"s3_connector":{"access_keys":{}}}}"#, "/config/s3_connector/access_keys connector-type.unsupported"),
    (World.config(#","id":"icc_1""#), "/config/id id.not-settable"),
    (World.config(#","owner_id":"default""#), "/config/owner_id organisation.not-settable"),
    (World.config(#","nam":"x""#), "/config/nam nam.unknown"),
    (World.config(#","userArn":"x""#), "/config/userArn user-arn.unknown"),
    (World.config(name: " "), "/config/name name.blank"),
    (World.config(#","description":7"#), "/config/description description.wrong-type"),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"Acme","cross_account":{"session_name":"ab"}}}}"#,
      "/config/s3_connector/bucket bucket-name.illegal-character"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","prefix":"/a","cross_account":{"session_name":"ab"}}}}"#,
      "/config/s3_connector/prefix prefix.leading-slash"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","filenames":["a","/b"],"cross_account":{"session_name":"ab"}}}}"#,
      "/config/s3_connector/filenames/1 filenames.leading-slash"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","filenames":[1],"cross_account":{"session_name":"ab"}}}}"#,
      "/config/s3_connector/filenames/0 filenames.wrong-type"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","cross_account":{}}}}"#,
      "/config/s3_connector/cross_account/session_name session-name.missing"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","cross_account":{"session_name":"ab","principal":"x"}}}}"#,
      "/config/s3_connector/cross_account/principal principal.not-settable"
    ),
    (
      #"{"config":{"name":"a","s3_connector":{"bucket":"abc","cross_account":{"session_name":"ab","user_arn":"x"}}}}"#,
      "/config/s3_connector/cross_account/user_arn user-arn.malformed"
    ),
    (#"{"config":{"s3_connector":7}}"#, "/config/s3_connector s3-connector.wrong-type"),
    ("{}", "/config config.missing"), (#"{"config":7}"#, "/config config.wrong-type"),
    (#"{"name":"Acme"}"#, "/name name.unknown"), ("[]", " body.wrong-type"),
  ])
  func `an invalid config is a 400 with InfoSum's names`(body: String, expected: String) async throws {
    let world = try await World()
    let made = await world.send("POST", World.configs, as: .editor, json: body)
    #expect(made.status == 400 && made.json["error"]?["code"] == "validation-failed", "\(made.text)")
    #expect(made.infoSumErrors.contains(expected), "\(made.infoSumErrors)")
    #expect(!made.text.contains("sessionName") && !made.text.contains("bucketName"))
    #expect(await world.list([]).names == [])
  }

  @Test func `every error of a request is listed, and details is the first`() async throws {
    let world = try await World()
    let made = await world.send(
      "POST", World.configs, as: .editor,
      json: #"{"config":{"foo":1,"s3_connector":{"bucket":"A","cross_account":{"session_name":"a"}}}}"#)
    #expect(made.infoSumErrors.count == 5, "\(made.infoSumErrors)")
    #expect(made.json["details"]?["code"] == "foo.unknown")
    #expect(made.json["request_id"]?.stringValue == made.header("X-Request-Id"))
    #expect(made.json["time"]?.stringValue == "\(World.start)")
    #expect(made.json["help_url"] == "/problems/validation-failed")
    #expect(made.header("Content-Type") == "application/json")
  }

  @Test func `conflicts are 400, except for a name that exists`() async throws {
    let world = try await World { $0.changeable.withLock { $0.quotas.iccsPerOrganisation = 2 } }
    let id = await world.createConfig(name: "Acme")
    let taken = await world.send("POST", World.configs, as: .editor, json: World.config(name: "ACME"))
    #expect(taken.status == 409 && taken.json["details"]?["code"] == "name.taken")
    #expect(taken.infoSumErrors == ["/config/name name.taken"])
    let usage = #"{"expiresAt":"\#(World.start.adding(milliseconds: 1000))"}"#
    #expect(await world.send("PUT", "/v1/iccs/\(id)/usages/j", as: .connector, json: usage).status == 201)
    for (method, body) in [("DELETE", nil), ("PATCH", #"{"s3_connector":{"prefix":"x/"}}"#)] as [(String, String?)] {
      let used = await world.send(method, World.configs + "/" + id, as: .editor, json: body)
      #expect(used.status == 400 && used.json["error"]?["code"] == "icc.in-use", "\(used.text)")
      #expect(used.json["usages"]?[0]?["key"] == "j" && !used.text.contains("force"))
    }
    _ = await world.createConfig(name: "Second")
    let many = await world.send("POST", World.configs, as: .editor, json: World.config(name: "Third"))
    #expect(many.status == 400 && many.json["error"]?["code"] == "organisation.too-many-iccs")
    let renamed = await world.send("PATCH", World.configs + "/" + id, as: .editor, json: #"{"name":"second"}"#)
    #expect(renamed.status == 409 && renamed.infoSumErrors == ["/name name.taken"])
  }

  @Test func `a token of all organisations chooses the owner`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    for (owner, expected) in [("", "default"), (#","owner_id":"other""#, "other")] {
      let made = await world.send("POST", World.configs, as: .admin, json: World.config(name: "a", owner))
      let id = made.json["config_id"]?.stringValue ?? ""
      #expect(await world.send("GET", "/v1/iccs/" + id, as: .admin).json["organisation"]?.stringValue == expected)
    }
    let none = await world.send("POST", World.configs, as: .admin, json: World.config(#","owner_id":"nobody""#))
    #expect(none.status == 400 && none.infoSumErrors == ["/config/owner_id organisation.unknown"], "\(none.text)")
  }
}
