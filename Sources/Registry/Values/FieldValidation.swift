/// The validation of one field: the field and the errors found so far.
///
/// An error that follows from another is not reported: `s3://bucket/key` as a bucket name is a URI;
/// that its `:` and `/` are not allowed adds nothing. Errors that each need a correction of their
/// own are all reported.
struct FieldValidation {
  /// The field.
  let field: Field
  private(set) var errors: [Diagnostic] = []

  init(_ field: Field) {
    self.field = field
  }

  /// True if no error was found so far.
  var isClean: Bool { errors.isEmpty }

  /// Adds an error, by the part of its code after the dot. `index` is the position of the value in
  /// a list.
  mutating func report(_ error: String, at index: Int? = nil, _ detail: String, hint: String) {
    let pointer = index.map { "\(field.pointer)/\($0)" } ?? field.pointer
    errors.append(Diagnostic(pointer: pointer, code: "\(field.subject).\(error)", detail: detail, hint: hint))
  }

  /// Throws the errors, if there are any.
  func finish() throws(InvalidValue) {
    guard errors.isEmpty else { throw InvalidValue(diagnostics: errors) }
  }

  /// Reports the characters that are invisible or look like others, if there are any.
  mutating func reportDeceptiveCharacters(in text: ValidatedText) {
    let deceptive = text.deceptiveCharacters()
    guard !deceptive.isEmpty else { return }
    let named = deceptive.prefix(Self.maxCharactersNamed).map(\.description)
    let more = deceptive.count > named.count ? ", and \(deceptive.count - named.count) more" : ""
    report(
      "invisible-character", "The value contains \(named.joined(separator: "; "))\(more).",
      hint: "Such characters are copied along from documents, chats and web pages. Type the value by hand, or copy it "
        + "from the AWS console with its copy button.")
  }

  private static let maxCharactersNamed = 3
}

extension FieldValidation {
  /// A field of an ICC that is text, or a list of texts.
  enum Field {
    case name, description, userARN, sessionName, bucketName, bucketOwner, prefix, filenames, kmsKeyARN
    /// In a file to import only.
    case externalID, pendingExternalID

    /// The JSON pointer in a request and in the representation.
    var pointer: String {
      switch self {
      case .name: "/name"
      case .description: "/description"
      case .userARN: "/userArn"
      case .sessionName: "/sessionName"
      case .bucketName: "/bucketName"
      case .bucketOwner: "/bucketOwner"
      case .prefix: "/prefix"
      case .filenames: "/filenames"
      case .kmsKeyARN: "/kmsKeyArn"
      case .externalID: "/externalId"
      case .pendingExternalID: "/pendingExternalId"
      }
    }

    /// The part of an error's code before the dot.
    var subject: String {
      switch self {
      case .name: "name"
      case .description: "description"
      case .userARN: "user-arn"
      case .sessionName: "session-name"
      case .bucketName: "bucket-name"
      case .bucketOwner: "bucket-owner"
      case .prefix: "prefix"
      case .filenames: "filenames"
      case .kmsKeyARN: "kms-key-arn"
      case .externalID, .pendingExternalID: "external-id"
      }
    }
  }
}
