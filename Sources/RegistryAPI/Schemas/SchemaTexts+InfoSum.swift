import JSON

extension SchemaTexts {
  /// The fields of InfoSum's API.
  static let infoSum: [(String, String, JSONValue?)] = [
    ("config", "The config.", nil),
    ("configs", "The configs of this page.", nil),
    ("config_id", "The identifier of the config, which is that of the ICC.", nil),
    ("pagination", "The position of the page in the list.", nil),
    ("next_page", "The number of the next page; 0 on the last.", nil),
    ("results", "The number of configs of this page.", nil),
    ("total_results", "The number of configs of all pages.", nil),
    ("connector_type", "The type of connector.", "S3_CROSS_ACCOUNT"),
    ("owner_id", "The organisation that the config belongs to.", nil),
    ("NewConnectorConfig.config.owner_id", "The organisation; for tokens of all organisations alone.", nil),
    ("user_id", "The token, or the command, that created it.", nil),
    ("created_date_time", "The time of creation.", nil),
    ("updated_date_time", "The time of the last change.", nil),
    ("is_gpg", "Always false: the registry does not keep GPG keys.", nil),
    ("s3_connector", "The bucket and the access to it.", nil),
    ("bucket", "The bucket to import from.", nil),
    ("cross_account", "The access through a role in the customer's account.", nil),
    ("user_arn", "The ARN of the IAM role that InfoSum assumes; empty while the ICC is a draft.", nil),
    ("session_name", "The role session name that InfoSum uses.", nil),
    ("external_id", "The external ID that InfoSum sends to AWS, and that the trust policy requires.", nil),
    ("error", "The kind of error.", nil),
    ("details", "The first error in the request.", nil),
    ("help_url", "The path of the page about the code.", "/problems/not-found"),
    ("request_id", "The X-Request-Id of the response.", nil),
    ("time", "The time of the response.", nil),
  ]
}
