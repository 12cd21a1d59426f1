import JSON

/// Example values in the OpenAPI document.
enum Examples {
  static let newICC: JSONValue = [
    "name": "Acme CRM, weekly", "connectorType": "s3-cross-account",
    "userArn": "arn:aws:iam::111122223333:role/infosum-import", "sessionName": "acme-import",
    "bucketName": "acme-data", "prefix": "exports/",
  ]
}
