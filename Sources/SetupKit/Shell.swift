/// Escaping of text for a POSIX shell.
enum Shell {
  /// Returns one word in single quotes, in which only the quote is special (POSIX Shell Command
  /// Language, section 2.2.2).
  static func quoted(_ text: String) -> String {
    var quoted = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { quoted += "'\\''" } else { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + "'"
  }
}
