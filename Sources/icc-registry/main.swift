import Glibc

StandardStreams.openMissing()
// A write to a closed socket or pipe is an error to handle, not the end of the process.
signal(SIGPIPE, SIG_IGN)
let program = Program(output: StandardStreams(), environment: ProcessEnvironment.variables())
exit(program.run(ProcessArguments.words()))
