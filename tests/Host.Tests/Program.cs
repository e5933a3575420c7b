using Courier.Host.Tests.Jobs;

// The test assembly can be started as a process of its own, to be killed by a test.
return args is ["job-process", var connection, var name] ? await JobProcess.RunUntilKilled(connection, name) : 1;
