using System.Globalization;
using Courier.Host.Tests.Jobs;
using Courier.Host.Tests.Tokens;

// The test assembly can be started as a process of its own, to be killed by a test or to be one of several.
return args switch
{
    ["job-process", var connection, var name] => await JobProcess.RunUntilKilled(connection, name),
    ["token-process", var connection, var wechat, var calls] => await TokenProcess.Run(connection, wechat, int.Parse(calls, CultureInfo.InvariantCulture)),
    _ => 1,
};
