import HTTPWire

/// Finds a request's route by the segments of its path. A literal goes before a parameter; a trailing slash is another path.
struct Router: Sendable {
  private struct Node: Sendable {
    /// Few enough that looking at each is faster than hashing the segment.
    var literals: [(text: String, node: Node)] = []
    var parameter: [Node] = []
    var routes: [Route] = []
  }

  enum Outcome {
    /// The route, and the values of its template's places.
    case route(Route, parameters: [String])
    case noSuchPath
    /// The path exists, the method does not; these do.
    case noSuchMethod(allowed: String)
    /// `OPTIONS` of an existing path, or of `*`.
    case options(allowed: String)
    case unknownMethod
  }

  private static let known: Set<HTTPMethod> = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect, HTTPMethod(name: "QUERY"),
  ]
  private static let everywhere = "GET, HEAD, POST, PATCH, DELETE, OPTIONS"

  private var root = Node()

  init(_ routes: [Route]) {
    for route in routes { Self.insert(route, route.template.segments[...], into: &root) }
  }

  func find(_ method: HTTPMethod, _ target: HTTPTarget) -> Outcome {
    var parameters: [String] = []
    let routes = target.isAsterisk ? [] : Self.routes(target.segments[...], under: root, &parameters)
    let wanted = method == .head ? .get : method
    for route in routes where route.method == wanted { return .route(route, parameters: parameters) }
    guard Self.known.contains(method) else { return .unknownMethod }
    let allowed = Self.allowed(routes)
    switch method {
    case .options where target.isAsterisk: return .options(allowed: Self.everywhere)
    case .options where !routes.isEmpty: return .options(allowed: allowed)
    case .trace, .connect: return .noSuchMethod(allowed: allowed)
    default: return routes.isEmpty ? .noSuchPath : .noSuchMethod(allowed: allowed)
    }
  }

  private static func allowed(_ routes: [Route]) -> String {
    var names = routes.map(\.method.name)
    if let get = names.firstIndex(of: "GET") { names.insert("HEAD", at: get + 1) }
    return (names + ["OPTIONS"]).joined(separator: ", ")
  }

  private static func routes(_ segments: ArraySlice<String>, under node: Node, _ parameters: inout [String]) -> [Route]
  {
    guard let segment = segments.first else { return node.routes }
    for literal in node.literals where literal.text == segment {
      let found = routes(segments.dropFirst(), under: literal.node, &parameters)
      if !found.isEmpty { return found }
    }
    guard let next = node.parameter.first, !segment.isEmpty else { return [] }
    parameters.append(segment)
    let found = routes(segments.dropFirst(), under: next, &parameters)
    if found.isEmpty { parameters.removeLast() }
    return found
  }

  private static func insert(_ route: Route, _ segments: ArraySlice<PathTemplate.Segment>, into node: inout Node) {
    switch segments.first {
    case nil: node.routes.append(route)
    case .literal(let text)?:
      let place = node.literals.firstIndex { $0.text == text } ?? node.literals.count
      if place == node.literals.count { node.literals.append((text, Node())) }
      insert(route, segments.dropFirst(), into: &node.literals[place].node)
    case .parameter?:
      if node.parameter.isEmpty { node.parameter = [Node()] }
      insert(route, segments.dropFirst(), into: &node.parameter[0])
    }
  }
}
