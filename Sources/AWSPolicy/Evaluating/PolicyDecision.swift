/// The result of evaluating a policy for a request.
package struct PolicyDecision: Sendable {
  /// The three answers.
  package enum Answer: String, Sendable, Hashable {
    case allow
    case deny
    /// The answer depends on a value that is not known.
    case unknown
  }

  /// The effect of one statement on the request.
  package struct Trace: Sendable {
    /// The statement's index.
    package var statement: Int
    /// Its effect; nil if it could not be read.
    package var effect: PolicyEffect?
    /// True if it names the caller.
    package var principal: TriState
    /// True if it names the action.
    package var action: TriState
    /// True if it names the resource.
    package var resource: TriState
    /// True if each of its conditions holds, in their order.
    package var conditions: [TriState]

    /// True if the statement applies: all of these.
    package var applies: TriState {
      principal && action && resource && conditions.allAre { $0 }
    }
  }

  /// The answer.
  package var answer: Answer
  /// True if a Deny statement applies to the request.
  package var explicitDeny: TriState
  /// The indices of the statements that decided; empty if none matched.
  package var deciding: [Int]
  /// The effect of each statement on the request.
  package var traces: [Trace]
  /// The unknown condition keys that the answer depends on, as the policy writes them, each once.
  package var unknownKeys: [String]
}
