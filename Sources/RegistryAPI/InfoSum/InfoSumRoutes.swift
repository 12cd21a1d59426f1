import HTTPWire
import JSON
import Registry

/// InfoSum's API for ICCs, version 2: `/api/v2/imports/connector-configs`.
enum InfoSumRoutes {
  private static let path = "/api/v2/imports/connector-configs"

  static let routes = [
    Route(
      .get, path, .action(.listICCs),
      Operation(
        id: "listConnectorConfigs", tag: .infosum, summary: "List configs",
        description: "The live ICCs in the token's scope, by page number.", query: query,
        success: .init(
          status: 200, description: "A page of configs.", schema: Schema.reference("ConnectorConfigPage")),
        problems: [.filterTooBroad]),
      .list(ConfigHandlers.list)),
    Route(
      .post, path, .action(.createICC),
      Operation(
        id: "createConnectorConfig", tag: .infosum, summary: "Create a config",
        body: .init(mediaType: .json, schema: "NewConnectorConfig", example: ["config": exampleBody]),
        success: .init(
          status: 200, description: "The identifier of the new ICC.", schema: Schema.reference("ConnectorConfigId")),
        problems: [.nameTaken, .organisationUnknown, .tooManyICCs]),
      .write(ConfigHandlers.create)),
    Route(
      .get, path + "/{config_id}", .action(.readICC),
      Operation(
        id: "getConnectorConfig", tag: .infosum, summary: "Read a config", success: config),
      .read(ConfigHandlers.read)),
    Route(
      .patch, path + "/{config_id}", .action(.changeICC),
      Operation(
        id: "changeConnectorConfig", tag: .infosum, summary: "Change a config",
        description: "Fields that are given replace the present ones, also within s3_connector.",
        body: .init(
          mediaType: .json, schema: "ConnectorConfigPatch", example: ["s3_connector": ["prefix": "exports/2026/"]]),
        success: config, problems: [.nameTaken, .iccInUse]),
      .write(ConfigHandlers.patch)),
    Route(
      .delete, path + "/{config_id}", .action(.deleteICC),
      Operation(
        id: "deleteConnectorConfig", tag: .infosum, summary: "Delete a config",
        description: "The ICC can be restored with `POST /v1/iccs/{id}/restore`.",
        success: .init(status: 200, description: "The ICC is deleted.", schema: ["type": "object"]),
        problems: [.iccInUse]),
      .write(ConfigHandlers.delete)),
    refused(
      .post, "/gpg-keys/{config_id}/refresh", .changeICC, "refreshGpgKey", "Refuse a new GPG key: no config has one"),
    refused(
      .get, "/host-key/{host}/{port}", .listICCs, "getHostKey", "Refuse an SFTP host key: no config is for SFTP"),
  ]

  private static let config = Operation.Success(
    status: 200, description: "The ICC as a config.", schema: Schema.reference("ConnectorConfigResponse"))

  private static let query = [
    Operation.QueryParameter(
      name: "pagination.page", schema: Schema.integer(ConfigSearch.pages),
      description: "The page, from 1. Beyond the last possible one, use a filter by created_date_time."),
    Operation.QueryParameter(
      name: "pagination.per_page", schema: Schema.integer(ConfigSearch.sizes),
      description: "The number of configs of a page; the default is 100."),
    Operation.QueryParameter(
      name: "order_by", schema: Schema.string(("pattern", .string(orderPattern))),
      description: "Columns with ASC or DESC, separated by commas; the default is created_date_time DESC."),
    Operation.QueryParameter(
      name: "filter", schema: Schema.string(("maxLength", 4096)),
      description: "A condition such as name ico 'acme' and created_date_time ge '2026-01-01'; the manual's page "
        + "infosum explains the language."),
  ]

  private static let orderPattern: String = {
    let columns = ConfigSearch.columns
    let term = "(\(columns.map(\.name).joined(separator: "|"))) (ASC|DESC)"
    return "^\(term)(, ?\(term)){0,\(columns.count - 1)}$"
  }()

  private static let exampleBody: JSONValue = [
    "name": "Acme CRM, weekly", "description": "Customers, every Monday",
    "s3_connector": [
      "bucket": "acme-data", "prefix": "exports/", "filenames": ["*.csv"],
      "cross_account": ["user_arn": "arn:aws:iam::111122223333:role/infosum-import", "session_name": "acme-import"],
    ],
  ]

  private static func refused(
    _ method: HTTPMethod, _ suffix: String, _ action: Action, _ id: String, _ summary: String
  ) -> Route {
    Route(
      method, path + suffix, .action(action),
      Operation(
        id: id, tag: .infosum, summary: summary, success: nil, problems: [.connectorUnsupported]),
      .read(ConfigHandlers.refuse))
  }
}
