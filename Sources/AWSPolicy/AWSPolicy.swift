// AWSPolicy
