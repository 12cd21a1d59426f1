package import JSON

extension JSONError.Code: ExplainedCode {
  static let subject = "json"

  static let pages: [JSONError.Code: FindingPage] = [
    .empty: .init(
      "The text is empty.",
      "There is no JSON value in the text. Paste the whole policy or send the whole document."),
    .unexpectedEnd: .init(
      "The JSON text ends too early.",
      "A value is not complete: a closing bracket, a closing quotation mark or more is missing at the "
        + "end."),
    .unexpectedCharacter: .init(
      "Unexpected character in the JSON text.",
      "This character is not allowed here. Look for a missing quotation mark, comma or bracket just "
        + "before it."),
    .byteOrderMark: .init(
      "The text starts with a byte order mark.",
      "JSON must not start with a byte order mark (U+FEFF). Save the file as UTF-8 without one."),
    .wrongEncoding: .init(
      "The text is not UTF-8.",
      "JSON must be encoded as UTF-8. Save the file as UTF-8 instead of UTF-16 or UTF-32."),
    .invalidUTF8: .init("The text holds invalid UTF-8.", "Some bytes are not valid UTF-8. Save the file as UTF-8."),
    .controlCharacter: .init(
      "Control character in a JSON string.",
      "A string must not contain a raw line break, tab or other control character. Write an escape such"
        + #" as \n instead."#),
    .invalidEscape: .init(
      "Invalid escape in a JSON string.",
      #"A backslash must start one of the escapes \" \\ \/ \b \f \n \r \t or \u with four hexadecimal "#
        + "digits."),
    .loneSurrogate: .init(
      "Half of a surrogate pair in a JSON string.",
      #"A \u escape from D800 to DFFF is only valid as part of a pair."#),
    .leadingZero: .init(
      "Number with a leading zero.",
      "A JSON number must not start with 0 followed by more digits. If it is an account ID or another "
        + "identifier, put it in quotation marks."),
    .invalidNumber: .init(
      "Invalid number.",
      "This is not a JSON number. If it is an identifier, such as an external ID, put it in quotation "
        + "marks."),
    .notFinite: .init(
      "NaN and Infinity are not JSON.",
      "JSON has no NaN and no Infinity. Use a number, a string or null."),
    .unknownWord: .init(
      "Unknown word in the JSON text.",
      "Only true, false and null may appear without quotation marks, in lower case. Put other text in "
        + "quotation marks."),
    .comment: .init("JSON does not allow comments.", "Remove the comment."),
    .trailingComma: .init(
      "Trailing comma.",
      "JSON does not allow a comma after the last entry of an object or array. Remove it."),
    .missingComma: .init("Missing comma.", "Two entries must be separated by a comma."),
    .missingColon: .init("Missing colon.", "A colon must follow the name of a field."),
    .unquotedName: .init(
      "Field name without quotation marks.",
      "The name of a field must be in double quotation marks."),
    .singleQuote: .init("Single quotation mark in the JSON text.", "JSON strings use double quotation marks."),
    .typographicQuote: .init(
      "Typographic quotation mark in the JSON text.",
      #"JSON strings use the straight quotation mark ". Word processors and chat programs replace it "#
        + "with typographic ones."),
    .mismatchedBracket: .init(
      "Mismatched bracket.",
      "The closing bracket does not match the opening one. Look for a bracket that is missing or one "
        + "too many before it."),
    .duplicateMember: .init(
      "Field given twice.",
      "An object must not have the same field twice. Merge both values or remove one."),
    .tooDeep: .init(
      "The JSON text is nested too deeply.",
      "Objects and arrays may be nested at most 32 levels deep."),
    .trailingText: .init(
      "Text after the end of the JSON value.",
      "Nothing may follow the closing bracket of the document. Remove it, or check a second document "
        + "separately."),
  ]
}
