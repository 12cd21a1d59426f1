import Text

/// The errors in the names of query parameters: unknown and repeated ones.
enum QueryErrors {
  static func errors(in query: Query, known: [String], repeatable: [String]) -> RequestErrors {
    var errors = RequestErrors()
    var seen: Set<String> = []
    for parameter in query.parameters {
      let name = parameter.name
      if !known.contains(name) {
        errors.append(unknown(name, known))
      } else if !seen.insert(name).inserted, !repeatable.contains(name) {
        errors.append(RequestError(.parameter(name), "query.repeated", "The parameter \(name) occurs more than once."))
      }
    }
    return errors
  }

  private static func unknown(_ name: String, _ known: [String]) -> RequestError {
    let hint = nearestName(to: name, among: known).map { "Did you mean \($0)?" }
    return RequestError(
      .parameter(String(name.prefix(128))), "query.unknown", "Unknown parameter.", hint: hint ?? "Leave it out.")
  }
}
