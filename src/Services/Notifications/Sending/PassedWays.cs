namespace Courier.Services.Notifications;

/// <summary>
/// The ways that a message fell back from before one was tried, as the ledger keeps them with that attempt: a line each, a channel, a space, a reason. Most messages
/// pass one, so that lines of their own would make the ledger twice as long.
/// </summary>
internal static class PassedWays
{
    /// <summary>The attempts that are kept, each with the ways that were passed before it; the last one is kept whatever it was.</summary>
    public static IEnumerable<(ChannelAttempt Attempt, string Passed)> Fold(IReadOnlyList<ChannelAttempt> attempts)
    {
        var passed = "";
        for (var i = 0; i < attempts.Count; i++)
        {
            var attempt = attempts[i];
            if (attempt.State == SendState.FallenBack && i < attempts.Count - 1)
            {
                passed += $"{(passed.Length > 0 ? "\n" : "")}{attempt.Channel} {attempt.Reason.ReplaceLineEndings(" ")}";
                continue;
            }
            yield return (attempt, passed);
            passed = "";
        }
    }

    /// <summary>What was passed, in its order.</summary>
    public static IEnumerable<(string Channel, string Reason)> Of(string passed) =>
        from line in passed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let end = line.IndexOf(' ', StringComparison.Ordinal)
        select (line[..end], line[(end + 1)..]);
}
